"use client"

import { useMemo, useState } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { HeadCell } from "@/components/data-table/head-cell"
import { initialColumnWidths, MIN_COLUMN_WIDTH, numberColumns, type Sorting } from "@/components/data-table/order"
import { useScrollByKeys } from "@/components/scroll/use-scroll-by-keys"
import type { Cell, TableInput } from "@/lib/ai/tools/show_table/types"
import { cn } from "@/lib/cn"

const ROW = 34
const MAX_SEEN = 11
/** Rows rendered above and below the visible ones. */
const BEYOND = 8

interface Props {
  table: TableInput
  /** In display order. */
  rows: Cell[][]
  sorting: Sorting | null
  onSort: (sorting: Sorting | null) => void
  labelledBy: string
}

/** Renders only rows near the viewport: all have the same height. */
export function TableGrid({ table, rows, sorting, onSort, labelledBy }: Props) {
  const [widths, setWidths] = useState(() => initialColumnWidths(table))
  const numbers = useMemo(() => numberColumns(table), [table])
  const [top, setTop] = useState(0)
  const scrollByKeys = useScrollByKeys<HTMLDivElement>()
  const first = Math.max(0, Math.floor(top / ROW) - BEYOND)
  const drawn = rows.slice(first, first + MAX_SEEN + BEYOND * 2)
  const resize = (column: number, to: number) =>
    setWidths((before) => before.map((one, at) => (at === column ? Math.max(MIN_COLUMN_WIDTH, Math.round(to)) : one)))
  return (
    // biome-ignore lint/a11y/useSemanticElements: fieldset is for forms
    <div
      ref={scrollByKeys}
      role="group"
      aria-labelledby={labelledBy}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      className="overflow-auto border-t"
      style={{ maxHeight: ROW * MAX_SEEN + ROW / 2 }}
    >
      <table
        aria-labelledby={labelledBy}
        aria-rowcount={rows.length + 1}
        className="table-fixed border-separate border-spacing-0 text-[0.8125rem]"
        style={{ width: widths.reduce((sum, one) => sum + one, 0), minWidth: "100%" }}
      >
        <thead className="sticky top-0 z-10 bg-surface">
          <tr aria-rowindex={1} style={{ height: ROW }}>
            {table.columns.map((name, at) => (
              <HeadCell
                // biome-ignore lint/suspicious/noArrayIndexKey: column names may repeat
                key={at}
                name={name}
                width={widths[at] ?? MIN_COLUMN_WIDTH}
                number={numbers[at] ?? false}
                sorted={sorting?.column === at ? (sorting.down ? "descending" : "ascending") : "none"}
                onSort={() => onSort(nextSorting(sorting, at))}
                onResize={(to) => resize(at, to)}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <Room rows={first} />
          <Rows rows={drawn} first={first} numbers={numbers} />
          <Room rows={rows.length - first - drawn.length} />
        </tbody>
      </table>
    </div>
  )
}

/** The rendered rows; `first` is the index of the first one. */
function Rows({ rows, first, numbers }: { rows: Cell[][]; first: number; numbers: boolean[] }) {
  const locale = useFormatLocale()
  return rows.map((row, index) => (
    <tr
      // biome-ignore lint/suspicious/noArrayIndexKey: rows are identified by index
      key={first + index}
      aria-rowindex={first + index + 2}
      className="hover:bg-muted"
      style={{ height: ROW }}
    >
      {row.map((cell, at) => (
        <td
          // biome-ignore lint/suspicious/noArrayIndexKey: cells are identified by column index
          key={at}
          className={cn("truncate border-b px-3", numbers[at] && "text-end tabular-nums")}
        >
          {typeof cell === "number" ? cell.toLocaleString(locale, { maximumSignificantDigits: 15 }) : shown(cell)}
        </td>
      ))}
    </tr>
  ))
}

/** Spacer for rows that are not rendered. */
const Room = ({ rows }: { rows: number }) =>
  rows > 0 && (
    <tr aria-hidden>
      <td style={{ height: rows * ROW, padding: 0 }} />
    </tr>
  )

const shown = (cell: Exclude<Cell, number>) =>
  cell === null ? "" : typeof cell === "boolean" ? (cell ? "✓" : "✗") : cell

/** Ascending, descending, original order. */
const nextSorting = (sorting: Sorting | null, column: number): Sorting | null => {
  if (sorting?.column !== column) return { column, down: false }
  return sorting.down ? null : { column, down: true }
}
