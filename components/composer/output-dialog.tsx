"use client"

import { Check } from "lucide-react"
import { useTranslations } from "next-intl"
import { useRef, useState } from "react"
import { OwnSchema } from "@/components/composer/own-schema"
import { nameFor } from "@/components/composer/schema-text"
import { OWN, useOutputChoice } from "@/components/composer/use-output-choice"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { cn } from "@/lib/cn"
import type { OutputRequest } from "@/lib/messages/types"
import { SCHEMA_TEMPLATES } from "@/lib/output/templates"

interface Props {
  output: OutputRequest | null
  onChange: (output: OutputRequest | null) => void
  onClose: () => void
}

/** Chooses the shape of the next answers: ordinary text, any JSON, or JSON that fits a schema. */
export default function OutputDialog({ output, onChange, onClose }: Props) {
  const t = useTranslations("output")
  const { choice, choose, written, change, unsaved, schema, problem, settle } = useOutputChoice(output, onChange)
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const done = async () => {
    setBusy(true)
    const settled = await settle()
    setBusy(false)
    if (settled) onClose()
    else field.current?.focus()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title")}
      description={t("meaning")}
      className="w-[min(94vw,38rem)]"
      footer={
        <Button variant="primary" aria-disabled={busy} onClick={() => !busy && void done()}>
          {t("done")}
        </Button>
      }
    >
      <Choices choice={choice} onChoose={choose} />
      {choice !== "off" && choice !== "json" && (
        <OwnSchema
          ref={field}
          {...written}
          placeholder={nameFor("", schema)}
          problem={problem}
          unsaved={unsaved}
          readOnly={busy}
          onChange={change}
        />
      )}
    </Dialog>
  )
}

function Choices({ choice, onChoose }: { choice: string; onChoose: (choice: string) => void }) {
  const t = useTranslations("output")
  const all = [
    { value: "off", title: t("off"), hint: t("offHint") },
    { value: "json", title: t("any"), hint: t("anyHint") },
    ...SCHEMA_TEMPLATES.map(({ name }) => ({
      value: name,
      title: t(`templates.${name}.title`),
      hint: t(`templates.${name}.description`),
    })),
    { value: OWN, title: t("own"), hint: t("ownHint") },
  ]
  return (
    <div className="grid gap-1.5 sm:grid-cols-2">
      {all.map(({ value, title, hint }) => (
        <Choice key={value} chosen={choice === value} onChoose={() => onChoose(value)} title={title} hint={hint} />
      ))}
    </div>
  )
}

interface ChoiceProps {
  chosen: boolean
  onChoose: () => void
  title: string
  hint: string
}

function Choice({ chosen, onChoose, title, hint }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={cn(
        "flex items-start justify-between gap-3 rounded-lg border px-3 py-2.5 text-start text-sm transition-colors",
        chosen ? "border-spark bg-spark-soft" : "hover:border-input",
      )}
    >
      <span>
        <span className="block font-medium leading-5">{title}</span>
        <span className="block text-[0.8125rem] text-muted-foreground leading-5">{hint}</span>
      </span>
      <Check className={cn("mt-0.5 size-4 shrink-0 text-spark-text", !chosen && "invisible")} aria-hidden />
    </button>
  )
}
