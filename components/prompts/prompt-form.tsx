"use client"

import { useTranslations } from "next-intl"
import { useEffect, useId, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import { useUnsaved } from "@/components/ui/unsaved"
import { COMMAND, MAX_PROMPT } from "@/lib/limits"
import { variablesOf } from "@/lib/presets/template"
import type { Prompt } from "@/lib/presets/types"

const FIELD = "w-full rounded-md border border-input bg-background px-3 py-2 text-sm"

interface Props {
  initial: Prompt
  busy: boolean
  onSave: (prompt: Prompt) => Promise<void>
  onCancel: () => void
}

/** Edits a prompt: its command and text, whose variables are listed as they are typed. */
export function PromptForm({ initial, busy, onSave, onCancel }: Props) {
  const t = useTranslations("prompts")
  const id = useId()
  const [command, setCommand] = useState(initial.command)
  const [text, setText] = useState(initial.text)
  const fits = COMMAND.test(command)
  const variables = variablesOf(text)
  const orAsk = useUnsaved(command !== initial.command || text !== initial.text)
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (fits && text.trim()) void onSave({ id: initial.id, command, text })
      }}
    >
      <CommandField value={command} wrong={command !== "" && !fits} onChange={setCommand} />
      <div>
        <label htmlFor={`${id}-text`} className="mb-1 block font-medium text-[0.8125rem]">
          {t("text")}
        </label>
        <textarea
          id={`${id}-text`}
          value={text}
          onChange={(event) => setText(event.target.value)}
          rows={6}
          maxLength={MAX_PROMPT}
          aria-describedby={`${id}-variables`}
          className={`${FIELD} max-h-[40dvh] resize-y leading-normal`}
        />
        <p id={`${id}-variables`} className="mt-1 text-[0.8125rem] text-muted-foreground leading-5">
          {variables.length === 0
            ? t.markup("variablesMeaning", { code: (chunks) => `{{${chunks}}}` })
            : t("variables", { names: variables.map(({ name }) => name).join(", ") })}
        </p>
      </div>
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={() => orAsk(onCancel)}>
          {t("cancel")}
        </Button>
        <Button type="submit" variant="primary" disabled={busy || !fits || !text.trim()}>
          {t("save")}
        </Button>
      </div>
    </form>
  )
}

interface CommandProps {
  value: string
  wrong: boolean
  onChange: (command: string) => void
}

/** The command without its slash; leading slashes and spaces are ignored. */
function CommandField({ value, wrong, onChange }: CommandProps) {
  const t = useTranslations("prompts")
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  // The element that opened the form is gone.
  useEffect(() => field.current?.focus(), [])
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-[0.8125rem]">
        {t("command")}
      </label>
      <div className="flex items-center gap-1.5">
        <span aria-hidden className="text-muted-foreground">
          /
        </span>
        <input
          ref={field}
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value.replace(/^\/+/, "").replace(/\s+/g, "-"))}
          maxLength={40}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={wrong}
          aria-describedby={`${id}-problem`}
          className={FIELD}
        />
      </div>
      <p id={`${id}-problem`} aria-live="polite" className="mt-1 text-[0.8125rem] text-danger empty:hidden">
        {wrong ? t("wrongCommand") : null}
      </p>
    </div>
  )
}
