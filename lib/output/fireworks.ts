/**
 * What Fireworks guarantees for a JSON Schema and what it doesn't (its guide to structured outputs: types, properties,
 * required, additionalProperties, items, lengths and counts, patterns as far as possible, anyOf, allOf, oneOf,
 * references within the document). The rest is checked here after the answer arrives. Pure data and functions.
 */
import { isRecord } from "@/lib/is-record"
import { escapePointer } from "@/lib/output/schema/finding"

type Schema = Record<string, unknown>

/** Enforced during generation, or purely descriptive. */
const PROMISED = new Set([
  ...["type", "properties", "required", "additionalProperties", "items", "enum"],
  ...["minLength", "maxLength", "minItems", "maxItems", "anyOf", "allOf", "oneOf", "$ref", "$defs", "definitions"],
  ...["$schema", "$id", "$anchor", "$comment", "title", "description", "default", "examples", "deprecated"],
  ...["readOnly", "writeOnly"],
])

/** JSON Schema keywords that aren't guaranteed. */
const KNOWN = new Set([
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "uniqueItems", "format", "const"],
  ...["minProperties", "maxProperties", "patternProperties", "propertyNames", "prefixItems", "additionalItems"],
  ...["contains", "minContains", "maxContains", "unevaluatedItems", "unevaluatedProperties", "not", "if", "then"],
  ...["else", "dependentRequired", "dependentSchemas", "dependencies", "$dynamicRef", "$recursiveRef"],
  ...["contentEncoding", "contentMediaType", "contentSchema"],
])

export type NoteKind =
  /** Not enforced during generation. */
  | "unpromised"
  /** Enforced as far as possible. */
  | "bestEffort"
  /** A reference outside the document. */
  | "remote"
  /** Undeclared fields may be written. */
  | "open"
  /** Properties without the `type` that makes them apply. */
  | "untyped"
  /** OpenAPI's way to allow null. */
  | "nullable"
  /** Not a JSON Schema keyword: it has no effect. */
  | "unknown"

export interface FireworksNote {
  /** JSON Pointer to the keyword, or to the schema that lacks one. */
  path: string
  is: NoteKind
  keyword: string
  /** The automatic fix: an equivalent or more complete schema, if no user decision is needed. */
  mend?: "closed" | "enum" | "typed" | "nullType"
}

const SCHEMA_IN = new Set([
  ...["items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "additionalItems"],
  ...["unevaluatedItems", "unevaluatedProperties", "contentSchema"],
])
const SCHEMAS_IN = new Set(["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"])
const LISTS_IN = new Set(["anyOf", "allOf", "oneOf", "prefixItems", "items"])

const MAX_NOTES = 100
const MAX_DEPTH = 64

/** In schema order, at most 100. */
export function fireworksNotes(schema: Schema): FireworksNote[] {
  const notes: FireworksNote[] = []
  visit(schema, "", 0, notes)
  return notes.slice(0, MAX_NOTES)
}

function visit(schema: unknown, path: string, depth: number, notes: FireworksNote[]): void {
  if (!isRecord(schema) || depth > MAX_DEPTH || notes.length >= MAX_NOTES) return
  notes.push(...wholeNotes(schema, path))
  for (const [keyword, value] of Object.entries(schema)) {
    const at = `${path}/${escapePointer(keyword)}`
    const note = keywordNote(keyword, value)
    if (note) notes.push({ path: at, keyword, ...note })
    for (const [name, inner] of schemasIn(keyword, value))
      visit(inner, name === null ? at : `${at}/${escapePointer(name)}`, depth + 1, notes)
  }
}

function wholeNotes(schema: Schema, path: string): FireworksNote[] {
  const { type, properties, additionalProperties, unevaluatedProperties } = schema
  if (!isRecord(properties)) return []
  if (type === undefined && !("$ref" in schema)) return [{ path, is: "untyped", keyword: "type", mend: "typed" }]
  const isOpen = additionalProperties === undefined && unevaluatedProperties === undefined && !("allOf" in schema)
  return isOpen ? [{ path, is: "open", keyword: "additionalProperties", mend: "closed" }] : []
}

function keywordNote(keyword: string, value: unknown): Pick<FireworksNote, "is" | "mend"> | null {
  if (keyword === "$ref") return typeof value === "string" && !value.startsWith("#") ? { is: "remote" } : null
  if (PROMISED.has(keyword)) return null
  if (keyword === "pattern") return { is: "bestEffort" }
  if (keyword === "const") return { is: "unpromised", mend: "enum" }
  if (keyword === "nullable") return value === true ? { is: "nullable", mend: "nullType" } : null
  return { is: KNOWN.has(keyword) ? "unpromised" : "unknown" }
}

/** The schemas in a keyword's value, by name; null for the value itself. */
function schemasIn(keyword: string, value: unknown): [string | null, unknown][] {
  if (LISTS_IN.has(keyword) && Array.isArray(value)) return value.map((item, index) => [String(index), item])
  if (SCHEMAS_IN.has(keyword) && isRecord(value)) return Object.entries(value)
  return SCHEMA_IN.has(keyword) ? [[null, value]] : []
}
