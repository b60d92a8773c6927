/**
 * What a schema says about the value at one place, as far as a view needs it: types, labels, members in order. Follows
 * local references and `allOf`; of alternatives only the one that is left as possible. Safe to import in the browser.
 */
import { JsonNumber, JsonObject } from "@/lib/output/json-source"

export type Schema = Record<string, unknown>
export type JsonType = "object" | "array" | "string" | "number" | "integer" | "boolean" | "null"

export interface Shape {
  title?: string
  description?: string
  /** Allowed types; null for any. */
  types: ReadonlySet<string> | null
  format?: string
  /** ISO 4217, from `x-currency`. */
  currency?: string
  /** The plain values, if only these are allowed. */
  options: readonly (string | number | boolean | null)[] | null
  /** Members that the schema names, in its order. */
  members: ReadonlyMap<string, Schema>
  /** Those that are guaranteed regardless of the value, not by an alternative that depends on it. */
  certain: ReadonlySet<string>
  required: ReadonlySet<string>
  /** Schema of items after those of `prefix`. */
  item: Schema | null
  prefix: readonly Schema[]
  /** Schema of unnamed members. */
  other: Schema | null
}

export const ANY: Shape = {
  types: null,
  options: null,
  members: new Map(),
  certain: new Set(),
  required: new Set(),
  item: null,
  prefix: [],
  other: null,
}

/** Maximum number of references followed for one value, and of schemas applied to it. */
const MAX_STEPS = 64
const MAX_DEPTH = 16

export const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** An own keyword of the schema, not one inherited from Object.prototype. */
const own = (schema: Schema, key: string): unknown => (Object.hasOwn(schema, key) ? schema[key] : undefined)
const textAt = (schema: Schema, key: string): string | undefined => {
  const value = own(schema, key)
  return typeof value === "string" && value.trim() !== "" ? value : undefined
}
const listAt = (schema: Schema, key: string): unknown[] => {
  const value = own(schema, key)
  return Array.isArray(value) ? value : []
}

/** The JSON type of a value as `readJson` returns it. */
export function typeOf(value: unknown): JsonType | undefined {
  if (value === undefined) return undefined
  if (value === null) return "null"
  if (Array.isArray(value)) return "array"
  if (value instanceof JsonNumber) return /^-?\d+$/.test(value.source) ? "integer" : "number"
  if (typeof value === "string" || typeof value === "boolean") return typeof value as "string" | "boolean"
  return "object"
}

/** What the schema says about `value`; without a value yet, what holds regardless of it. */
export function shapeOf(root: Schema | null, schema: Schema | null, value?: unknown): Shape {
  if (!root || !schema) return ANY
  const shape = merged(applying(root, schema, value, { left: MAX_STEPS }, 0))
  if (!(value instanceof JsonObject)) return shape
  const before = applying(root, schema, undefined, { left: MAX_STEPS }, 0)
  return { ...shape, certain: new Set(membersOf(before).keys()) }
}

/** All schemas that apply to a value at this place. */
function applying(root: Schema, schema: Schema, value: unknown, budget: { left: number }, depth: number): Schema[] {
  if (budget.left-- <= 0 || depth > MAX_DEPTH) return []
  const deeper = (next: unknown) => (isSchema(next) ? applying(root, next, value, budget, depth + 1) : [])
  const found = [schema, ...deeper(targetOf(root, own(schema, "$ref"))), ...listAt(schema, "allOf").flatMap(deeper)]
  for (const key of ["anyOf", "oneOf"] as const) {
    const options = listAt(schema, key).filter(isSchema)
    const left = options.filter((option) => !isNull(option) && canBe(root, option, value, budget, depth + 1))
    if (left.length === 1) found.push(...deeper(left[0]))
  }
  return found
}

const isNull = (schema: Schema): boolean => own(schema, "type") === "null" || own(schema, "const") === null

