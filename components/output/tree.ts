/** A JSON value as the rows of a tree: one of JavaScript, or one as it was written (`readJson`). Pure. */
import type { OutputProblem } from "@/lib/messages/types"
import { JsonNumber, JsonObject } from "@/lib/output/json-source"

export type Kind = "object" | "array" | "string" | "number" | "boolean" | "null" | "missing"

export function kindOf(value: unknown): Kind {
  if (value === undefined) return "missing"
  if (value === null) return "null"
  if (Array.isArray(value)) return "array"
  if (value instanceof JsonNumber) return "number"
  const kind = typeof value
  return kind === "string" || kind === "number" || kind === "boolean" ? kind : "object"
}

/** The members of an object or the items of an array, in their order; none for anything else. */
export function entriesOf(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item])
  if (value instanceof JsonObject) return value.members
  return kindOf(value) === "object" ? Object.entries(Object(value)) : []
}

/** A value that has no members, as JSON: a number by its own digits. */
export const leafText = (value: unknown): string =>
  value instanceof JsonNumber ? value.source : Object.is(value, -0) ? "-0" : JSON.stringify(value)

/** The JSON pointer (RFC 6901) of a member. */
export const childPointer = (pointer: string, key: string): string =>
  `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`

/** Problems at this very place. */
export const problemsAt = (problems: OutputProblem[], pointer: string): OutputProblem[] =>
  problems.filter(({ path }) => path === pointer)

/** Problems at this place or below: what is folded away must not hide them. */
export const problemsWithin = (problems: OutputProblem[], pointer: string): OutputProblem[] =>
  problems.filter(({ path }) => path === pointer || path.startsWith(`${pointer}/`))

/**
 * Problems whose place is not in the value (a missing member, or where a text stopped being JSON): they are named
 * in the summary, since the tree has no row for them.
 */
export function problemsOutside(problems: OutputProblem[], value: unknown): OutputProblem[] {
  return problems.filter(({ path }) => path !== "" && !hasPlace(value, path.slice(1).split("/")))
}

function hasPlace(value: unknown, [key, ...rest]: string[]): boolean {
  if (key === undefined) return true
  const name = key.replaceAll("~1", "/").replaceAll("~0", "~")
  const member = entriesOf(value).find(([entry]) => entry === name)
  return member !== undefined && hasPlace(member[1], rest)
}
