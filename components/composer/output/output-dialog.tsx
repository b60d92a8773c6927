"use client"

import { Check } from "lucide-react"
import { useTranslations } from "next-intl"
import { useId, useRef, useState } from "react"
import { OwnSchema } from "@/components/composer/output/own-schema"
import { preservingQuotes, QuotesOption } from "@/components/composer/output/quotes-option"
import { KeptSchemas } from "@/components/composer/output/saved-schemas"
import { SchemaChip } from "@/components/composer/output/schema-chip"
import { KEPT, OWN, useOutputChoice } from "@/components/composer/output/use-output-choice"
import { useSavedSchemas } from "@/components/composer/output/use-saved-schemas"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import { schemaNameFor } from "@/components/schemas/schema-text"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { cn } from "@/lib/cn"
import type { OutputRequest } from "@/lib/messages/types"
import { isTemplate } from "@/lib/output/template-names"
import { SCHEMA_TEMPLATES } from "@/lib/output/templates"

interface Props {
  output: OutputRequest | null
  onChange: (output: OutputRequest | null) => void
  onClose: () => void
}

/** Chooses the format of the next answers: plain text, any JSON, or JSON matching a schema. */
export default function OutputDialog({ output, onChange, onClose }: Props) {
  const t = useTranslations("output")
  const chosen = useOutputChoice(output, preservingQuotes({ output, onChange }))
  const { choice, choose, takeKept, written, change, unsaved, schema, fits, problem, settle } = chosen
  const kept = useSavedSchemas()
  const go = useGuardedNavigation()
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const stored = choice === KEPT && output?.type === "json_schema" ? output.stored : undefined
  const take = async (request: ReturnType<typeof kept.choose>) => {
    const found = await request
    if (found) takeKept(found)
  }
  const done = async () => {
    setBusy(true)
    const settled = await settle()
    setBusy(false)
    if (settled) onClose()
    else field.current?.focus()
    return settled
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title")}
      description={t("meaning")}
      className="w-[min(94vw,38rem)]"
      footer={<Foot busy={busy} onDone={done} onManage={kept.schemas?.length ? () => go("/schemas") : undefined} />}
    >
      <Choices choice={choice} onChoose={choose} />
      <KeptSchemas kept={kept} stored={stored} onChoose={(id) => void take(kept.choose(id))} />
      {choice !== "off" && choice !== "json" && (
        <OwnSchema
          ref={field}
          {...written}
          placeholder={schemaNameFor("", schema)}
          problem={problem}
          unsaved={unsaved}
          readOnly={busy}
          onChange={change}
          onKeep={
            choice === OWN && fits
              ? () => void take(kept.keep(written.name || schemaNameFor("", fits), written.text))
              : undefined
          }
        />
      )}
      <QuotesOption output={output} onChange={onChange} />
    </Dialog>
  )
}

interface FootProps {
  busy: boolean
  /** Resolves to false when the input is invalid; the problem is shown. */
  onDone: () => Promise<boolean>
  /** Opens the user's schemas; undefined when there are none. */
  onManage: (() => void) | undefined
}

function Foot({ busy, onDone, onManage }: FootProps) {
  const t = useTranslations("output")
  return (
    <>
      {onManage && (
        <Button variant="ghost" className="me-auto" onClick={() => void onDone().then((left) => left && onManage())}>
          {t("library.manage")}
        </Button>
      )}
      <Button variant="primary" aria-disabled={busy} onClick={() => !busy && void onDone()}>
        {t("done")}
      </Button>
    </>
  )
}

interface ChoicesProps {
  choice: string
  onChoose: (choice: string) => void
}

function Choices({ choice, onChoose }: ChoicesProps) {
  const t = useTranslations("output")
  const id = useId()
  const kinds = [
    { value: "off", title: t("off"), hint: t("offHint") },
    { value: "json", title: t("any"), hint: t("anyHint") },
    { value: OWN, title: t("own"), hint: t("ownHint") },
  ]
  return (
    <>
      <div className="grid gap-1.5 sm:grid-cols-3">
        {kinds.map(({ value, title, hint }) => (
          <Choice key={value} chosen={choice === value} onChoose={() => onChoose(value)} title={title} hint={hint} />
        ))}
      </div>
      <h3 id={id} className="mt-4 mb-1.5 font-medium text-[0.8125rem]">
        {t("templatesTitle")}
      </h3>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of buttons, not a form */}
      <div role="group" aria-labelledby={id} className="flex flex-wrap gap-1.5">
        {SCHEMA_TEMPLATES.map(({ name }) => (
          <SchemaChip
            key={name}
            name={t(`templates.${name}.title`)}
            tip={t(`templates.${name}.description`)}
            chosen={choice === name}
            onChoose={() => onChoose(name)}
          />
        ))}
      </div>
      {isTemplate(choice) && (
        <p className="mt-2 text-[0.8125rem] text-muted-foreground">{t(`templates.${choice}.description`)}</p>
      )}
    </>
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
