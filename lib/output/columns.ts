/**
 * A schema as columns: its fields, with dotted names for nested ones (`address.city`), matching `rows.ts`. Pure; safe
 * to import on both sides.
 */
import { isRecord } from "@/lib/is-record"

type Schema = Record<string, unknown>

export interface OutputColumn {
  /** `address.city` */
  name: string
  /** Member names leading to the value; empty if the value isn't an object. */
  path: string[]
  /** The schema's type: `string`, `number`, `integer`, `boolean`, `array`, …; null if there is none, or several. */
  type: string | null
  title?: string
  format?: string
  /** The allowed values, if there are few. */
  choices?: string[]
  /** The column's schema. */
  schema: Schema
}

const MAX_COLUMNS = 200
const DEEPEST = 6
/** The column for values without a name. */
const UNNAMED = "value"

/** The columns of a schema, in its order; at most 200. */
export function columnsOfSchema(schema: Schema): OutputColumn[] {
  const columns: OutputColumn[] = []
  walk(schema, { root: schema, path: [], depth: 0, columns })
  return columns.length > 0 ? columns : [{ name: UNNAMED, path: [], type: null, schema }]
}

interface Walk {
  root: Schema
  path: string[]
  depth: number
  columns: OutputColumn[]
}

function walk(given: unknown, { root, path, depth, columns }: Walk): void {
  if (columns.length >= MAX_COLUMNS) return
  const schema = resolved(root, given)
  const properties = isRecord(schema.properties) ? Object.entries(schema.properties) : []
  if (properties.length > 0 && depth < DEEPEST) {
    for (const [name, member] of properties) walk(member, { root, path: [...path, name], depth: depth + 1, columns })
    return
  }
  const { title, format } = schema
  const choices = Array.isArray(schema.enum) ? schema.enum.filter((one) => typeof one === "string") : []
  columns.push({
    ...{ name: path.join(".") || UNNAMED, path, type: typeOf(schema), schema },
    ...(typeof title === "string" && { title }),
    ...(typeof format === "string" && { format }),
    ...(choices.length > 0 && choices.length <= 50 && { choices }),
  })
}

const MAX_REFERENCES = 16

/** Resolves a local reference; of a union with null, the other option. */
function resolved(root: Schema, given: unknown): Schema {
  let schema = given
  for (let step = 0; step < MAX_REFERENCES && isRecord(schema); step++) {
    const { $ref: reference, anyOf, oneOf } = schema
    const choice = [anyOf, oneOf].find(Array.isArray)
    if (typeof reference === "string") schema = pointed(root, reference)
    else if (choice && !schema.properties) {
      const some: unknown[] = choice.filter((one) => !(isRecord(one) && one.type === "null"))
      if (some.length !== 1) return schema
      schema = some[0]
    } else return schema
  }
  return isRecord(schema) ? schema : {}
}

function pointed(root: Schema, reference: string): unknown {
  if (!reference.startsWith("#")) return undefined
  let at: unknown = root
  for (const part of reference.slice(1).split("/").filter(Boolean)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~")
    at = isRecord(at) && Object.hasOwn(at, name) ? at[name] : undefined
  }
  return at
}

function typeOf({ type }: Schema): string | null {
  const types = [type].flat().filter((one) => typeof one === "string" && one !== "null")
  return types.length === 1 ? String(types[0]) : null
}

/** The value at a column's path; undefined if there is none. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value
  for (const name of path) {
    if (!isRecord(at) || !Object.hasOwn(at, name)) return undefined
    at = at[name]
  }
  return at
}

/** A copy of a value with another value at a path. Missing objects along the path are created. */
export function withValueAt(value: unknown, [name, ...rest]: readonly string[], put: unknown): unknown {
  if (name === undefined) return put
  const members = isRecord(value) ? Object.entries(value).filter(([other]) => other !== name) : []
  const inner = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
  const order = isRecord(value) ? Object.keys(value) : []
  const all = new Map<string, unknown>([...members, [name, withValueAt(inner, rest, put)]])
  const names = order.includes(name) ? order : [...order, name]
  return Object.fromEntries(names.map((one) => [one, all.get(one)]))
}

/** A value as cell text: lists of plain values are joined; anything else that isn't a plain value is JSON. */
export function cellAsText(value: unknown): string {
  if (value === undefined || value === null) return ""
  if (Array.isArray(value) && value.every((one) => typeof one !== "object" || one === null)) return value.join("; ")
  return typeof value === "object" ? JSON.stringify(value) : String(value)
}
