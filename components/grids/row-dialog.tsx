"use client"

import { Pencil } from "lucide-react"
import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import { cellValue, type GridColumn, problemOf } from "@/components/grids/columns"
import { AnswerMark } from "@/components/grids/marks"
import { shortModel } from "@/components/grids/places"
import { usd } from "@/components/grids/words"
import { Value } from "@/components/output/view/value"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { IconButton } from "@/components/ui/icon-button"
import type { GridAnswer, GridHead, GridRowView, RunRequest } from "@/lib/grids/types"
import { readJson } from "@/lib/output/json-source"
import { shapeOf } from "@/lib/output/view/shape"

interface Props {
  head: GridHead
  row: GridRowView
  columns: GridColumn[]
  onEdit: (column: GridColumn) => void
  onRun: (request: RunRequest) => void
  onClose: () => void
}

/** All of one row: the input, each model's answer, and its problems. */
export default function RowDialog({ head, row, columns, onEdit, onRun, onClose }: Props) {
  const t = useTranslations("grids.row")
  const number = row.number + 1
  const isSkipped = row.answers.every(({ state }) => state === "skipped")
  const maySkip = row.answers.some(({ state }) => state === "waiting" || state === "failed")
  const run = (request: RunRequest) => {
    onRun(request)
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title", { number })}
      className="w-[min(94vw,44rem)]"
      footer={
        <>
          {isSkipped ? (
            <Button onClick={() => run({ action: "unskip", rows: [row.number] })}>{t("unskip")}</Button>
          ) : (
            maySkip && <Button onClick={() => run({ action: "skip", rows: [row.number] })}>{t("skip")}</Button>
          )}
          <Button onClick={() => run({ action: "retry", rows: [row.number] })}>{t("retry")}</Button>
        </>
      }
    >
      <section className="mb-4">
        <h3 className="mb-1.5 font-medium text-[0.8125rem] text-muted-foreground">{t("input")}</h3>
        <Input head={head} row={row} />
      </section>
      {row.answers.map((answer) => (
        <Answer key={answer.place} head={head} row={row} answer={answer} columns={columns} onEdit={onEdit} />
      ))}
    </Dialog>
  )
}

function Input({ head, row: { input } }: { head: GridHead; row: GridRowView }) {
  const t = useTranslations("grids.row")
  if (!input) return null
  if ("fields" in input)
    return (
      <dl className="grid grid-cols-[minmax(6rem,max-content)_1fr] gap-x-4 gap-y-1 text-sm">
        {input.fields.map((value, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns are identified by index
          <div key={at} className="contents">
            <dt className="text-muted-foreground">{head.columns[at]}</dt>
            <dd className="wrap-anywhere whitespace-pre-wrap">{value}</dd>
          </div>
        ))}
      </dl>
    )
  if ("imageId" in input)
    return (
      // biome-ignore lint/performance/noImgElement: our own route, at its original size
      <img src={`/api/images/${input.imageId}`} alt={input.name} className="max-h-72 rounded-md border" />
    )
  const text = "text" in input ? input.text : t("page", { name: input.name, page: input.page })
  return <p className="wrap-anywhere max-h-60 overflow-y-auto whitespace-pre-wrap text-sm">{text}</p>
}

interface AnswerProps extends Pick<Props, "head" | "row" | "columns" | "onEdit"> {
  answer: GridAnswer
}

function Answer({ head, row, answer, columns, onEdit }: AnswerProps) {
  const t = useTranslations("grids.row")
  const locale = useFormatLocale()
  const { place, state, error, problems, model, costUsd, attempts } = answer
  const own = columns.filter((column) => column.kind === "answer" && column.place === place)
  return (
    <section className="mb-5 last:mb-0">
      <h3 className="mb-1.5 flex items-center gap-2 font-medium text-[0.8125rem] text-muted-foreground">
        <AnswerMark answer={answer} />
        {head.models.length > 1 ? shortModel(head.models[place] ?? "") : t("answer")}
      </h3>
      {error && <p className="mb-2 text-danger text-sm">{error}</p>}
      {state === "done" && (
        <dl className="rounded-lg border text-sm">
          {own.map((column) => (
            <Field key={column.key} head={head} row={row} answer={answer} column={column} onEdit={onEdit} />
          ))}
        </dl>
      )}
      {problems.length > 0 && (
        <>
          <h4 className="mt-2 mb-1 font-medium text-[0.8125rem]">{t("problems")}</h4>
          <ul className="list-disc ps-5 text-[0.8125rem]">
            {problems.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                {path && <code className="me-1.5 font-mono text-xs">{path}</code>}
                {message}
              </li>
            ))}
          </ul>
        </>
      )}
      {answer.outputTokens > 0 && (
        <p className="mt-2 text-muted-foreground text-xs tabular-nums">
          {[
            t("tokens", { input: answer.inputTokens, output: answer.outputTokens }),
            ...(costUsd === null ? [] : [t("cost", { usd: usd(costUsd, locale) })]),
            t("attempts", { count: attempts }),
            ...(model ? [t("answeredBy", { model: shortModel(model) })] : []),
          ].join(" · ")}
        </p>
      )}
    </section>
  )
}

interface FieldProps extends Pick<Props, "head" | "row" | "onEdit"> {
  answer: GridAnswer
  column: GridColumn
}

function Field({ head, row, answer, column, onEdit }: FieldProps) {
  const t = useTranslations("grids.cell")
  if (column.kind !== "answer") return null
  const value = cellValue(row, column)
  const problem = problemOf(answer, column.column)
  const read = value === undefined ? undefined : readJson(JSON.stringify(value)).value
  const root = head.output.schema
  return (
    <div className="flex items-start gap-3 border-b px-3 py-2 last:border-0">
      <dt className="w-36 shrink-0 pt-1 text-muted-foreground max-sm:w-24">{column.name}</dt>
      <dd className="min-w-0 flex-1 pt-1">
        <Value
          value={read}
          shape={shapeOf(root, column.column.schema, read)}
          root={root}
          name={column.column.path.at(-1)}
        />
        {answer.edited.includes(column.column.name) && (
          <span className="ms-2 rounded bg-muted px-1.5 py-0.5 text-xs">{t("edited")}</span>
        )}
        {problem && <p className="text-danger text-xs">{problem}</p>}
      </dd>
      <IconButton label={t("edit", { name: column.name, row: row.number + 1 })} onClick={() => onEdit(column)}>
        <Pencil className="size-4" />
      </IconButton>
    </div>
  )
}
