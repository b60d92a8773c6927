/** Removes duplicates from a list's values, for `uniqueItems`. */
import { isSchema, type Json, numberOr, type Schema, toJson } from "@/lib/demo/schema"

/** Changes duplicates: increments numbers, numbers strings, replaces enum values. */
export function distinct(values: Json[], items: Schema): Json[] {
  const taken = new Set<string>()
  const others = Array.isArray(items.enum) ? items.enum : items.type === "boolean" ? [true, false] : null
  const result: Json[] = []
  for (const value of values) {
    let next: Json | undefined = value
    if (others && taken.has(JSON.stringify(next)))
      next = others.map(toJson).find((other) => !taken.has(JSON.stringify(other)))
    for (let n = 1; !others && next !== undefined && taken.has(JSON.stringify(next)) && n <= values.length * 2; n++)
      next = changed(value, n, items)
    if (next === undefined || taken.has(JSON.stringify(next))) continue
    taken.add(JSON.stringify(next))
    result.push(next)
  }
  return result
}

function changed(value: Json, n: number, items: Schema): Json {
  const step = numberOr(items.multipleOf, 1)
  // Upward first; beyond the maximum, downward.
  if (typeof value === "number") {
    const up = value + n * step
    return up <= numberOr(items.maximum, Number.POSITIVE_INFINITY)
      ? up
      : value - (n - Math.floor((numberOr(items.maximum, up) - value) / step)) * step
  }
  if (typeof value === "string") {
    const mark = String(n + 1)
    return value.slice(0, Math.max(0, numberOr(items.maxLength, Number.POSITIVE_INFINITY) - mark.length)) + mark
  }
  return isSchema(value)
    ? {
        ...value,
        ...Object.fromEntries(
          Object.entries(value).map(([key, member]) => [
            key,
            typeof member === "object" ? member : changed(member, n, {}),
          ]),
        ),
      }
    : value
}
