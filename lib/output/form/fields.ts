/** A JSON Schema as form fields. Anything the form can't show is listed and left in place. Pure. */
import { compact, memberOf, namesOf, type Path, valueAt } from "@/lib/output/form/source"
import { JsonNumber, JsonObject } from "@/lib/output/json-source"

/** In menu order; `other` is anything the form can't show. */
export const KINDS = [
  ...["text", "number", "integer", "boolean", "choice", "date", "date-time", "time", "email", "uri"],
  ...["list", "group", "table"],
] as const
export type OfferedKind =
  | ("text" | "number" | "integer" | "boolean" | "choice" | "date" | "date-time" | "time" | "email" | "uri")
  | ("list" | "group" | "table")
export type Kind = OfferedKind | "other"

/** Formats that are their own kinds. */
export const FORMATS: readonly string[] = ["date", "date-time", "time", "email", "uri"]

const TEXT_MORE = ["minLength", "maxLength", "pattern"]
const NUMBER_MORE = ["minimum", "maximum", "multipleOf"]
const LIST_MORE = ["minItems", "maxItems", "uniqueItems"]
/** Keywords under “More”, by field kind. */
export const MORE: Record<Kind, readonly string[]> = {
  text: TEXT_MORE,
  number: NUMBER_MORE,
  integer: NUMBER_MORE,
  list: LIST_MORE,
  table: LIST_MORE,
  group: ["additionalProperties"],
  ...{ boolean: [], choice: [], date: [], "date-time": [], time: [], email: [], uri: [], other: [] },
}
/** Keywords with a boolean value. */
export const SWITCHES: readonly string[] = ["uniqueItems", "additionalProperties"]

export interface FormField {
  /** Path of its schema, from the root. */
  path: Path
  /** Path of the schema that states its type: inside `anyOf` if the other option is `null`. */
  body: Path
  /** "" for the root and for list items. */
  name: string
  kind: Kind
  required: boolean
  nullable: boolean
  description: string
  /** Values of a choice. */
  choices: string[]
  /** Values of the keywords under “More” that are present, as JSON. */
  more: Record<string, string>
  /** Keywords the form doesn't show. */
  unshown: string[]
  /** Path of the schema that has `fields` as its properties. */
  holder: Path | null
  fields: FormField[]
  /** The items of a list. */
  item: FormField | null
}

/** Keywords that don't affect validation. */
const SILENT = ["$schema", "$comment", "$id", "title"]
/** Deeper fields can only be edited as text. */
const MAX_DEPTH = 12

export const formOf = (root: JsonObject): FormField => fieldAt(root, { path: [], name: "", required: true, depth: 0 })

interface Place {
  path: Path
  name: string
  required: boolean
  depth: number
}

function fieldAt(root: JsonObject, { path, name, required, depth }: Place): FormField {
  const outer = valueAt(root, path)
  const inner = nullableInner(outer)
  const body = inner === null ? path : [...path, "anyOf", inner]
  const schema = valueAt(root, body)
  const { type, nullable } = typeOf(schema)
  const kind = depth > MAX_DEPTH ? "other" : kindOf(schema, type)
  const holder = kind === "group" ? body : kind === "table" ? [...body, "items"] : null
  const description = memberOf(outer, "description") ?? memberOf(schema, "description")
  return {
    ...{ path, body, name, kind, required, holder },
    nullable: nullable || inner !== null,
    description: typeof description === "string" ? description : "",
    choices: kind === "choice" ? textsOf(memberOf(schema, "enum")) : [],
    more: moreOf(kind, schema),
    unshown: unshownOf(kind, schema, inner === null ? null : outer, holder && valueAt(root, holder)),
    fields: holder ? fieldsOf(root, holder, depth) : [],
    item:
      kind === "list" ? fieldAt(root, { path: [...body, "items"], name: "", required: true, depth: depth + 1 }) : null,
  }
}

function fieldsOf(root: JsonObject, holder: Path, depth: number): FormField[] {
  const schema = valueAt(root, holder)
  const required = textsOf(memberOf(schema, "required"))
  return namesOf(memberOf(schema, "properties")).map((name) =>
    fieldAt(root, {
      ...{ path: [...holder, "properties", name], name, required: required.includes(name), depth: depth + 1 },
    }),
  )
}

