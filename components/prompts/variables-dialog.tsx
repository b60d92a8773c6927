"use client"

import { useTranslations } from "next-intl"
import { useId, useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { sends } from "@/components/ui/enter"
import { useUnsaved } from "@/components/ui/unsaved"
import { fillTemplate, variablesOf } from "@/lib/presets/template"
import type { Prompt } from "@/lib/presets/types"

interface Props {
  prompt: Prompt
  onFill: (text: string) => void
  onClose: () => void
}

/** Asks for a prompt's variables; the text goes into the composer without being sent. */
export default function VariablesDialog({ prompt, onFill, onClose }: Props) {
  const t = useTranslations("prompts")
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`/${prompt.command}`}
      description={t("fillMeaning")}
    >
      <VariablesForm {...{ prompt, onFill, onClose }} />
    </Dialog>
  )
}

function VariablesForm({ prompt, onFill, onClose }: Props) {
  const t = useTranslations("prompts")
  const id = useId()
  const variables = variablesOf(prompt.text)
  const [values, setValues] = useState<ReadonlyMap<string, string>>(new Map())
  const orAsk = useUnsaved([...values.values()].some((value) => value.trim() !== ""))
  const fill = () => onFill(fillTemplate(prompt.text, values))
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        fill()
      }}
    >
      {variables.map(({ name, initial }, index) => (
        <div key={name}>
          <label htmlFor={`${id}-${index}`} className="mb-1 block font-medium text-[0.8125rem]">
            {name}
          </label>
          <textarea
            data-autofocus={index === 0 || undefined}
            id={`${id}-${index}`}
            rows={1}
            value={values.get(name) ?? ""}
            placeholder={initial}
            onChange={(event) => setValues(new Map(values).set(name, event.target.value))}
            onKeyDown={(event) => {
              if (!sends(event.nativeEvent)) return
              event.preventDefault()
              fill()
            }}
            className="field-sizing-content block max-h-40 w-full resize-none rounded-md border border-input bg-background px-3 py-2 text-sm leading-normal"
          />
        </div>
      ))}
      <div className="mt-1 flex justify-end gap-2">
        <Button variant="ghost" onClick={() => orAsk(onClose)}>
          {t("cancel")}
        </Button>
        <Button type="submit" variant="primary">
          {t("insert")}
        </Button>
      </div>
    </form>
  )
}
