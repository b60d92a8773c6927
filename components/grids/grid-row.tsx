"use client"

import { Pencil, TriangleAlert } from "lucide-react"
import { useTranslations } from "next-intl"
import { memo } from "react"
import {
  type AnswerColumn,
  answerAt,
  cellValue,
  differs,
  type GridColumn,
  inputText,
  problemOf,
} from "@/components/grids/columns"
import { AnswerMark } from "@/components/grids/marks"
import { type Place, ROW } from "@/components/grids/places"
import { Spinner } from "@/components/ui/spinner"
import { cn } from "@/lib/cn"
import type { GridRowView } from "@/lib/grids/types"
import { cellAsText } from "@/lib/output/columns"

interface Props {
  /** Prefix of cell ids. */
  id: string
  place: number
  number: number
  /** Undefined while loading. */
  row: GridRowView | undefined
  columns: GridColumn[]
  /** The column with keyboard focus, if in this row. */
  active: number | null
  onActive: (place: Place) => void
  onOpen: (number: number, column?: GridColumn) => void
}

/** One row. Rerenders only when one of its props changes. */
export const GridRow = memo(function GridRow(props: Props) {
  const { id, place, number, row, columns, active, onActive, onOpen } = props
  const t = useTranslations("grids")
  const cell = (column: number, className: string) => ({
    id: `${id}-${place}-${column}`,
    role: "gridcell",
    "aria-colindex": column + 2,
    className: cn(
      "border-b",
      className,
      active === column &&
        "group-focus-visible:outline-2 group-focus-visible:outline-spark group-focus-visible:-outline-offset-2",
    ),
  })
  return (
    <tr aria-rowindex={place + 2} style={{ height: ROW }} className="group/row hover:bg-muted/60">
      <td {...cell(-1, "sticky start-0 z-10 border-e bg-background p-0 group-hover/row:bg-muted")}>
        <button
          type="button"
          tabIndex={-1}
          aria-label={t("row.open", { number: number + 1 })}
          onClick={() => onOpen(number)}
          className="flex h-full w-full items-center gap-2 px-3 text-muted-foreground tabular-nums hover:text-foreground"
        >
          <span className="min-w-9 text-end">{number + 1}</span>
          {row ? (
            row.answers.map((answer) => <AnswerMark key={answer.place} answer={answer} />)
          ) : (
            <Spinner className="size-3.5" />
          )}
        </button>
      </td>
      {columns.map((column, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles keys
        <td
          key={column.key}
          {...cell(at, "px-3")}
          onClick={(event) => {
            onActive({ row: place, column: at })
            if (event.detail === 1 && matchMedia("(pointer: coarse)").matches) onOpen(number)
          }}
          onDoubleClick={() => onOpen(number, column)}
        >
          {row &&
            (column.kind === "input" ? (
              <span className="block truncate">
                {inputText(row.input, column.at, (name, page) => t("row.page", { name, page }))}
              </span>
            ) : (
              <AnswerCell row={row} column={column} />
            ))}
        </td>
      ))}
    </tr>
  )
})

function AnswerCell({ row, column }: { row: GridRowView; column: AnswerColumn }) {
  const t = useTranslations("grids.cell")
  const answer = answerAt(row, column.place)
  if (answer?.state === "failed" && column.column.path.length <= 1)
    return <span className="block truncate text-danger">{answer.error}</span>
  if (answer?.state !== "done") return null
  const value = cellValue(row, column)
  const problem = problemOf(answer, column.column)
  const isOther = differs(row, column.column)
  const isNumber = typeof value === "number"
  return (
    <span className="flex items-center gap-1.5">
      <span
        className={cn(
          "min-w-0 flex-1 truncate",
          isNumber && "text-end tabular-nums",
          isOther && "rounded-sm bg-spark-soft px-1",
        )}
      >
        {cellAsText(value) || (
          <span className="text-muted-foreground">
            <span aria-hidden>—</span>
            <span className="sr-only">{t("empty")}</span>
          </span>
        )}
      </span>
      {isOther && <span className="sr-only">{t("differs")}</span>}
      {answer.edited.includes(column.column.name) && (
        <Mark icon={Pencil} label={t("edited")} className="text-muted-foreground" />
      )}
      {problem && <Mark icon={TriangleAlert} label={problem} className="text-danger" />}
    </span>
  )
}

function Mark({ icon: Icon, label, className }: { icon: typeof Pencil; label: string; className: string }) {
  return (
    <span data-tip={label} className="shrink-0">
      <Icon aria-hidden className={cn("size-3.5", className)} />
      <span className="sr-only">{label}</span>
    </span>
  )
}
