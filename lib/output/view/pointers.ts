/** JSON pointers (RFC 6901) into a value as `readJson` returns it. Pure. */
import type { OutputProblem } from "@/lib/messages/types"
import { JsonObject } from "@/lib/output/json-source"
import { itemSchema, memberSchema, type Schema, shapeOf } from "@/lib/output/view/shape"

/** The pointer of a member or an item. */
export const childPointer = (pointer: string, key: string | number): string =>
  `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`

export const stepsOf = (pointer: string): string[] =>
  pointer === ""
    ? []
    : pointer
        .slice(1)
        .split("/")
        .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))

/** The pointer of the parent; null for the root. */
export const parentPointer = (pointer: string): string | null => {
  const at = pointer.lastIndexOf("/")
  return at < 0 ? null : pointer.slice(0, at)
}

export const isWithin = (pointer: string, holder: string): boolean =>
  pointer === holder || pointer.startsWith(`${holder}/`)

/** The value at a pointer, undefined if there is none. Of duplicate members the last counts, as in most parsers. */
export function valueAt(value: unknown, pointer: string): unknown {
  let found = value
  for (const step of stepsOf(pointer)) {
    if (Array.isArray(found)) found = /^(?:0|[1-9]\d*)$/.test(step) ? found[Number(step)] : undefined
    else found = found instanceof JsonObject ? found.members.findLast(([name]) => name === step)?.[1] : undefined
  }
  return found
}

/** The schema at a pointer; null if there is none, or it isn't certain. */
export function schemaAt(root: Schema, value: unknown, pointer: string): Schema | null {
  let [schema, found]: [Schema | null, unknown] = [root, value]
  for (const step of stepsOf(pointer)) {
    const shape = shapeOf(root, schema, found)
    schema = Array.isArray(found) ? itemSchema(shape, Number(step)) : memberSchema(shape, step)
    if (!schema) return null
    found = valueAt(found, childPointer("", step))
  }
  return schema
}

const MISSING = new Set(["problem:required", "problem:dependentRequired"])

/** The field that a problem is about: a missing member has its own place. */
export function placeOfProblem({ path, sentence }: OutputProblem): string {
  const name = sentence && MISSING.has(sentence.key) ? sentence.values?.name : undefined
  return typeof name === "string" ? childPointer(path, name) : path
}
