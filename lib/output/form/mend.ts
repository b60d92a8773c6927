/** Applies the automatic fixes of `fireworks.ts` to the schema's JSON; the rest stays as it is. Pure. */
import type { FireworksNote } from "@/lib/output/fireworks"
import { changeAt, memberOf, objectOf, type Path, valueAt, withMember } from "@/lib/output/form/source"
import { JsonObject } from "@/lib/output/json-source"

/** The path a pointer refers to; numbers for list indexes. */
export function pathOf(root: JsonObject, pointer: string): Path {
  const steps = pointer.split("/").slice(1)
  const path: (string | number)[] = []
  for (const step of steps) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~")
    path.push(Array.isArray(valueAt(root, path)) ? Number(name) : name)
  }
  return path
}

/** Applies a note's fix; returns the root unchanged if it has none. */
export function mended(root: JsonObject, { path, mend }: FireworksNote): JsonObject {
  if (!mend) return root
  const own = mend === "closed" || mend === "typed"
  const at = pathOf(root, own ? path : path.slice(0, path.lastIndexOf("/")))
  const made = changeAt(root, at, (schema) => (schema instanceof JsonObject ? MENDS[mend](schema) : schema))
  return made instanceof JsonObject ? made : root
}

const MENDS: Record<NonNullable<FireworksNote["mend"]>, (schema: JsonObject) => JsonObject> = {
  closed: (schema) => withMember(schema, "additionalProperties", false),
  typed: (schema) => objectOf([["type", "object"], ...schema.members]),
  enum: (schema) =>
    objectOf(schema.members.map(([name, value]) => (name === "const" ? ["enum", [value]] : [name, value]))),
  nullType: (schema) => {
    const bare = withMember(schema, "nullable", undefined)
    const type = memberOf(schema, "type")
    const choices = memberOf(schema, "enum")
    const typed = typeof type === "string" && type !== "null" ? withMember(bare, "type", [type, "null"]) : bare
    return Array.isArray(choices) && !choices.includes(null) ? withMember(typed, "enum", [...choices, null]) : typed
  },
}
