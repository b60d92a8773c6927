/** Infers a JSON Schema from an example: a JSON value, or the rows of a CSV. Pure. */
import { JsonNumber, JsonObject } from "@/lib/output/json-source"
import { oneOf, type Schema } from "@/lib/output/paste/definitions"

const FORMATS: [format: string, pattern: RegExp][] = [
  ["date", /^\d{4}-\d{2}-\d{2}$/],
  ["date-time", /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/],
  ["uuid", /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i],
  ["email", /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/],
  ["uri", /^https?:\/\/\S+$/],
]
/** Maximum number of list items to examine. */
const MAX_ITEMS = 1_000

/** The schema of a value as `readJson` returns it. */
export function schemaOfExample(value: unknown): Schema {
  if (value === null) return { type: "null" }
  if (typeof value === "string") return textSchema(value)
  if (typeof value === "boolean") return { type: "boolean" }
  if (value instanceof JsonNumber) return { type: /[.eE]/.test(value.source) ? "number" : "integer" }
  if (Array.isArray(value)) return listSchema(value)
  return value instanceof JsonObject ? objectSchema([value]) : {}
}

function textSchema(text: string): Schema {
  const format = FORMATS.find(([, pattern]) => pattern.test(text))?.[0]
  return { type: "string", ...(format && { format }) }
}

function listSchema(items: unknown[]): Schema {
  const some = items.slice(0, MAX_ITEMS)
  return some.length === 0 ? { type: "array" } : { type: "array", items: common(some) }
}

/** One schema that fits all of them. */
function common(values: unknown[]): Schema {
  const objects = values.filter((value) => value instanceof JsonObject)
  const lists = values.filter((value) => Array.isArray(value))
  const others = values.filter((value) => !(value instanceof JsonObject) && !Array.isArray(value))
  const schemas = [
    ...(objects.length > 0 ? [objectSchema(objects)] : []),
    ...(lists.length > 0 ? [listSchema(lists.flat())] : []),
    ...plainSchemas(others.map(schemaOfExample)),
  ]
  return schemas.length === 1 ? (schemas[0] ?? {}) : oneOf(schemas)
}

function plainSchemas(schemas: Schema[]): Schema[] {
  const types = new Set(schemas.map(({ type }) => type))
  const numbers = types.has("number") ? "number" : types.has("integer") ? "integer" : null
  const texts = schemas.filter(({ type }) => type === "string")
  const formats = new Set(texts.map(({ format }) => format))
  const [format] = formats
  return [
    ...(texts.length > 0 ? [{ type: "string", ...(formats.size === 1 && format ? { format } : {}) }] : []),
    ...(numbers ? [{ type: numbers }] : []),
    ...(types.has("boolean") ? [{ type: "boolean" }] : []),
    ...(types.has("null") ? [{ type: "null" }] : []),
  ]
}

/** Members present in all objects are required. */
function objectSchema(objects: JsonObject[]): Schema {
  const values = new Map<string, unknown[]>()
  for (const { members } of objects)
    for (const [name, value] of new Map(members)) values.set(name, [...(values.get(name) ?? []), value])
  const required = [...values].flatMap(([name, all]) => (all.length === objects.length ? [name] : []))
  return {
    type: "object",
    properties: Object.fromEntries([...values].map(([name, all]) => [name, common(all)])),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  }
}

/** The schema of a list of rows. `rows`: the header, then cells. An empty cell makes the column optional. */
export function schemaOfRows([head = [], ...rows]: string[][]): Schema {
  const properties = head.map((name, column): [string, Schema, boolean] => {
    const cells = rows.slice(0, MAX_ITEMS).map((cells) => cells[column]?.trim() ?? "")
    const full = cells.filter((cell) => cell !== "")
    return [name.trim(), cellSchema(full), full.length === cells.length]
  })
  const named = properties.filter(([name]) => name !== "")
  const required = named.flatMap(([name, , must]) => (must ? [name] : []))
  const item = {
    type: "object",
    properties: Object.fromEntries(named.map(([name, schema]) => [name, schema])),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  }
  return { type: "array", items: item }
}

function cellSchema(cells: string[]): Schema {
  if (cells.length === 0) return { type: "string" }
  const all = (pattern: RegExp) => cells.every((cell) => pattern.test(cell))
  // A leading zero indicates an ID or a phone number.
  if (all(/^-?(?:0|[1-9]\d*)$/)) return { type: "integer" }
  if (all(/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/)) return { type: "number" }
  if (all(/^(?:true|false)$/i)) return { type: "boolean" }
  const format = FORMATS.find(([, pattern]) => all(pattern))?.[0]
  return { type: "string", ...(format && { format }) }
}
