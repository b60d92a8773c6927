/** The check of a pasted schema. Pure. */
import { isRecord } from "@/lib/is-record"

/** What is wrong with a pasted schema, by its sentence in the catalogue; of one that is no JSON in the browser's words, too. */
export type SchemaProblem =
  | { is: "empty" | "long" | "noObject" | "type" | "describesNothing" }
  | { is: "noJson"; reason: string }

export type SchemaText = { schema: Record<string, unknown>; problem: null } | { schema: null; problem: SchemaProblem }

/** A schema is at most 64 kB of text (the contract of `POST /api/chat`). */
const MAX_SCHEMA_CHARS = 64_000

/** A pasted JSON Schema, or what is wrong with it. */
export function readSchemaText(text: string): SchemaText {
  const wrong = (problem: SchemaProblem): SchemaText => ({ schema: null, problem })
  if (!text.trim()) return wrong({ is: "empty" })
  if (text.length > MAX_SCHEMA_CHARS) return wrong({ is: "long" })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return wrong({ is: "noJson", reason: error instanceof Error ? error.message : String(error) })
  }
  if (!isRecord(value)) return wrong({ is: "noObject" })
  if (value.type !== undefined && value.type !== "object" && value.type !== "array") return wrong({ is: "type" })
  const describes = ["type", "properties", "$ref", "anyOf", "oneOf", "allOf", "items"].some((key) => key in value)
  return describes ? { schema: value, problem: null } : wrong({ is: "describesNothing" })
}

/** A name as the API takes it, made of the schema's title or what the person wrote: letters, digits, `_` and `-`. */
export const schemaName = (wanted: string): string =>
  wanted
    .trim()
    .replace(/[^a-zA-Z0-9_-]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 64)
