/**
 * JSON that is changed in places and otherwise stays as it was written: the order of members, digits of numbers, names such
 * as `__proto__`. Values are never changed, they are replaced. Pure.
 */
import { scanJson } from "@/lib/output/json-scan"
import { JsonNumber, JsonObject, prettyJson, readJson } from "@/lib/output/json-source"

/** Names of members and places in lists, from the root. */
export type Path = readonly (string | number)[]

/** Deeper texts are left to the text editor. */
const MOST_DEPTH = 100

/** The JSON of a text; null where it is none, no object, or nested deeper than 100. */
export function sourceOf(text: string): JsonObject | null {
  let [depth, deepest] = [0, 0]
  const { state, end } = scanJson(text, 0, ({ text: token }) => {
    if (token === "{" || token === "[") deepest = Math.max(deepest, ++depth)
    if (token === "}" || token === "]") depth--
  })
  if (state !== "whole" || text.slice(end).trim() !== "" || deepest > MOST_DEPTH) return null
  const { value } = readJson(text)
  return value instanceof JsonObject ? value : null
}

/** With a line for each member. */
export const textOf = (value: unknown): string => prettyJson(compact(value))

/** Without blanks; numbers by their digits. */
export function compact(value: unknown): string {
  if (value instanceof JsonNumber) return value.source
  if (Array.isArray(value)) return `[${value.map(compact).join(",")}]`
  if (value instanceof JsonObject)
    return `{${value.members.map(([name, member]) => `${JSON.stringify(name)}:${compact(member)}`).join(",")}}`
  return JSON.stringify(value) ?? "null"
}

/** A plain value as if it had been read from a text. */
export const sourceFrom = (value: unknown): unknown => readJson(JSON.stringify(value)).value

/** An object of these members, in this order. */
export function objectOf(members: readonly [string, unknown][]): JsonObject {
  const made = new JsonObject()
  made.members.push(...members)
  return made
}

/** Of a member that stands twice the last one, as for `JSON.parse`. */
export const memberOf = (value: unknown, name: string): unknown =>
  value instanceof JsonObject ? value.members.findLast(([own]) => own === name)?.[1] : undefined

export const namesOf = (value: unknown): string[] =>
  value instanceof JsonObject ? [...new Set(value.members.map(([name]) => name))] : []

/** With another value of a member, at its place or behind the others; undefined: without it. */
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

/** The root with what stands at `path` replaced; as it is where nothing stands there. */
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
