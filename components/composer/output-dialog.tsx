"use client"

import { Check } from "lucide-react"
import { useId, useState } from "react"
import { readSchemaText, schemaName } from "@/components/composer/output-label"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import type { OutputRequest } from "@/lib/chat/types"
import { cn } from "@/lib/cn"
import { SCHEMA_TEMPLATES } from "@/lib/output/templates"

interface Props {
  output: OutputRequest | null
  onChange: (output: OutputRequest | null) => void
  onClose: () => void
}

const OWN = "own"

/** Chooses the shape of the next answers: ordinary text, any JSON, or JSON that fits a schema. */
export default function OutputDialog({ output, onChange, onClose }: Props) {
  const [choice, setChoice] = useState(choiceOf(output))
  const [text, setText] = useState(() => (output?.type === "json_schema" ? JSON.stringify(output.schema, null, 2) : ""))
  const [name, setName] = useState(output?.type === "json_schema" ? output.name : "")
  const read = readSchemaText(text)
  const wanted = schemaName(name) || schemaName(titleOf(read.schema)) || "response"

  const choose = (next: string) => {
    setChoice(next)
    const template = SCHEMA_TEMPLATES.find((candidate) => candidate.name === next)
    if (!template) return
    setText(JSON.stringify(template.schema, null, 2))
    setName(template.name)
  }
  const apply = () => {
    if (choice === "off") onChange(null)
    else if (choice === "json") onChange({ type: "json" })
    else if (read.schema) onChange({ type: "json_schema", name: wanted, schema: read.schema })
    else return
    onClose()
  }
  const withSchema = choice !== "off" && choice !== "json"

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Structured output"
      description="Ask for data instead of prose. The answer is checked, and its problems are named."
      className="w-[min(94vw,38rem)]"
    >
      <div role="radiogroup" aria-label="Shape of the answer" className="grid gap-1.5 sm:grid-cols-2">
        <Choice value="off" current={choice} onChoose={choose} title="Off" hint="Ordinary text" />
        <Choice value="json" current={choice} onChoose={choose} title="Any JSON" hint="The model decides its members" />
        {SCHEMA_TEMPLATES.map((template) => (
          <Choice
            key={template.name}
            value={template.name}
            current={choice}
            onChoose={choose}
            title={template.title}
            hint={template.description}
          />
        ))}
        <Choice value={OWN} current={choice} onChoose={choose} title="Your own" hint="Paste a JSON Schema" />
      </div>
      {withSchema && (
        <SchemaFields
          text={text}
          name={name}
          placeholder={wanted}
          problem={read.problem}
          onText={(changed) => {
            setText(changed)
            setChoice(OWN)
          }}
          onName={setName}
        />
      )}
      <div className="mt-4 flex justify-end gap-2">
        <Button variant="ghost" onClick={onClose}>
          Cancel
        </Button>
        <Button variant="primary" disabled={withSchema && read.problem !== null} onClick={apply}>
          {choice === "off" ? "Use ordinary text" : "Use for the next answers"}
        </Button>
      </div>
    </Dialog>
  )
}

function choiceOf(output: OutputRequest | null): string {
  if (!output) return "off"
  if (output.type === "json") return "json"
  const template = SCHEMA_TEMPLATES.find(
    ({ name, schema }) => name === output.name && JSON.stringify(schema) === JSON.stringify(output.schema),
  )
  return template?.name ?? OWN
}

const titleOf = (schema: Record<string, unknown> | null): string =>
  typeof schema?.title === "string" ? schema.title : ""

interface ChoiceProps {
  value: string
  current: string
  onChoose: (value: string) => void
  title: string
  hint: string
}

function Choice({ value, current, onChoose, title, hint }: ChoiceProps) {
  const chosen = value === current
  return (
    <label
      className={cn(
        "flex cursor-pointer items-start justify-between gap-3 rounded-lg border px-3 py-2.5 text-sm focus-within:outline-2 focus-within:outline-ring focus-within:outline-offset-2 hover:bg-muted",
        chosen && "border-spark bg-spark-soft hover:bg-spark-soft",
      )}
    >
      <input
        type="radio"
        name="output"
        value={value}
        checked={chosen}
        onChange={() => onChoose(value)}
        className="sr-only"
      />
      <span>
        <span className="block font-medium leading-5">{title}</span>
        <span className="block text-[13px] text-muted-foreground leading-5">{hint}</span>
      </span>
      {chosen && <Check className="mt-0.5 size-4 shrink-0 text-spark-text" aria-hidden />}
    </label>
  )
}

interface FieldsProps {
  text: string
  name: string
  placeholder: string
  problem: string | null
  onText: (text: string) => void
  onName: (name: string) => void
}

function SchemaFields({ text, name, placeholder, problem, onText, onName }: FieldsProps) {
  const id = useId()
  const field = "w-full rounded-md border border-input bg-background px-3 py-2 text-sm"
  return (
    <div className="mt-4 flex flex-col gap-3">
      <div>
        <label htmlFor={`${id}-name`} className="mb-1 block font-medium text-[13px]">
          Schema name
        </label>
        <input
          id={`${id}-name`}
          value={name}
          onChange={(event) => onName(event.target.value)}
          placeholder={placeholder}
          maxLength={64}
          spellCheck={false}
          className={field}
        />
      </div>
      <div>
        <label htmlFor={`${id}-schema`} className="mb-1 block font-medium text-[13px]">
          JSON Schema
        </label>
        <textarea
          id={`${id}-schema`}
          value={text}
          onChange={(event) => onText(event.target.value)}
          rows={10}
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-problem`}
          placeholder={'{ "type": "object", "properties": { … } }'}
          className={cn(field, "max-h-[40dvh] resize-y font-mono text-[13px] leading-normal")}
        />
        <p id={`${id}-problem`} aria-live="polite" className="mt-1 min-h-5 text-[13px] text-danger leading-5">
          {text.trim() ? problem : null}
        </p>
      </div>
    </div>
  )
}
