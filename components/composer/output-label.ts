/** Words for the structured output that is asked for, and the check of a pasted schema. Pure. */
import { isRecord } from "@/lib/is-record"
import type { OutputRequest } from "@/lib/messages/types"

export const outputLabel = (output: OutputRequest): string => (output.type === "json" ? "JSON" : `JSON: ${output.name}`)

export type SchemaText = { schema: Record<string, unknown>; problem: null } | { schema: null; problem: string }

/** A schema is at most 64 kB of text (the contract of `POST /api/chat`). */
const MAX_SCHEMA_CHARS = 64_000

/** A pasted JSON Schema, or what is wrong with it in a sentence. */
export function readSchemaText(text: string): SchemaText {
  const wrong = (problem: string) => ({ schema: null, problem })
  if (!text.trim()) return wrong("Paste a JSON Schema.")
  if (text.length > MAX_SCHEMA_CHARS) return wrong("The schema is longer than 64 kB.")
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return wrong(`This is not JSON yet: ${error instanceof Error ? error.message : "it can't be read"}.`)
  }
  if (!isRecord(value)) return wrong("A JSON Schema is an object: { … }.")
  if (value.type !== undefined && value.type !== "object" && value.type !== "array")
    return wrong("The schema's type has to be “object” or “array”.")
  const describes = ["type", "properties", "$ref", "anyOf", "oneOf", "allOf", "items"].some((key) => key in value)
  return describes
    ? { schema: value, problem: null }
    : wrong("This object describes nothing: it has no “type” and no “properties”.")
}

/** A name as the API takes it, made of the schema's title or what the person wrote: letters, digits, `_` and `-`. */
export const schemaName = (wanted: string): string =>
  wanted
    .trim()
    .replace(/[^a-zA-Z0-9_-]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 64)
