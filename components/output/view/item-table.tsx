"use client"

import { type RefObject, useEffect, useMemo, useRef, useState } from "react"
import { Awaited, Place, Problems, WRONG } from "@/components/output/view/place"
import { Value } from "@/components/output/view/value"
import { useView } from "@/components/output/view/view-context"
import { usePrinting } from "@/components/print/printing"
import { useScrollByKeys } from "@/components/scroll/use-scroll-by-keys"
import { cn } from "@/lib/cn"
import { JsonObject } from "@/lib/output/json-source"
import { type Currencies, currenciesOf } from "@/lib/output/view/amounts"
import { type Column, columnsOf } from "@/lib/output/view/layout"
import { childPointer, isWithin } from "@/lib/output/view/pointers"
import { itemSchema, memberSchema, type Shape, shapeOf } from "@/lib/output/view/shape"

interface Props {
  items: unknown[]
  shape: Shape
  pointer: string
  name: string
  last: boolean
  currencies: Currencies
}

/** Rows rendered or skipped together. */
const CHUNK = 25
/** Rows always rendered, so that they can be read without JavaScript. */
const AT_ONCE = 200
/** Estimated row height in rem before rendering. */
const ROW_REM = 2.25
/** Pixels around the viewport in which rows are rendered. */
const BEYOND = 400

/**
 * A list of objects. Column widths follow the schema, so nothing moves while rows arrive. In long lists, only rows near
 * the viewport are rendered.
 */
export function ItemTable({ items, shape, pointer, name, last, currencies }: Props) {
  const { root } = useView()
  const scrollByKeys = useScrollByKeys<HTMLDivElement>()
  const room = useRef<HTMLDivElement>(null)
  const columns = useMemo(() => columnsOf(root, items, shape), [root, items, shape])
  const width = `calc(${columns.map(widthOf).join(" + ") || "0rem"})`
  const promised = shape.item !== null
  const chunks = Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, index) => index * CHUNK)
  const hold = useMemo(
    () => (part: HTMLDivElement | null) => {
      room.current = part
      return scrollByKeys(part)
    },
    [scrollByKeys],
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements: fieldset is for forms
    <div
      ref={hold}
      role="group"
      aria-label={name}
      className="relative max-h-[34rem] overflow-auto rounded-lg border focus-visible:outline-offset-[-2px] print:max-h-none print:overflow-visible"
    >
      <table
        aria-rowcount={items.length + 1}
        className="table-fixed border-separate border-spacing-0 text-[0.8125rem]"
        style={promised ? { minWidth: width, width: "100%" } : { width }}
      >
        <Head columns={columns} />
        {chunks.map((first) => (
          <Chunk
            key={first}
            {...{ columns, first, shape, pointer, currencies, last, room }}
            rows={items.slice(first, first + CHUNK)}
            all={items.length}
          />
        ))}
      </table>
    </div>
  )
}

/** On a phone no column takes up most of the width. */
const widthOf = ({ width }: Column): string => `min(${width}rem, 42vw)`

function Head({ columns }: { columns: Column[] }) {
  return (
    <>
      <colgroup>
        {columns.map((column) => (
          <col key={column.name} style={{ width: widthOf(column) }} />
        ))}
      </colgroup>
      <thead className="sticky top-0 z-10 bg-surface">
        <tr aria-rowindex={1}>
          {columns.map(({ name: column, label, number, description }) => (
            <th
              key={column}
              scope="col"
              data-tip={description}
              className={cn(
                "wrap-anywhere border-b px-3 py-1.5 text-start align-bottom font-medium text-muted-foreground",
                number && "text-end",
              )}
            >
              {label}
            </th>
          ))}
        </tr>
      </thead>
    </>
  )
}

interface ChunkProps extends Omit<Props, "items" | "name"> {
  columns: Column[]
  rows: unknown[]
  first: number
  all: number
  room: RefObject<HTMLDivElement | null>
}

function Chunk({ columns, rows, first, all, room, pointer, ...rest }: ChunkProps) {
  const { wanted } = useView()
  const printing = usePrinting()
  const body = useRef<HTMLTableSectionElement>(null)
  // Its height while not rendered; null while rendered.
  const [away, setAway] = useState<string | null>(first < AT_ONCE ? null : `${CHUNK * ROW_REM}rem`)
  const full = rows.length === CHUNK
  useEffect(() => {
    const part = body.current
    if (!part || !full) return
    const watch = ([entry]: IntersectionObserverEntry[]) =>
      entry && setAway(entry.isIntersecting ? null : `${entry.boundingClientRect.height}px`)
    const observer = new IntersectionObserver(watch, { root: room.current, rootMargin: `${BEYOND}px 0px` })
    observer.observe(part)
    return () => observer.disconnect()
  }, [full, room])
  const asked = wanted !== null && rows.some((_, index) => isWithin(wanted, childPointer(pointer, first + index)))
  const drawn = away === null || !full || printing || asked
  return (
    <tbody ref={body}>
      {drawn ? (
        rows.map((row, index) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: items are only ever appended
            key={first + index}
            {...{ ...rest, columns, row, index: first + index }}
            pointer={childPointer(pointer, first + index)}
            last={rest.last && first + index === all - 1}
          />
        ))
      ) : (
        <tr aria-hidden>
          <td colSpan={columns.length} style={{ height: away, padding: 0 }} />
        </tr>
      )}
    </tbody>
  )
}

interface RowProps {
  columns: Column[]
  row: unknown
  index: number
  shape: Shape
  pointer: string
  last: boolean
  currencies: Currencies
}

function Row({ columns, row, index, shape: list, pointer, last, currencies: around }: RowProps) {
  const { root, open, problems, idOf } = useView()
  const shape = shapeOf(root, itemSchema(list, index), row)
  const wrong = problems.has(pointer)
  const id = idOf(pointer)
  if (!(row instanceof JsonObject))
    return (
      <tr id={id} aria-rowindex={index + 2}>
        <td colSpan={columns.length} className={cn("border-t px-3 py-1.5", wrong && WRONG)}>
          <Place {...{ value: row, shape, pointer, last }} name="" currencies={around} />
        </td>
      </tr>
    )
  const currencies = currenciesOf(row, around, last && open)
  return (
    <>
      <tr id={id} data-field={pointer} aria-rowindex={index + 2} className="scroll-mt-12 align-top hover:bg-muted/50">
        {columns.map(({ name, number }) => {
          const at = row.members.findLastIndex(([member]) => member === name)
          const place = childPointer(pointer, name)
          const value = row.members[at]?.[1]
          return (
            <td
              key={name}
              id={idOf(place)}
              data-field={place}
              className={cn(
                "border-t px-3 py-1.5",
                index === 0 && "border-t-0",
                number && "text-end",
                problems.has(place) && WRONG,
              )}
            >
              {value === undefined && !last ? (
                <Value value={undefined} />
              ) : value === undefined ? (
                <Awaiting />
              ) : (
                <Place
                  {...{ value, pointer: place, name, currencies }}
                  shape={shapeOf(root, memberSchema(shape, name), value)}
                  last={last && at === row.members.length - 1}
                />
              )}
              {value === undefined && <Problems pointer={place} />}
            </td>
          )
        })}
      </tr>
      {wrong && (
        <tr>
          <td colSpan={columns.length} className={cn("px-3 pb-1.5", WRONG)}>
            <Problems pointer={pointer} />
          </td>
        </tr>
      )}
    </>
  )
}

/** Placeholder in the row being written. */
function Awaiting() {
  const { forming } = useView()
  return forming ? <Awaited /> : null
}
