"use client"

import { Items } from "@/components/output/view/items"
import { Awaited, Place, Problems, WRONG } from "@/components/output/view/place"
import { Value } from "@/components/output/view/value"
import { useView } from "@/components/output/view/view-context"
import { cn } from "@/lib/cn"
import { JsonObject } from "@/lib/output/json-source"
import { type Currencies, currenciesOf } from "@/lib/output/view/amounts"
import { isLeaf, listLayout, type MemberRow, memberRows } from "@/lib/output/view/layout"
import { labelOf } from "@/lib/output/view/names"
import { childPointer } from "@/lib/output/view/pointers"
import { type Schema, type Shape, shapeOf } from "@/lib/output/view/shape"

/** Maximum rendered nesting depth; anything deeper is shown as JSON. */
export const MAX_DEPTH = 12

interface MembersProps {
  value: JsonObject | undefined
  shape: Shape
  pointer: string
  last: boolean
  currencies: Currencies
  depth: number
}

/** An object as its fields, with a slot for each one in the schema. */
export function Members({ value, shape, pointer, last, currencies: around, depth }: MembersProps) {
  const { open } = useView()
  const currencies = value ? currenciesOf(value, around, last && open) : around
  return (
    <dl className="min-w-0">
      {memberRows(value, shape).map((row) => (
        <Member
          key={row.key}
          row={row}
          pointer={childPointer(pointer, row.name)}
          last={last && row.last}
          awaited={last && row.value === undefined}
          {...{ currencies, depth }}
        />
      ))}
    </dl>
  )
}

interface MemberProps {
  row: MemberRow
  pointer: string
  last: boolean
  awaited: boolean
  currencies: Currencies
  depth: number
}

function Member({ row, pointer, last, awaited, currencies, depth }: MemberProps) {
  const { root, problems, idOf } = useView()
  const { name, value } = row
  const shape = shapeOf(root, row.schema, value)
  const wrong = problems.has(pointer)
  const block = isBlock(root, value, shape) && depth < MAX_DEPTH
  return (
    <div
      id={row.again ? undefined : idOf(pointer)}
      data-field={pointer}
      className={cn(
        "group/field scroll-mt-16 border-t first:border-t-0 focus-visible:outline-offset-[-2px]",
        block
          ? "py-2"
          : "grid grid-cols-[minmax(5.5rem,32%)_minmax(0,1fr)] gap-x-4 py-2 sm:grid-cols-[minmax(7rem,12rem)_minmax(0,1fr)]",
        wrong && cn(WRONG, "-mx-2 rounded-md px-2"),
      )}
    >
      <dt className={cn("wrap-anywhere text-muted-foreground", block && "mb-1")}>
        <span data-tip={shape.description}>{labelOf(name, shape.title)}</span>
        {shape.description && <span className="sr-only">, {shape.description}</span>}
        {block && Array.isArray(value) && <span className="ms-2 tabular-nums opacity-80">{value.length}</span>}
      </dt>
      <dd key={block ? "block" : "line"} className="min-w-0">
        {isLeaf(value) || depth >= MAX_DEPTH ? (
          <Place {...{ value, shape, pointer, name, last, awaited, currencies }} />
        ) : (
          <>
            <Problems pointer={pointer} className={block ? "mb-1" : undefined} />
            <Parts {...{ value, shape, pointer, name, last, currencies }} depth={depth + 1} />
          </>
        )}
      </dd>
    </div>
  )
}

/** Takes the full width, since it does not fit beside its label. */
function isBlock(root: Schema | null, value: unknown, shape: Shape): boolean {
  if (value instanceof JsonObject) return value.members.length > 0 || shape.members.size > 0
  return Array.isArray(value) && value.length > 0 && listLayout(root, value, shape) !== "values"
}

export interface PartsProps {
  value: unknown
  shape: Shape
  pointer: string
  name: string
  last: boolean
  currencies: Currencies
  depth: number
  /** Without a line at its side, since it already has a frame. */
  plain?: boolean
}

/** The contents of an object or a list. */
export function Parts({ value, shape, pointer, name, last, currencies, depth, plain }: PartsProps) {
  const { forming } = useView()
  if (Array.isArray(value)) {
    if (value.length > 0) return <Items {...{ items: value, shape, pointer, name, last, currencies, depth }} />
    return last && forming ? <Awaited /> : <Value value={value} />
  }
  const object = value instanceof JsonObject ? value : undefined
  if (object?.members.length === 0 && shape.members.size === 0)
    return last && forming ? <Awaited /> : <Value value={object} />
  const members = <Members {...{ value: object, shape, pointer, last, currencies, depth }} />
  return pointer === "" || plain ? members : <div className="border-s-2 ps-3.5">{members}</div>
}