export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : []

const isNull = (value: unknown) => value instanceof JsonObject && compact(value) === '{"type":"null"}'

/** The index of the `anyOf` option next to `null`; null if it isn't such a pair. */
function nullableInner(schema: unknown): number | null {
  const either = memberOf(schema, "anyOf")
  if (!Array.isArray(either) || either.length !== 2) return null
  const place = either.findIndex((item) => !isNull(item))
  const beside = namesOf(schema).filter((name) => !["anyOf", "description", ...SILENT, "default"].includes(name))
  return either.some(isNull) && place >= 0 && beside.length === 0 ? place : null
}

function typeOf(schema: unknown): { type: unknown; nullable: boolean } {
  const type = memberOf(schema, "type")
  const withNull = Array.isArray(type) && type.length === 2 && type.includes("null")
  return withNull ? { type: type.find((one) => one !== "null"), nullable: true } : { type, nullable: false }
}

/** Keywords the form can't show in full: with one of these, no other keyword determines the type. */
const COMPOSED = ["$ref", "$dynamicRef", "oneOf", "anyOf", "allOf", "not", "if", "const"]

function kindOf(schema: unknown, type: unknown): Kind {
  if (!(schema instanceof JsonObject) || namesOf(schema).some((name) => COMPOSED.includes(name))) return "other"
  const choices = memberOf(schema, "enum")
  if (choices !== undefined) {
    const texts = Array.isArray(choices) && choices.every((one) => typeof one === "string" || one === null)
    return texts && (type === "string" || type === undefined) ? "choice" : "other"
  }
  if (type === "string") return stringKind(memberOf(schema, "format"))
  if (type === "number" || type === "integer" || type === "boolean") return type
  if (type === "array") return arrayKind(memberOf(schema, "items"))
  return type === "object" || (type === undefined && memberOf(schema, "properties") !== undefined)
    ? holds(schema)
      ? "group"
      : "other"
    : "other"
}

/** Whether its properties are an object of schemas, or missing. */
function holds(schema: unknown): boolean {
  const properties = memberOf(schema, "properties")
  return properties === undefined || properties instanceof JsonObject
}

const isKind = (format: unknown): format is OfferedKind => typeof format === "string" && FORMATS.includes(format)
const stringKind = (format: unknown): Kind => (isKind(format) ? format : "text")

function arrayKind(items: unknown): Kind {
  if (!(items instanceof JsonObject)) return "other"
  const { type, nullable } = typeOf(items)
  return kindOf(items, type) === "group" && !nullable ? "table" : "list"
}

function moreOf(kind: Kind, schema: unknown): Record<string, string> {
  return Object.fromEntries(
    MORE[kind].flatMap((keyword) => {
      const value = memberOf(schema, keyword)
      return value !== undefined && isShown(keyword, value) ? [[keyword, compact(value)]] : []
    }),
  )
}

/** Whether the form control can show the value. */
const isShown = (keyword: string, value: unknown): boolean =>
  SWITCHES.includes(keyword)
    ? typeof value === "boolean"
    : keyword === "pattern"
      ? typeof value === "string"
      : value instanceof JsonNumber

const OWN: Partial<Record<Kind, readonly string[]>> = {
  choice: ["enum"],
  list: ["items"],
  table: ["items"],
  group: ["properties", "required"],
}

function unshownOf(kind: Kind, schema: unknown, outer: unknown, rows: unknown): string[] {
  if (kind === "other") return namesOf(schema).filter((name) => !["description", "type", ...SILENT].includes(name))
  const known = ["type", "description", ...SILENT, ...(OWN[kind] ?? [])]
  const format = memberOf(schema, "format")
  const extra = (value: unknown, shown: readonly string[], more: readonly string[]) =>
    namesOf(value).filter((name) => {
      if (shown.includes(name) || (name === "format" && isKind(format) && kind === format)) return false
      return !(more.includes(name) && isShown(name, memberOf(value, name)))
    })
  return [
    ...extra(schema, known, MORE[kind]),
    ...(outer ? extra(outer, ["anyOf", "description", ...SILENT], []) : []),
    // Keywords of a table's rows, besides their fields.
    ...(kind === "table" ? extra(rows, ["type", ...SILENT, "properties", "required"], ["additionalProperties"]) : []),
  ]
}
