/**
 * A JSON answer as a table. A list gives one row per item; an object that contains one list of objects gives one row
 * per item, with its other fields repeated; anything else gives one row. Nested objects become columns with dots
 * (`address.city`), lists of plain values one cell (`a; b`), other lists their JSON. Safe to import in the browser.
 */
import { JsonNumber, JsonObject } from "@/lib/output/json-source"

/** Undefined if the row has no such field. */
export type Cell = string | boolean | JsonNumber | null | undefined

export interface Table {
  columns: string[]
  rows: Cell[][]
}

type Row = Map<string, Cell>

/** Nesting limit for objects as columns; deeper ones are JSON. */
const DEEPEST = 16
/** The column for values without a name. */
const UNNAMED = "value"

/** `value` as `readJson` returns it. */
export function tableOf(value: unknown): Table {
  const rows = recordsOf(value)
  const columns = columnsOf(rows)
  return { columns, rows: rows.map((row) => columns.map((column) => row.get(column))) }
}

function recordsOf(value: unknown): Row[] {
  if (Array.isArray(value)) return value.map((item) => rowOf(item))
  const lists = value instanceof JsonObject ? value.members.filter(([, member]) => isListOfObjects(member)) : []
  const [list] = lists
  if (!(value instanceof JsonObject) || !list || lists.length > 1) return [rowOf(value)]
  const [name, items] = list
  return (items as unknown[]).map((item) => {
    const row: Row = new Map()
    for (const [other, member] of value.members)
      if (other === name) addTo(row, other, item, 0)
      else addTo(row, other, member, 0)
    return row
  })
}

const isListOfObjects = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((item) => item instanceof JsonObject)

function rowOf(value: unknown): Row {
  const row: Row = new Map()
  if (value instanceof JsonObject) for (const [name, member] of value.members) addTo(row, name, member, 0)
  else addTo(row, UNNAMED, value, 0)
  return row
}

function addTo(row: Row, name: string, value: unknown, depth: number): void {
  if (value instanceof JsonObject && value.members.length > 0 && depth < DEEPEST) {
    for (const [inner, member] of value.members) addTo(row, `${name}.${inner}`, member, depth + 1)
    return
  }
  // `{"a.b": 1, "a": {"b": 2}}` produces the same name twice.
  let free = name
  for (let n = 2; row.has(free); n++) free = `${name} (${n})`
  row.set(free, cellOf(value))
}

function cellOf(value: unknown): Cell {
  if (Array.isArray(value) && value.every((item) => typeof item !== "object" || item instanceof JsonNumber))
    return value.map((item) => (item instanceof JsonNumber ? item.source : String(item))).join("; ")
  if (typeof value === "string" || typeof value === "boolean" || value === null || value instanceof JsonNumber)
    return value
  return value === undefined ? undefined : jsonText(value)
}

/** In order of appearance; a column found only in later rows goes after the one that precedes it there. */
function columnsOf(rows: Row[]): string[] {
  const columns: string[] = []
  const known = new Set<string>()
  for (const row of rows) {
    let after = -1
    for (const name of row.keys()) {
      if (!known.has(name)) {
        known.add(name)
        columns.splice(after < 0 ? columns.length : after + 1, 0, name)
      }
      after = columns.indexOf(name)
    }
  }
  return columns
}

/** JSON on one line; numbers keep their original digits. Not recursive. */
export function jsonText(value: unknown): string {
  let text = ""
  const rest: ({ value: unknown } | string)[] = [{ value }]
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === "string") text += next
    else if (Array.isArray(next.value)) rest.push("]", ...parted(next.value.map((item) => [{ value: item }])), "[")
    else if (next.value instanceof JsonObject)
      rest.push(
        "}",
        ...parted(next.value.members.map(([name, member]) => [{ value: member }, `${JSON.stringify(name)}:`])),
        "{",
      )
    else if (next.value instanceof JsonNumber) text += next.value.source
    else text += JSON.stringify(next.value) ?? "null"
  }
  return text
}

/** In reverse, because the stack pops the last part first; separated by commas. */
const parted = <Part>(parts: Part[][]): (Part | string)[] =>
  parts.reverse().flatMap((part, index) => (index === 0 ? part : [",", ...part]))

/** One line per list item; any other value is one line. */
export const toNdjson = (value: unknown): string =>
  (Array.isArray(value) ? value : [value]).map((item) => `${jsonText(item)}\n`).join("")

/** A cell as text for people and spreadsheets. */
export const cellText = (cell: Cell): string =>
  cell === undefined || cell === null ? "" : cell instanceof JsonNumber ? cell.source : String(cell)
