"use client"

import { useTranslations } from "next-intl"
import { useId, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { useView } from "@/components/output/view/view-context"
import { Button } from "@/components/ui/button"
import { isComposing } from "@/components/ui/enter"
import { cn } from "@/lib/cn"
import { jsonText } from "@/lib/output/rows"
import { allowsNull, type FieldKind, fieldJson, fieldProblem, fieldText } from "@/lib/output/view/fields"
import { labelOf } from "@/lib/output/view/names"
import type { Shape } from "@/lib/output/view/shape"

interface Props {
  kind: FieldKind
  value: unknown
  shape: Shape
  pointer: string
  name: string
}

interface Draft {
  text: string
  /** The stored value when editing began; undefined: the current one, which was just saved. */
  was: string | null | undefined
}

/** The field's text until it is saved, and concurrent changes to the value from other tabs. */
function useFieldDraft({ kind, value, pointer }: Props) {
  const { edits, onEdit } = useView()
  const stored = edits.get(pointer) ?? null
  const [draft, setDraft] = useState<Draft | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  /** The text being saved: after Enter, leaving the field must not save it again. */
  const sent = useRef<string | null>(null)
  const text = draft?.text ?? fieldText(value)
  const problem = draft ? fieldProblem(kind, text) : null
  // Another tab has edited the value since.
  const was = draft?.was === undefined ? stored : draft.was
  const elsewhere = draft !== null && was !== stored
  const save = async (json: string | null, before: string | null) => {
    setFailure(null)
    sent.current = text
    try {
      await onEdit?.(pointer, json, before)
      // Text typed in the meantime is kept.
      setDraft((now) => (now && now.text !== text ? { text: now.text, was: undefined } : null))
    } catch (error) {
      setFailure(sentenceOf(error))
    }
    sent.current = null
  }
  const settle = () => {
    if (!draft || problem || elsewhere || sent.current === draft.text) return
    const json = fieldJson(kind, draft.text)
    if (value !== undefined && json === jsonText(value)) setDraft(null)
    else void save(json, was)
  }
  const change = (next: string) => setDraft({ text: next, was })
  const mine = () => {
    if (draft && !problem) void save(fieldJson(kind, draft.text), stored)
  }
  const theirs = () => setDraft(null)
  return { text, problem, failure, elsewhere, stored, save, settle, mine, theirs, change }
}

/** An editable value. Input is validated immediately and saved when the field loses focus. */
export function EditField(props: Props) {
  const { kind, value, shape, name } = props
  const t = useTranslations("output")
  const id = useId()
  const { text, problem, failure, elsewhere, stored, save, settle, mine, theirs, change } = useFieldDraft(props)
  const isWrong = problem !== null || failure !== null || elsewhere
  const told = isWrong ? `${id}told` : undefined
  const shared = { id, "aria-label": labelOf(name, shape.title), "aria-invalid": isWrong, "aria-describedby": told }
  return (
    <div className="grid gap-1">
      <div className="flex items-start gap-1.5">
        {kind === "boolean" || kind === "option" ? (
          <Choice {...{ kind, value, shape, shared }} onChoose={(json) => void save(json, stored)} />
        ) : (
          <Written {...{ kind, text, shared }} onChange={change} onSettle={settle} onUndo={theirs} />
        )}
        {kind !== "option" && value !== null && value !== undefined && allowsNull(value, shape) && (
          <Button size="sm" variant="ghost" onClick={() => void save("null", stored)}>
            {t("edit.none")}
          </Button>
        )}
      </div>
      {isWrong && (
        <p id={told} role="alert" className="text-[0.8125rem] text-danger">
          {elsewhere ? t("edit.elsewhere") : problem ? t(`edit.must.${problem}`) : failure}
        </p>
      )}
      {elsewhere && <Both onMine={mine} onTheirs={theirs} />}
    </div>
  )
}

/** Two tabs have edited the same value: one of the two is kept. */
function Both({ onMine, onTheirs }: { onMine: () => void; onTheirs: () => void }) {
  const t = useTranslations("output.edit")
  return (
    <div className="flex gap-1.5">
      <Button size="sm" onClick={onMine}>
        {t("mine")}
      </Button>
      <Button size="sm" variant="ghost" onClick={onTheirs}>
        {t("theirs")}
      </Button>
    </div>
  )
}

const FIELD =
  "min-h-8 w-full min-w-0 rounded-md border border-input bg-background px-2 py-1 text-sm leading-5 aria-invalid:border-danger"

interface Shared {
  id: string
  "aria-label": string
  "aria-invalid": boolean
  "aria-describedby": string | undefined
}

interface WrittenProps {
  kind: FieldKind
  text: string
  shared: Shared
  onChange: (text: string) => void
  onSettle: () => void
  onUndo: () => void
}

function Written({ kind, text, shared, onChange, onSettle, onUndo }: WrittenProps) {
  const field = {
    ...shared,
    value: text,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
    onBlur: onSettle,
    onKeyDown: (event: React.KeyboardEvent) => {
      if (isComposing(event.nativeEvent)) return
      if (event.key === "Escape") onUndo()
      if (event.key === "Enter" && !(kind === "text" && event.shiftKey)) {
        event.preventDefault()
        onSettle()
      }
    },
  }
  if (kind === "text") return <textarea rows={1} {...field} className={cn(FIELD, "field-sizing-content resize-none")} />
  const isDay = kind === "date" && /^(?:\d{4}-\d{2}-\d{2})?$/.test(text)
  const isNumber = kind === "number" || kind === "integer"
  return (
    <input
      {...field}
      type={isDay ? "date" : "text"}
      inputMode={isNumber ? "decimal" : kind === "email" || kind === "url" ? kind : undefined}
      className={cn(FIELD, "max-w-80 tabular-nums")}
    />
  )
}

interface ChoiceProps {
  kind: FieldKind
  value: unknown
  shape: Shape
  shared: Shared
  onChoose: (json: string) => void
}

function Choice({ kind, value, shape, shared, onChoose }: ChoiceProps) {
  const t = useTranslations("output")
  const options = kind === "boolean" ? [true, false] : (shape.options ?? [])
  const current = value === undefined ? "" : jsonText(value)
  const known = options.some((option) => JSON.stringify(option) === current)
  const named = (option: unknown) =>
    option === null
      ? t("value.none")
      : typeof option === "boolean"
        ? t(option ? "value.yes" : "value.no")
        : String(option)
  return (
    <select
      {...shared}
      value={current}
      onChange={(event) => onChoose(event.currentTarget.value)}
      className={cn(FIELD, "max-w-80")}
    >
      {!known && (
        <option value={current} disabled>
          {value === undefined ? "—" : fieldText(value)}
        </option>
      )}
      {options.map((option) => (
        <option key={JSON.stringify(option)} value={JSON.stringify(option)}>
          {named(option)}
        </option>
      ))}
    </select>
  )
}
