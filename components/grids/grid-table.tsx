"use client"

import { ArrowDown, ArrowUp } from "lucide-react"
import { useTranslations } from "next-intl"
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react"
import { useStore } from "@/components/base/store"
import { type GridColumn, isNumeric, widthOf } from "@/components/grids/columns"
import { GridRow } from "@/components/grids/grid-row"
import type { GridStore } from "@/components/grids/grid-store"
import { moved, type Place, ROW, shortModel } from "@/components/grids/places"
import { watchScroll } from "@/components/ui/watch-scroll"
import { cn } from "@/lib/cn"

/** Rows rendered above and below the visible ones. */
const BEYOND = 6
const NUMBER_WIDTH = 116

interface Props {
  store: GridStore
  columns: GridColumn[]
  /** Opens a row or, with a column, the value editor. */
  onOpen: (number: number, column?: GridColumn) => void
  /** Opens the options of a column. */
  onColumn: (column: GridColumn) => void
}

/** Only rows near the viewport are rendered and loaded; all have the same height. Arrow keys move, Enter opens. */
export function GridTable({ store, columns, onOpen, onColumn }: Props) {
  const t = useTranslations("grids")
  const shown = useStore(store)
  const { count } = store
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const { first, last } = useNear(scroller, count)
  const [active, setActive] = useState<Place>({ row: 0, column: -1 })
  useEffect(() => store.want(first, last), [store, first, last])
  const open = ({ row, column }: Place) => onOpen(store.numberAt(row), columns[column])
  const onKeyDown = (event: KeyboardEvent) => {
    const to = moved(event.key, active, { rows: count, columns: columns.length, page: Math.max(1, last - first - 12) })
    if (to) {
      setActive(to)
      reveal(scroller.current, to, columns)
    } else if (event.key === "Enter" && count > 0) open(active)
    else return
    event.preventDefault()
  }
  const isNear = count > 0 && active.row >= first && active.row < last
  const numbers = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at)
  const width = NUMBER_WIDTH + widthOf(columns)
  return (
    <div ref={scroller} data-grid-scroller className="relative min-h-0 flex-1 overflow-auto border-t">
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrow keys move between cells
        role="grid"
        tabIndex={0}
        aria-label={t("view.table")}
        aria-rowcount={count + 1}
        aria-colcount={columns.length + 1}
        aria-activedescendant={isNear ? `${id}-${active.row}-${active.column}` : undefined}
        onKeyDown={onKeyDown}
        className="group table-fixed border-separate border-spacing-0 text-[0.8125rem] focus-visible:outline-offset-[-2px]"
        style={{ width, minWidth: "100%" }}
      >
        <Head columns={columns} shown={shown} onColumn={onColumn} />
        <tbody>
          <Room rows={first} />
          {numbers.map((place) => (
            <GridRow
              key={store.numberAt(place)}
              id={id}
              place={place}
              number={store.numberAt(place)}
              row={shown.rows.get(store.numberAt(place))}
              columns={columns}
              active={active.row === place ? active.column : null}
              onActive={setActive}
              onOpen={onOpen}
            />
          ))}
          <Room rows={count - Math.max(last, first)} />
        </tbody>
      </table>
      {count === 0 && <p className="p-6 text-center text-muted-foreground text-sm">{t("view.none")}</p>}
    </div>
  )
}

/** The range of rows near the viewport. State changes only when the range does. */
function useNear(scroller: React.RefObject<HTMLDivElement | null>, count: number) {
  const [near, setNear] = useState({ first: 0, last: 24 })
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => {
      const top = Math.floor(element.scrollTop / ROW)
      const first = Math.max(0, top - BEYOND)
      const last = top + Math.ceil(element.clientHeight / ROW) + BEYOND
      setNear((before) => (before.first === first && before.last === last ? before : { first, last }))
    }
    return watchScroll(element, look)
  }, [scroller])
  return { first: Math.min(near.first, Math.max(0, count - 1)), last: Math.min(near.last, count) }
}

/** Scrolls just far enough to show a cell, clear of the sticky header and row numbers. */
function reveal(scroller: HTMLElement | null, { row, column }: Place, columns: GridColumn[]): void {
  if (!scroller) return
  const top = row * ROW
  if (top < scroller.scrollTop) scroller.scrollTop = top
  else if (top + ROW * 2 > scroller.scrollTop + scroller.clientHeight)
    scroller.scrollTop = top + ROW * 2 - scroller.clientHeight
  if (column < 0) return
  const start = widthOf(columns.slice(0, column))
  const width = widthOf(columns.slice(column, column + 1))
  const seen = scroller.clientWidth - NUMBER_WIDTH
  if (start < scroller.scrollLeft) scroller.scrollLeft = start
  else if (start + width > scroller.scrollLeft + seen) scroller.scrollLeft = start + width - seen
}

interface HeadProps extends Pick<Props, "columns" | "onColumn"> {
  shown: ReturnType<GridStore["get"]>
}

function Head({ columns, shown: { query, head }, onColumn }: HeadProps) {
  const t = useTranslations("grids.view")
  const Arrow = query.dir === "desc" ? ArrowDown : ArrowUp
  const several = head.models.length > 1
  return (
    <thead className="sticky top-0 z-20 bg-surface">
      <tr aria-rowindex={1} style={{ height: ROW }}>
        <th
          scope="col"
          style={{ width: NUMBER_WIDTH }}
          className="sticky start-0 z-10 border-e border-b bg-surface px-3 text-start font-medium text-muted-foreground"
        >
          {t("number")}
        </th>
        {columns.map((column) => (
          <th
            key={column.key}
            scope="col"
            aria-sort={query.sort === column.key ? (query.dir === "desc" ? "descending" : "ascending") : "none"}
            style={{ width: widthOf([column]) }}
            className="border-b p-0"
          >
            <button
              type="button"
              aria-haspopup="dialog"
              data-tip={t("column", { name: column.name })}
              onClick={() => onColumn(column)}
              className="flex h-full w-full flex-col justify-center px-3 text-start font-medium text-muted-foreground hover:text-foreground"
            >
              <span className={cn("flex w-full items-center gap-1", isNumeric(column) && "justify-end")}>
                <span className="truncate">{column.name}</span>
                {query.sort === column.key && <Arrow aria-hidden className="size-3.5 shrink-0" />}
              </span>
              {several && column.kind === "answer" && (
                <span className={cn("w-full truncate font-normal text-xs", column.place === 1 && "text-spark-text")}>
                  {shortModel(head.models[column.place] ?? "")}
                </span>
              )}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** Spacer for rows that are not rendered. */
const Room = ({ rows }: { rows: number }) =>
  rows > 0 && (
    <tr aria-hidden>
      <td style={{ height: rows * ROW, padding: 0 }} />
    </tr>
  )
