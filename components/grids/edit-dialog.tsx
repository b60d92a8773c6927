"use client"

import { useTranslations } from "next-intl"
import { useId, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { editCell } from "@/components/grids/api"
import { type AnswerColumn, answerAt, cellValue, editText, typedValue } from "@/components/grids/columns"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import type { GridRowView } from "@/lib/grids/types"
import { cellAsText, valueAt } from "@/lib/output/columns"

interface Props {
  gridId: string
  row: GridRowView
  column: AnswerColumn
  onRows: (rows: GridRowView[]) => void
  onClose: () => void
}

/** Overrides a model's value; the original is kept. */
export default function EditDialog({ gridId, row, column, onRows, onClose }: Props) {
  const t = useTranslations("grids.cell")
  const id = useId()
  const [text, setText] = useState(() => editText(cellValue(row, column)))
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const answer = answerAt(row, column.place)
  const isEdited = answer?.edited.includes(column.column.name) === true
  const send = async (change: { value?: unknown; reset?: true }) => {
    setBusy(true)
    try {
      const { name } = column.column
      onRows(await editCell(gridId, { number: row.number, place: column.place, column: name, ...(change as object) }))
      onClose()
    } catch (error) {
      setWrong(sentenceOf(error))
      setBusy(false)
    }
  }
  const save = () => {
    const typed = typedValue(text, column.column)
    if ("error" in typed) setWrong(t(typed.error))
    else void send({ value: typed.value })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("edit", { name: column.name, row: row.number + 1 })}
      footer={
        <>
          {isEdited && (
            <Button disabled={busy} onClick={() => void send({ reset: true })}>
              {t("reset")}
            </Button>
          )}
          <Button variant="primary" disabled={busy} onClick={save}>
            {t("save")}
          </Button>
        </>
      }
    >
      <label htmlFor={id} className="mb-1.5 block font-medium text-[0.8125rem]">
        {t("value")}
      </label>
      <ValueField id={id} column={column.column} text={text} wrong={wrong !== null} onText={setText} onSave={save} />
      {wrong && (
        <p id={`${id}-wrong`} role="alert" className="mt-1 text-[0.8125rem] text-danger">
          {wrong}
        </p>
      )}
      {isEdited && (
        <p className="mt-3 text-[0.8125rem] text-muted-foreground">
          {t("original")}:{" "}
          <span className="text-foreground">{cellAsText(valueAt(answer?.original, column.column.path))}</span>
        </p>
      )}
    </Dialog>
  )
}

interface FieldProps {
  id: string
  column: AnswerColumn["column"]
  text: string
  wrong: boolean
  onText: (text: string) => void
  onSave: () => void
}

/** A select when the schema restricts the values, otherwise a text field. */
function ValueField({ id, column: { choices, type }, text, wrong, onText, onSave }: FieldProps) {
  const options = choices ?? (type === "boolean" ? ["true", "false"] : null)
  const field = {
    id,
    value: text,
    "aria-invalid": wrong || undefined,
    "aria-describedby": wrong ? `${id}-wrong` : undefined,
    "data-autofocus": true,
    className: "w-full rounded-md border border-input bg-background px-3 py-2 text-sm aria-invalid:border-danger",
  }
  if (options)
    return (
      <select {...field} onChange={(event) => onText(event.target.value)}>
        {!options.includes(text) && <option value={text}>{text}</option>}
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    )
  return (
    <textarea
      {...field}
      rows={text.length > 60 || text.includes("\n") ? 6 : 2}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return
        event.preventDefault()
        onSave()
      }}
    />
  )
}
