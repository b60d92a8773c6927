/**
 * What a user may paste where a JSON Schema is expected: a schema, an example, rows, or types of a programming
 * language. Pure.
 */
import { readJson } from "@/lib/output/json-source"
import type { Definitions, Schema } from "@/lib/output/paste/definitions"
import { schemaOfExample, schemaOfRows } from "@/lib/output/paste/example"
import { fromPython } from "@/lib/output/paste/python"
import { UnreadableType } from "@/lib/output/paste/tokens"
import { fromTypeScript } from "@/lib/output/paste/typescript"
import { fromZod } from "@/lib/output/paste/zod"
import { rowsOf } from "@/lib/output/separated"

export type PastedKind = "csv" | "json" | "python" | "typescript" | "zod"

export type Pasted =
  | { kind: PastedKind; schema: Schema; name: string | null }
  /** It can't be parsed at `line` (from 1), at the token `found`; or it references a type that isn't declared. */
  | { kind: PastedKind; problem: { line: number; found: string } | { missing: string } }

/** Maximum number of characters to read. */
const LONGEST = 400_000

/** Null for a JSON Schema, for unrecognized text, and for text nested too deeply to walk. */
export function parsePasted(text: string): Pasted | null {
  if (text.length > LONGEST) return null
  const kind = kindOf(text)
  if (kind === null) return null
  try {
    if (kind === "json") return { kind, schema: schemaOfExample(readJson(text).value), name: null }
    if (kind === "csv") return { kind, schema: schemaOfRows(rowsOf(text)), name: null }
    return declared(kind, READERS[kind](text))
  } catch (error) {
    if (error instanceof RangeError) return null
    if (!(error instanceof UnreadableType)) throw error
    return { kind, problem: { line: error.line, found: error.found } }
  }
}

const READERS = { python: fromPython, typescript: fromTypeScript, zod: fromZod }

function declared(kind: PastedKind, definitions: Definitions): Pasted {
  const [missing] = definitions.missing()
  if (missing !== undefined) return { kind, problem: { missing } }
  const whole = definitions.whole()
  return whole ? { kind, ...whole } : { kind, problem: { line: 1, found: "" } }
}

/** Keywords that make an object a schema rather than an example. */
const KEYWORDS = ["$ref", "$schema", "allOf", "anyOf", "enum", "oneOf", "properties"]

function kindOf(text: string): PastedKind | null {
  const whole = text.trim()
  if (/^[[{]/.test(whole)) {
    const value = parsed(whole)
    if (value !== undefined) return isSchema(value) ? null : "json"
  }
  if (/\bz\s*\.\s*(?:object|strictObject|looseObject|array|enum|string|number|union|record)\b/.test(whole)) return "zod"
  if (/^\s*(?:@\w|class\s+\w+.*:\s*$|from\s+\S+\s+import\b)/m.test(whole) && /^\s*class\s+\w+/m.test(whole))
    return "python"
  if (/(?:^|\s)(?:interface\s+\w+|type\s+\w+\s*=|enum\s+\w+)/.test(whole)) return "typescript"
  return looksLikeRows(whole) ? "csv" : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

function isSchema(value: unknown): boolean {
  if (!isRecord(value)) return false
  const isTold = (keyword: string) => typeof value[keyword] === (keyword.startsWith("$") ? "string" : "object")
  if (KEYWORDS.some((keyword) => Object.hasOwn(value, keyword) && isTold(keyword))) return true
  return "type" in value && Object.keys(value).every((name) => name === "type" || BESIDE.has(name))
}

/** Keywords that may accompany `type` in a schema without subschemas. */
const BESIDE = new Set([
  ...["additionalProperties", "const", "default", "description", "examples", "exclusiveMaximum", "exclusiveMinimum"],
  ...["format", "items", "maxItems", "maxLength", "maxProperties", "maximum", "minItems", "minLength", "minProperties"],
  ...["minimum", "multipleOf", "pattern", "prefixItems", "required", "title", "uniqueItems"],
])

/** Whether the first two lines have the same number of cells, at least two. */
function looksLikeRows(text: string): boolean {
  const [head, second] = rowsOf(text.slice(0, 20_000))
  return head !== undefined && second !== undefined && head.length > 1 && second.length === head.length
}
