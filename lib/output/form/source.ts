/**
 * Edits JSON in place and otherwise keeps it as written: member order, digits of numbers, names such as `__proto__`.
 * Values are immutable; they are replaced. Pure.
 */
import { scanJson } from "@/lib/output/json-scan"
import { JsonNumber, JsonObject, prettyJson, readJson } from "@/lib/output/json-source"

/** Member names and list indexes, from the root. */
export type Path = readonly (string | number)[]

/** Deeper schemas can only be edited as text. */
const MAX_DEPTH = 100

/** Parses a text; null if it isn't JSON, isn't an object, or is nested deeper than 100. */
export function sourceOf(text: string): JsonObject | null {
  let [depth, deepest] = [0, 0]
  const { state, end } = scanJson(text, 0, ({ text: token }) => {
    if (token === "{" || token === "[") deepest = Math.max(deepest, ++depth)
    if (token === "}" || token === "]") depth--
  })
  if (state !== "whole" || text.slice(end).trim() !== "" || deepest > MAX_DEPTH) return null
  const { value } = readJson(text)
  return value instanceof JsonObject ? value : null
}

/** One member per line. */
export const textOf = (value: unknown): string => prettyJson(compact(value))

/** Without whitespace; numbers keep their digits. */
export function compact(value: unknown): string {
  if (value instanceof JsonNumber) return value.source
  if (Array.isArray(value)) return `[${value.map(compact).join(",")}]`
  if (value instanceof JsonObject)
    return `{${value.members.map(([name, member]) => `${JSON.stringify(name)}:${compact(member)}`).join(",")}}`
  return JSON.stringify(value) ?? "null"
}

/** Converts a plain value as if it had been read from text. */
export const sourceFrom = (value: unknown): unknown => readJson(JSON.stringify(value)).value

/** An object with these members, in this order. */
export function objectOf(members: readonly [string, unknown][]): JsonObject {
  const made = new JsonObject()
  made.members.push(...members)
  return made
}

/** Of duplicate members the last one, as in `JSON.parse`. */
export const memberOf = (value: unknown, name: string): unknown =>
  value instanceof JsonObject ? value.members.findLast(([own]) => own === name)?.[1] : undefined

export const namesOf = (value: unknown): string[] =>
  value instanceof JsonObject ? [...new Set(value.members.map(([name]) => name))] : []

/** Sets a member, in place or at the end; undefined removes it. */
export function withMember(value: JsonObject, name: string, next: unknown): JsonObject {
  if (next === undefined) return objectOf(value.members.filter(([own]) => own !== name))
  const place = value.members.findLastIndex(([own]) => own === name)
  if (place < 0) return objectOf([...value.members, [name, next]])
  return objectOf(value.members.map((member, index) => (index === place ? [name, next] : member)))
}

export const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof step === "number" ? (Array.isArray(value) ? value[step] : undefined) : memberOf(value, step),
    root,
  )

/** The root with the value at `path` replaced; unchanged if there is no value. */
export function changeAt(root: unknown, path: Path, change: (value: unknown) => unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return change(root)
  if (typeof step === "number")
    return Array.isArray(root)
      ? root.map((item, index) => (index === step ? changeAt(item, rest, change) : item))
      : root
  const member = memberOf(root, step)
  return root instanceof JsonObject && member !== undefined
    ? withMember(root, step, changeAt(member, rest, change))
    : root
}
