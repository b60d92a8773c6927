/**
 * The rows, lists, and tables in which a value is shown. The schema decides where possible, so that nothing moves
 * during streaming.
 */
import { JsonObject } from "@/lib/output/json-source"
import { isAmountName, labelOf } from "@/lib/output/view/names"
import {
  ANY,
  itemSchema,
  memberSchema,
  nonNullTypes,
  onlyType,
  type Schema,
  type Shape,
  shapeOf,
} from "@/lib/output/view/shape"

export interface MemberRow {
  /** Stable while the value grows. */
  key: string
  name: string
  schema: Schema | null
  value: unknown
  /** The last one received, which may still be in progress. */
  last: boolean
  /** It is a duplicate of an earlier member. */
  again: boolean
}

/**
 * First the members the schema guarantees, each in place from the start; then the others in the order received; then
 * those the schema guarantees depending on the value.
 */
export function memberRows(value: JsonObject | undefined, shape: Shape): MemberRow[] {
  const members = value?.members ?? []
  const times = new Map<string, number>()
  const rows = new Map<string, MemberRow>()
  const promise = (name: string, schema: Schema) => {
    const key = `/${name}`
    if (!rows.has(key)) rows.set(key, { key, name, schema, value: undefined, last: false, again: false })
  }
  for (const [name, schema] of shape.members) if (shape.certain.has(name)) promise(name, schema)
  for (const [index, [name, member]] of members.entries()) {
    const before = times.get(name) ?? 0
    times.set(name, before + 1)
    const key = before === 0 ? `/${name}` : `${before}/${name}`
    const last = index === members.length - 1
    rows.set(key, { key, name, value: member, schema: memberSchema(shape, name), last, again: before > 0 })
  }
  for (const [name, schema] of shape.members) promise(name, schema)
  return [...rows.values()]
}

/** How a list's items are laid out: as a table, as stacked groups, or as plain values. */
export type ListLayout = "table" | "groups" | "values"

/** Based on the items' schema; without one, on the first item. */
export function listLayout(root: Schema | null, items: unknown[], shape: Shape): ListLayout {
  const schema = itemSchema(shape, 0)
  const item = shapeOf(root, schema)
  const type = onlyType(item)
  if (type === "array") return "groups"
  // Without a schema the first item decides; the layout never changes afterwards.
  const [first] = items
  if (!type && item.members.size === 0) {
    if (first instanceof JsonObject) return schema ? "groups" : "table"
    return Array.isArray(first) ? "groups" : "values"
  }
  if (type !== "object" && item.members.size === 0) return "values"
  return [...item.members.values()].every((member) => isPlain(root, member)) ? "table" : "groups"
}

/** A value without children, or a list of these. */
function isPlain(root: Schema | null, schema: Schema, inList = false): boolean {
  const shape = shapeOf(root, schema)
  const types = nonNullTypes(shape)
  if (shape.members.size > 0 || types.includes("object")) return false
  if (!types.includes("array")) return true
  return !inList && (!shape.item || isPlain(root, shape.item, true))
}

export interface Column {
  name: string
  label: string
  description?: string
  /** In rem. */
  width: number
  number: boolean
}

const WIDTHS = { boolean: 6, integer: 7, number: 7.5, array: 15, string: 11 } as const
const FORMATS: Record<string, number> = { date: 8.5, time: 8, "date-time": 14, email: 15, uri: 16, url: 16 }
/** Width of one header letter, in rem. */
const LETTER = 0.5

/**
 * Columns from the schema first, then others as they arrive. Widths depend only on the schema, never on the content.
 */
export function columnsOf(root: Schema | null, items: unknown[], shape: Shape): Column[] {
  const item = shapeOf(root, itemSchema(shape, 0))
  const names = new Set(item.members.keys())
  for (const one of items) if (one instanceof JsonObject) for (const [name] of one.members) names.add(name)
  return [...names].map((name) => {
    const member = shapeOf(root, memberSchema(item, name))
    return columnOf(name, item.members.has(name) ? member : ANY, member)
  })
}

function columnOf(name: string, promised: Shape, { title, description }: Shape): Column {
  const type = onlyType(promised)
  const number = type === "number" || type === "integer"
  const label = labelOf(name, title)
  const usual = (promised.format && FORMATS[promised.format]) || (promised.options ? 9 : undefined)
  const byType = type && type in WIDTHS ? WIDTHS[type as keyof typeof WIDTHS] : WIDTHS.string
  const least = Math.min(16, label.length * LETTER + 1.75)
  const width = usual ?? (number && isAmountName(name) ? 8.5 : isProse(name) ? 18 : byType)
  return { name, label, ...(description && { description }), width: Math.max(width, least), number }
}

const PROSE = /desc|text|note|comment|summary|detail|reason|content|message|body/i
const isProse = (name: string) => PROSE.test(name)

/** A value without children. */
export const isLeaf = (value: unknown): boolean => !(Array.isArray(value) || value instanceof JsonObject)
