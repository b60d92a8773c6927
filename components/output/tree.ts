/** A JSON value, either a JavaScript value or one read by `readJson`, as the rows of a tree. Pure. */
import { JsonNumber, JsonObject } from "@/lib/output/json-source"

export type Kind = "object" | "array" | "string" | "number" | "boolean" | "null" | "missing"

/** The kind of a value, in either representation. */
export function kindOf(value: unknown): Kind {
  if (value === undefined) return "missing"
  if (value === null) return "null"
  if (Array.isArray(value)) return "array"
  if (value instanceof JsonNumber) return "number"
  const kind = typeof value
  return kind === "string" || kind === "number" || kind === "boolean" ? kind : "object"
}

/** The members of an object or the items of an array, in order; empty for anything else. */
export function entriesOf(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item])
  if (value instanceof JsonObject) return value.members
  return kindOf(value) === "object" ? Object.entries(Object(value)) : []
}

/** A value without members as JSON; a number keeps its original digits. */
export const leafText = (value: unknown): string =>
  value instanceof JsonNumber ? value.source : Object.is(value, -0) ? "-0" : JSON.stringify(value)
