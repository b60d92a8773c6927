/**
 * What Fireworks promises of a JSON Schema and what not (its guide to structured outputs: types, properties, required,
 * additionalProperties, items, lengths and counts, patterns as far as it can, anyOf, allOf, oneOf, references within the
 * document). What it doesn't promise is checked here once the answer is there. Pure, and data.
 */
import { isRecord } from "@/lib/is-record"
import { escapePointer } from "@/lib/output/schema/finding"

type Schema = Record<string, unknown>

/** Held while the answer is written, and what only describes. */
const PROMISED = new Set([
  ...["type", "properties", "required", "additionalProperties", "items", "enum"],
  ...["minLength", "maxLength", "minItems", "maxItems", "anyOf", "allOf", "oneOf", "$ref", "$defs", "definitions"],
  ...["$schema", "$id", "$anchor", "$comment", "title", "description", "default", "examples", "deprecated"],
  ...["readOnly", "writeOnly"],
])

/** Keywords of JSON Schema that nothing promises. */
const KNOWN = new Set([
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "uniqueItems", "format", "const"],
  ...["minProperties", "maxProperties", "patternProperties", "propertyNames", "prefixItems", "additionalItems"],
  ...["contains", "minContains", "maxContains", "unevaluatedItems", "unevaluatedProperties", "not", "if", "then"],
  ...["else", "dependentRequired", "dependentSchemas", "dependencies", "$dynamicRef", "$recursiveRef"],
  ...["contentEncoding", "contentMediaType", "contentSchema"],
])

export type NoteKind =
  /** Not held while the answer is written. */
  | "unpromised"
  /** Held as far as it can be. */
  | "bestEffort"
  /** A reference out of the document. */
  | "remote"
  /** Fields that nobody named may be written. */
  | "open"
  /** Properties without the type that makes them count. */
  | "untyped"
  /** OpenAPI's way to say null. */
  | "nullable"
  /** No keyword of JSON Schema: nothing comes of it. */
  | "unknown"

export interface FireworksNote {
  /** JSON Pointer of the keyword, or of the schema that lacks one. */
  path: string
  is: NoteKind
  keyword: string
  /** A schema that says the same, or says it fully; where that can be done without asking. */
  mend?: "closed" | "enum" | "typed" | "nullType"
}

const SCHEMA_IN = new Set([
  ...["items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "additionalItems"],
  ...["unevaluatedItems", "unevaluatedProperties", "contentSchema"],
])
const SCHEMAS_IN = new Set(["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"])
const LISTS_IN = new Set(["anyOf", "allOf", "oneOf", "prefixItems", "items"])

const MOST_NOTES = 100
const MOST_DEPTH = 64

/** In the order of the schema, at most 100. */
export function fireworksNotes(schema: Schema): FireworksNote[] {
  const notes: FireworksNote[] = []
  visit(schema, "", 0, notes)
  return notes.slice(0, MOST_NOTES)
}

function visit(schema: unknown, path: string, depth: number, notes: FireworksNote[]): void {
  if (!isRecord(schema) || depth > MOST_DEPTH || notes.length >= MOST_NOTES) return
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

/** The schemas in a keyword's value, by their names; null: the value itself. */
function schemasIn(keyword: string, value: unknown): [string | null, unknown][] {
  if (LISTS_IN.has(keyword) && Array.isArray(value)) return value.map((item, index) => [String(index), item])
  if (SCHEMAS_IN.has(keyword) && isRecord(value)) return Object.entries(value)
  return SCHEMA_IN.has(keyword) ? [[null, value]] : []
}
