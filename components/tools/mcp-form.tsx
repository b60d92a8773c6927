"use client"

import { CircleHelp } from "lucide-react"
import { useTranslations } from "next-intl"
import { useId, useState } from "react"
import { api, sentenceOf } from "@/components/base/api"
import { useMessageContext } from "@/components/message/parts/message-context"
import { Button } from "@/components/ui/button"
import type { AskAnswer } from "@/lib/mcp/types"
import type { CallForm, FormField } from "@/lib/messages/call-news"

/** A form a server shows the user while its tool runs. */
export function McpForm({ form }: { form: CallForm }) {
  const t = useTranslations("mcp")
  const { handlers } = useMessageContext()
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const id = useId()
  if (!handlers) return null
  const send = async (said: AskAnswer) => {
    setSending(true)
    setProblem(null)
    try {
      await api(`/api/mcp/asks/${form.id}`, { method: "POST", body: said })
    } catch (error) {
      setProblem(sentenceOf(error))
      setSending(false)
    }
  }
  return (
    <form
      aria-labelledby={id}
      className="border-t px-3.5 py-3 text-[0.84375rem]"
      onSubmit={(event) => {
        event.preventDefault()
        void send({ action: "accept", content: contentOf(new FormData(event.currentTarget), form.fields) })
      }}
    >
      <p id={id} className="flex items-start gap-2 font-medium">
        <CircleHelp className="mt-0.5 size-4 shrink-0 text-muted-foreground" aria-hidden />
        <span className="wrap-anywhere min-w-0 whitespace-pre-wrap">
          {t("asks", { server: form.server })} {form.text}
        </span>
      </p>
      <p className="mt-1 text-muted-foreground text-xs">{t("asksHint")}</p>
      <div className="mt-3 flex flex-col gap-3.5">
        {form.fields.map((field) => (
          <Field key={field.name} field={field} />
        ))}
      </div>
      {problem && (
        <p role="alert" className="mt-2 text-danger">
          {problem}
        </p>
      )}
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button size="sm" disabled={sending} onClick={() => void send({ action: "decline" })}>
          {t("decline")}
        </Button>
        <Button size="sm" variant="primary" type="submit" disabled={sending}>
          {t("send")}
        </Button>
      </div>
    </form>
  )
}

const FIELD = "w-full rounded-md border bg-background px-2.5 py-1.5 text-[0.875rem] pointer-coarse:py-2.5"
const TYPES = { text: "text", email: "email", url: "url", date: "date", datetime: "datetime-local" } as const

function Field({ field }: { field: FormField }) {
  const { name, label, help, kind, value } = field
  const id = useId()
  const described = help ? `${id}-help` : undefined
  const note = help && (
    <p id={`${id}-help`} className="mt-1 text-[0.8125rem] text-muted-foreground">
      {help}
    </p>
  )
  if (kind === "choices")
    return (
      <fieldset aria-describedby={described}>
        <legend className="mb-1.5">{label}</legend>
        <Choices field={field} />
        {note}
      </fieldset>
    )
  if (kind === "yes_no")
    return (
      <div>
        <label className="inline-flex min-h-8 cursor-pointer items-center gap-2.5">
          <input
            {...{ id, name }}
            type="checkbox"
            aria-describedby={described}
            defaultChecked={value === true}
            className="size-4 accent-primary"
          />
          {label}
        </label>
        {note}
      </div>
    )
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block">
        {label}
      </label>
      <Entry field={field} kind={kind} id={id} described={described} />
      {note}
    </div>
  )
}

/** Multiple choice. */
const Choices = ({ field: { name, options = [], value } }: { field: FormField }) => (
  <div className="flex flex-wrap gap-2">
    {options.map((option) => (
      <label
        key={option.value}
        className="inline-flex min-h-8 cursor-pointer items-center gap-2 rounded-md border px-2.5 py-1 hover:bg-muted has-checked:border-primary pointer-coarse:min-h-10"
      >
        <input
          type="checkbox"
          name={name}
          value={option.value}
          defaultChecked={Array.isArray(value) && value.includes(option.value)}
          className="accent-primary"
        />
        {option.label}
      </label>
    ))}
  </div>
)

interface EntryProps {
  field: FormField
  kind: Exclude<FormField["kind"], "choices" | "yes_no">
  id: string
  described: string | undefined
}

/** A single value: select, number or text. */
function Entry({ field, kind, id, described }: EntryProps) {
  const { name, required, options = [], min, max, value } = field
  const shared = { id, name, "aria-describedby": described, className: FIELD }
  const initial = value === undefined || typeof value === "boolean" ? undefined : String(value)
  if (kind === "choice")
    return (
      <select {...shared} required={required} defaultValue={initial ?? ""}>
        <option value="" />
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    )
  if (kind === "number" || kind === "integer")
    return (
      <input
        {...shared}
        {...{ required, min, max, defaultValue: initial }}
        type="number"
        step={kind === "integer" ? 1 : "any"}
      />
    )
  return (
    <input {...shared} {...{ required, minLength: min, maxLength: max, defaultValue: initial }} type={TYPES[kind]} />
  )
}

type Content = Extract<AskAnswer, { action: "accept" }>["content"]

/** The form's values; empty fields are omitted. */
function contentOf(data: FormData, fields: FormField[]): Content {
  const content: Content = {}
  for (const { name, kind } of fields) {
    const text = String(data.get(name) ?? "")
    if (kind === "yes_no") content[name] = data.get(name) !== null
    else if (kind === "choices") content[name] = data.getAll(name).map(String)
    else if (text === "") continue
    else if (kind === "number" || kind === "integer") content[name] = Number(text)
    else content[name] = kind === "datetime" ? new Date(text).toISOString() : text
  }
  return content
}