/** The target of a local reference. */
function targetOf(root: Schema, reference: unknown): unknown {
  if (typeof reference !== "string" || !/^#(?:\/|$)/.test(reference)) return undefined
  let found: unknown = root
  for (const step of reference.split("/").slice(1)) {
    const name = unescaped(step)
    found = typeof found === "object" && found !== null && Object.hasOwn(found, name) ? Reflect.get(found, name) : null
  }
  return found
}

function unescaped(step: string): string {
  let plain = step
  try {
    plain = decodeURIComponent(step)
  } catch {
    // Malformed percent-encoding: use it as written.
  }
  return plain.replaceAll("~1", "/").replaceAll("~0", "~")
}

/** Whether nothing so far rules out this alternative. */
function canBe(root: Schema, option: Schema, value: unknown, budget: { left: number }, depth: number): boolean {
  if (value === undefined || depth > MAX_DEPTH) return true
  const shape = merged(applying(root, option, value, budget, depth + 1))
  if (!allows(shape, value)) return false
  if (!(value instanceof JsonObject)) return true
  const closed = own(option, "additionalProperties") === false
  return value.members.every(([name, member]) => {
    const promised = shape.members.get(name)
    if (!promised) return !closed
    const only = optionsOf([promised])
    return !only || typeof member === "object" || only.some((one) => one === member)
  })
}

/** Checks types and plain values only. */
export function allows({ types, options }: Pick<Shape, "types" | "options">, value: unknown): boolean {
  const type = typeOf(value)
  if (type === undefined) return false
  if (types && !types.has(type) && !(type === "integer" && types.has("number"))) return false
  if (!options) return true
  const plain = value instanceof JsonNumber ? Number(value.source) : value
  return options.some((one) => one === plain)
}

function merged(schemas: Schema[]): Shape {
  const texts = (key: string) => schemas.map((schema) => textAt(schema, key)).find((text) => text !== undefined)
  const first = (key: string) => schemas.map((schema) => own(schema, key)).find(isSchema) ?? null
  const currency = texts("x-currency")
  const members = membersOf(schemas)
  return {
    title: texts("title"),
    description: texts("description"),
    types: typesOf(schemas),
    format: (texts("x-format") ?? texts("format"))?.toLowerCase(),
    ...(currency && /^[A-Z]{3}$/.test(currency) && { currency }),
    options: optionsOf(schemas),
    members,
    certain: new Set(members.keys()),
    required: new Set(
      schemas.flatMap((schema) => listAt(schema, "required").filter((name) => typeof name === "string")),
    ),
    item: first("items"),
    prefix: schemas
      .map((schema) =>
        [...listAt(schema, "prefixItems"), ...listAt(schema, "items")].map((one) => (isSchema(one) ? one : {})),
      )
      .reduce((longest, next) => (next.length > longest.length ? next : longest), []),
    other: first("additionalProperties"),
  }
}

function typesOf(schemas: Schema[]): Set<string> | null {
  let types: Set<string> | null = null
  for (const schema of schemas) {
    const given = own(schema, "type")
    const named = (Array.isArray(given) ? given : [given]).filter((type) => typeof type === "string")
    if (named.length === 0) continue
    const both: string[] = types ? named.filter((type) => types?.has(type)) : named
    types = new Set(both)
  }
  return types
}

function optionsOf(schemas: Schema[]): (string | number | boolean | null)[] | null {
  for (const schema of schemas) {
    const values = Object.hasOwn(schema, "const") ? [schema.const] : listAt(schema, "enum")
    const plain = values.filter((value) => value === null || typeof value !== "object")
    if (values.length > 0 && plain.length === values.length) return plain as (string | number | boolean | null)[]
  }
  return null
}

function membersOf(schemas: Schema[]): Map<string, Schema> {
  const members = new Map<string, Schema>()
  for (const schema of schemas) {
    const properties = own(schema, "properties")
    if (!isSchema(properties)) continue
    for (const [name, member] of Object.entries(properties)) {
      const next = isSchema(member) ? member : {}
      const known = members.get(name)
      members.set(name, known ? { allOf: [known, next] } : next)
    }
  }
  return members
}

/** Types other than null. */
export const nonNullTypes = ({ types }: Shape): string[] => [...(types ?? [])].filter((type) => type !== "null")

/** The only type a value can have here, apart from null; null if there are several, or any. */
export function onlyType(shape: Shape): JsonType | null {
  const types = nonNullTypes(shape)
  const [type] = types
  if (types.length === 1) return (type ?? null) as JsonType | null
  return types.length === 2 && types.includes("integer") && types.includes("number") ? "number" : null
}

/** The schema of a member. */
export const memberSchema = (shape: Shape, name: string): Schema | null => shape.members.get(name) ?? shape.other

/** The schema of an item. */
export const itemSchema = (shape: Shape, index: number): Schema | null => shape.prefix[index] ?? shape.item
