/** Reads a JSON schema: follows references, merges `allOf` and alternatives into one flat schema. */
export type Schema = Record<string, unknown>
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** Remaining work, shared by everything done for one schema, which also bounds recursive schemas. */
export interface Budget {
  left: number
}

const MAX_HOPS = 12

export const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value)
/** A subschema: `true` allows anything, `false` nothing (null here). */
export const subSchema = (value: unknown): Schema | null => (value === true ? {} : isSchema(value) ? value : null)
const subSchemas = (value: unknown): Schema[] =>
  listOf(value)
    .map(subSchema)
    .filter((member) => member !== null)
export const numberOr = (value: unknown, fallback: number): number => (typeof value === "number" ? value : fallback)
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
export const toJson = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null))

/** Chooses among the alternatives of an anyOf or oneOf. */
type Choose = (alternatives: Schema[]) => Schema | undefined

/** Follows local references and merges `allOf` and the chosen alternative. */
export function settle(given: Schema, root: Schema, choose: Choose, budget: Budget, hops = 0): Schema {
  if (hops > MAX_HOPS || budget.left-- <= 0) return { type: "null" }
  const again = (schema: Schema) => settle(schema, root, choose, budget, hops + 1)
  if (typeof given.$ref === "string") {
    const { $ref, ...rest } = given
    return again(merge(rest, resolve(given.$ref, root)))
  }
  const key = ["anyOf", "oneOf"].find((name) => Array.isArray(given[name]))
  if (key) {
    const { [key]: alternatives, ...rest } = given
    const chosen = choose(subSchemas(alternatives))
    return again(chosen ? merge(rest, again(chosen)) : rest)
  }
  if (!Array.isArray(given.allOf)) return given
  const { allOf, ...rest } = given
  return again(subSchemas(allOf).map(again).reduce(merge, rest))
}

/** The target schema of a local reference; an empty one if there is none. */
function resolve(reference: string, root: Schema): Schema {
  let found: unknown = root
  for (const step of reference.replace(/^#\/?/, "").split("/").filter(Boolean)) {
    const name = unescaped(step)
    found =
      (isSchema(found) || Array.isArray(found)) && Object.hasOwn(found, name) ? Reflect.get(found, name) : undefined
  }
  return subSchema(found) ?? {}
}

function unescaped(step: string): string {
  const plain = step.replaceAll("~1", "/").replaceAll("~0", "~")
  try {
    return decodeURIComponent(plain)
  } catch {
    return plain
  }
}

const LARGEST = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"]
const SMALLEST = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"]

/** One schema that requires what both require. */
function merge(first: Schema, second: Schema): Schema {
  const merged: Schema = { ...first, ...second }
  for (const [names, pick] of [
    [LARGEST, Math.max],
    [SMALLEST, Math.min],
  ] as const)
    for (const name of names) {
      const values = [first[name], second[name]].filter((value) => typeof value === "number")
      if (values.length === 2) merged[name] = pick(...values)
    }
  if (isSchema(first.properties) && isSchema(second.properties)) {
    const properties: Schema = { ...first.properties }
    for (const [name, member] of Object.entries(second.properties))
      properties[name] = Object.hasOwn(properties, name) ? both(properties[name], member) : member
    merged.properties = properties
  }
  if (first.required || second.required)
    merged.required = [...new Set([...listOf(first.required), ...listOf(second.required)])]
  for (const name of ["enum", "type"]) {
    const [one, two] = [first[name], second[name]].map((value) => (value === undefined ? undefined : [value].flat()))
    if (one && two) merged[name] = intersection(one, two)
  }
  if (first.allOf && second.allOf) merged.allOf = [...listOf(first.allOf), ...listOf(second.allOf)]
  return merged
}

const both = (first: unknown, second: unknown): unknown =>
  first === false || second === false ? false : { allOf: [first, second] }

function intersection(first: unknown[], second: unknown[]): unknown[] {
  const texts = new Set(second.map((value) => JSON.stringify(value)))
  const wide = first.includes("number") && second.includes("integer") ? ["integer"] : []
  const narrow = first.includes("integer") && second.includes("number") ? ["integer"] : []
  return [...new Set([...first.filter((value) => texts.has(JSON.stringify(value))), ...wide, ...narrow])]
}

/** The type to fill: the first that is not null, unless null is preferred (deep down) and allowed. */
export function typeOf(schema: Schema, preferNull = false): string {
  const types = [schema.type].flat()
  if (preferNull && types.includes("null")) return "null"
  const type = types.find((name) => typeof name === "string" && name !== "null") ?? types[0]
  if (typeof type === "string") return type
  if (
    schema.properties ||
    schema.required ||
    schema.additionalProperties ||
    schema.minProperties ||
    schema.patternProperties
  )
    return "object"
  if (schema.items || schema.prefixItems || schema.minItems) return "array"
  return ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"].some((name) => name in schema)
    ? "number"
    : "string"
}
