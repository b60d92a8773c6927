/** Validates a pasted schema as far as the browser can. Pure. */
import { isRecord } from "@/lib/is-record"
import { MAX_SCHEMA_CHARS } from "@/lib/limits"
import { invalidJsonLine } from "@/lib/output/json-line"

/** What is wrong with a pasted schema, as a key of the message catalog. */
export type SchemaProblem =
  | { is: "empty" | "long" | "noObject" | "type" | "describesNothing" | "cut" }
  | { is: "noJson"; line: number }
  /** Rejected by the server; without a line if it concerns the whole schema. */
  | { is: "refused"; line: number | "none"; name: string; reason: string; path: string }

export type SchemaText = { schema: Record<string, unknown>; problem: null } | { schema: null; problem: SchemaProblem }

/** A pasted JSON Schema, or what is wrong with it. */
export function readSchemaText(text: string): SchemaText {
  const wrong = (problem: SchemaProblem): SchemaText => ({ schema: null, problem })
  if (!text.trim()) return wrong({ is: "empty" })
  if (text.length > MAX_SCHEMA_CHARS) return wrong({ is: "long" })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const line = invalidJsonLine(text)
    return wrong(line === null ? { is: "cut" } : { is: "noJson", line })
  }
  if (!isRecord(value)) return wrong({ is: "noObject" })
  const { type } = value
  if (["string", "number", "integer", "boolean", "null"].includes(String(type))) return wrong({ is: "type" })
  const describes = ["type", "properties", "$ref", "anyOf", "oneOf", "allOf", "items"].some((key) => key in value)
  return describes ? { schema: value, problem: null } : wrong({ is: "describesNothing" })
}

/** A valid API name from the schema's title or the user's input: letters, digits, `_` and `-`. */
export const schemaName = (wanted: string): string =>
  wanted
    .trim()
    .replace(/[^a-zA-Z0-9_-]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 64)

/** The entered name, else the schema's title, else a generic one. */
export function schemaNameFor(written: string, schema: Record<string, unknown> | null): string {
  const title = typeof schema?.title === "string" ? schema.title : ""
  return schemaName(written) || schemaName(title) || "response"
}
