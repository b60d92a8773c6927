"use client"

import { Check } from "lucide-react"
import { useTranslations } from "next-intl"
import { useId, useState } from "react"
import { readSchemaText, type SchemaProblem, schemaName } from "@/components/composer/schema-text"
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

const OWN = "own"

/** Chooses the shape of the next answers: ordinary text, any JSON, or JSON that fits a schema. What is chosen holds at once. */
export default function OutputDialog({ output, onChange, onClose }: Props) {
  const t = useTranslations("output")
  const [choice, setChoice] = useState(choiceOf(output))
  const [text, setText] = useState(() => (output?.type === "json_schema" ? JSON.stringify(output.schema, null, 2) : ""))
  const [name, setName] = useState(output?.type === "json_schema" ? output.name : "")
  const { schema, problem } = readSchemaText(text)

  const choose = (next: string) => {
    setChoice(next)
    const template = SCHEMA_TEMPLATES.find((candidate) => candidate.name === next)
    if (next === "off") onChange(null)
    else if (next === "json") onChange({ type: "json" })
    else if (template) {
      setText(JSON.stringify(template.schema, null, 2))
      setName(template.name)
      onChange({ type: "json_schema", name: template.name, schema: template.schema })
    } else {
      setText("")
      setName("")
      onChange(null)
    }
  }
  /** A schema that can't be read is no request: nothing wrong is ever sent. */
  const change = (changedText: string, changedName: string) => {
    setText(changedText)
    setName(changedName)
    setChoice(OWN)
    const read = readSchemaText(changedText)
    onChange(read.schema ? { type: "json_schema", name: nameFor(changedName, read.schema), schema: read.schema } : null)
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title")}
      description={t("meaning")}
      className="w-[min(94vw,38rem)]"
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("done")}
        </Button>
      }
    >
      <Choices choice={choice} onChoose={choose} />
      {choice !== "off" && choice !== "json" && (
        <SchemaFields text={text} name={name} placeholder={nameFor("", schema)} problem={problem} onChange={change} />
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

function choiceOf(output: OutputRequest | null): string {
  if (!output) return "off"
  if (output.type === "json") return "json"
  const text = JSON.stringify(output.schema)
  const template = SCHEMA_TEMPLATES.find(({ name, schema }) => name === output.name && JSON.stringify(schema) === text)
  return template?.name ?? OWN
}

/** The name that was written, else the schema's title, else a plain one. */
function nameFor(written: string, schema: Record<string, unknown> | null): string {
  const title = typeof schema?.title === "string" ? schema.title : ""
  return schemaName(written) || schemaName(title) || "response"
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
        <span className="block text-[13px] text-muted-foreground leading-5">{hint}</span>
      </span>
      <Check className={cn("mt-0.5 size-4 shrink-0 text-spark-text", !chosen && "invisible")} aria-hidden />
    </button>
  )
}

interface FieldsProps {
  text: string
  name: string
  placeholder: string
  problem: SchemaProblem | null
  onChange: (text: string, name: string) => void
}

function SchemaFields({ text, name, placeholder, problem, onChange }: FieldsProps) {
  const t = useTranslations("output")
  const id = useId()
  const field = "w-full rounded-md border border-input bg-background px-3 py-2 text-sm"
  return (
    <div className="mt-4 flex flex-col gap-3">
      <div>
        <label htmlFor={`${id}-name`} className="mb-1 block font-medium text-[13px]">
          {t("name")}
        </label>
        <input
          id={`${id}-name`}
          value={name}
          onChange={(event) => onChange(text, event.target.value)}
          placeholder={placeholder}
          maxLength={64}
          spellCheck={false}
          className={field}
        />
      </div>
      <div>
        <label htmlFor={`${id}-schema`} className="mb-1 block font-medium text-[13px]">
          {t("schema")}
        </label>
        <textarea
          id={`${id}-schema`}
          value={text}
          onChange={(event) => onChange(event.target.value, name)}
          rows={9}
          spellCheck={false}
          aria-invalid={text.trim() !== "" && problem !== null}
          aria-describedby={`${id}-problem`}
          placeholder={'{ "type": "object", "properties": { … } }'}
          className={cn(field, "max-h-[40dvh] resize-y font-mono text-[13px] leading-normal")}
        />
        <p id={`${id}-problem`} aria-live="polite" className="mt-1 min-h-5 text-[13px] text-danger leading-5">
          {text.trim() && problem
            ? t(`schemaWrong.${problem.is}`, "reason" in problem ? { reason: problem.reason } : {})
            : null}
        </p>
      </div>
    </div>
  )
}
