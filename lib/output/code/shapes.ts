/** Converts a JSON Schema to types that programming languages can express. Safe to import in the browser. */

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** A type. What languages can't express (patterns, conditions) is dropped; `any` is the fallback without a type. */
export type Shape =
  | { kind: "any" }
  | { kind: "text"; format?: string; pattern?: string; least?: number; most?: number }
  | { kind: "number"; whole: boolean; least?: number; most?: number }
  | { kind: "boolean" }
  | { kind: "null" }
  /** The allowed values. */
  | { kind: "choice"; values: Json[] }
  | { kind: "list"; of: Shape }
  | { kind: "tuple"; of: Shape[]; rest: Shape | null }
  | { kind: "map"; of: Shape }
  | { kind: "either"; of: Shape[] }
  /** A reference to a declaration by name. */
  | { kind: "named"; name: string }

export interface Field {
  /** The name in the JSON. */
  name: string
  shape: Shape
  required: boolean
  description?: string
}

/** An object with fields, or an alias of a shape. */
export type Declaration = { name: string; description?: string } & (
  | { fields: Field[]; closed: boolean }
  | { alias: Shape }
)

export interface Shapes {
  /** In dependency order, except where they depend on each other. */
  declarations: Declaration[]
  root: Shape
}

type Schema = Record<string, unknown>

const isObject = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const wordsOf = (text: string): string[] => text.normalize("NFKD").match(/[A-Za-z0-9]+/g) ?? []

/** For code comments: on one line, without control characters. */
export const oneLine = (text: string): string => text.toWellFormed().replace(/[\s\p{Cc}]+/gu, " ")

/** A type name that is valid in every language: `order item` → `OrderItem`. */
export function typeName(text: string): string {
  const name = wordsOf(text)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("")
  return /^[A-Z]/.test(name) ? name : `T${name}`
}

/** `1e999` parses as Infinity, which no language can write as a number literal. */
const numberIn = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined
const textIn = (value: unknown): string | undefined => (typeof value === "string" && value ? value : undefined)

/** Nesting limit for schemas; deeper ones become `any`. */
const DEEPEST = 64

/** Names that the generated code itself uses. */
const RESERVED = [
  ...["Any", "AnyUrl", "Array", "BaseModel", "ConfigDict", "False", "Field", "Literal", "None", "Record", "True"],
  ...["UUID", "z", "JSON", "RegExp"],
]

class Reader {
  readonly declarations: Declaration[] = []
  private readonly taken = new Set(RESERVED)
  /** The name already reserved for the next object with this wanted name. */
  private promised: { wanted: string; name: string } | null = null
  private readonly references = new Map<string, string>()
  private depth = 0

  constructor(private readonly root: Schema) {}

  shapeOf(schema: unknown, name: string): Shape {
    if (!isObject(schema) || this.depth > DEEPEST) return { kind: "any" }
    this.depth++
    const shape = this.read(schema, name)
    this.depth--
    return shape
  }

  private read(schema: Schema, name: string): Shape {
    if (typeof schema.$ref === "string") return this.reference(schema.$ref)
    if ("const" in schema) return { kind: "choice", values: [schema.const as Json] }
    if (Array.isArray(schema.enum)) return { kind: "choice", values: schema.enum as Json[] }
    const options = schema.anyOf ?? schema.oneOf
    if (Array.isArray(options)) return either(options.map((option, index) => this.option(option, name, index)))
    if (Array.isArray(schema.allOf)) return this.read(merged(schema, this.resolved.bind(this)), name)
    const { type } = schema
    if (Array.isArray(type)) return either(type.map((one) => this.read({ ...schema, type: one }, name)))
    return this.typed(schema, typeof type === "string" ? type : typeByKeywords(schema), name)
  }

  private option(schema: unknown, name: string, index: number): Shape {
    const title = isObject(schema) ? textIn(schema.title) : undefined
    return this.shapeOf(schema, title ?? `${name} ${index + 1}`)
  }

  private typed(schema: Schema, type: string, name: string): Shape {
    if (type === "object") return this.object(schema, name)
    if (type === "array") return this.array(schema, name)
    if (type === "string")
      return {
        kind: "text",
        format: textIn(schema.format),
        pattern: textIn(schema.pattern),
        least: numberIn(schema.minLength),
        most: numberIn(schema.maxLength),
      }
    if (type === "number" || type === "integer")
      return {
        kind: "number",
        whole: type === "integer",
        least: numberIn(schema.minimum),
        most: numberIn(schema.maximum),
      }
    return type === "boolean" || type === "null" ? { kind: type } : { kind: "any" }
  }

  private array(schema: Schema, name: string): Shape {
    const tuple = Array.isArray(schema.prefixItems)
      ? schema.prefixItems
      : Array.isArray(schema.items)
        ? schema.items
        : null
    if (!tuple) return { kind: "list", of: this.shapeOf(schema.items, `${name} item`) }
    const rest = Array.isArray(schema.items) ? schema.additionalItems : schema.items
    return {
      kind: "tuple",
      of: tuple.map((item, index) => this.shapeOf(item, `${name} ${index + 1}`)),
      rest: rest === false ? null : this.shapeOf(rest, `${name} item`),
    }
  }

  private object(schema: Schema, name: string): Shape {
    const { properties, additionalProperties } = schema
    if (!isObject(properties) || Object.keys(properties).length === 0)
      return { kind: "map", of: this.shapeOf(additionalProperties, `${name} value`) }
    return { kind: "named", name: this.declare(schema, properties, textIn(schema.title) ?? name) }
  }

  private declare(schema: Schema, properties: Schema, wanted: string): string {
    const base = typeName(wanted)
    const name = this.promised?.wanted === base ? this.promised.name : this.free(base)
    this.promised = null
    const required = new Set(Array.isArray(schema.required) ? schema.required : [])
    const fields = Object.entries(properties).map(([field, part]) => ({
      name: field,
      shape: this.shapeOf(part, `${name} ${field}`),
      required: required.has(field),
      description: isObject(part) ? textIn(part.description) : undefined,
    }))
    const closed = schema.additionalProperties === false || schema.unevaluatedProperties === false
    this.declarations.push({ name, description: textIn(schema.description), fields, closed })
    return name
  }

  private free(wanted: string): string {
    let name = wanted
    for (let n = 2; this.taken.has(name); n++) name = `${wanted}${n}`
    this.taken.add(name)
    return name
  }

  /** A reference becomes a declaration, so that it can be recursive. */
  reference(reference: string, wanted?: string): Shape {
    const known = this.references.get(reference)
    if (known) return { kind: "named", name: known }
    const schema = this.resolved(reference)
    if (!isObject(schema)) return { kind: "any" }
    const base = typeName(textIn(schema.title) ?? wanted ?? reference.split("/").at(-1) ?? "Root")
    const name = this.free(base)
    this.references.set(reference, name)
    this.promised = { wanted: base, name }
    const shape = this.shapeOf(schema, base)
    this.promised = null
    if (this.declarations.some((one) => one.name === name)) return { kind: "named", name }
    // A declaration that only references itself allows anything.
    const itself = shape.kind === "named" && shape.name === name
    this.declarations.push({ name, alias: itself ? { kind: "any" } : shape })
    return { kind: "named", name }
  }

  private resolved(reference: string): unknown {
    if (reference === "#") return this.root
    if (!reference.startsWith("#/")) return undefined
    let value: unknown = this.root
    for (const part of reference.slice(2).split("/")) {
      const name = decoded(part).replaceAll("~1", "/").replaceAll("~0", "~")
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined
      value = (value as Schema)[name]
    }
    return value
  }
}

/** Invalid escapes are left as they are. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const KEYWORDS_OF: [type: string, keywords: string[]][] = [
  ["object", ["properties", "required", "additionalProperties", "patternProperties"]],
  ["array", ["items", "prefixItems", "contains", "minItems"]],
  ["string", ["format", "pattern", "minLength", "maxLength"]],
  ["number", ["minimum", "maximum", "multipleOf"]],
]

const typeByKeywords = (schema: Schema): string =>
  KEYWORDS_OF.find(([, keywords]) => keywords.some((keyword) => keyword in schema))?.[0] ?? "any"

/** Merges the properties of schemas that all apply. `seen`: each schema counts once, even if it contains itself. */
function merged(schema: Schema, resolve: (reference: string) => unknown, seen = new Set<Schema>()): Schema {
  seen.add(schema)
  const { allOf, ...own } = schema
  const parts = [own, ...(Array.isArray(allOf) ? allOf : [])].map((part) =>
    isObject(part) && typeof part.$ref === "string" ? resolve(part.$ref) : part,
  )
  let all: Schema = {}
  for (const part of parts.filter(isObject)) {
    if (seen.has(part)) continue
    seen.add(part)
    const whole = Array.isArray(part.allOf) ? merged(part, resolve, seen) : part
    all = {
      ...all,
      ...whole,
      ...(isObject(all.properties) || isObject(whole.properties)
        ? { properties: { ...(all.properties as Schema), ...(whole.properties as Schema) } }
        : {}),
      required: [...listOf(all.required), ...listOf(whole.required)],
    }
  }
  return all
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** A union, deduplicated. */
function either(shapes: Shape[]): Shape {
  const flat = shapes.flatMap((shape) => (shape.kind === "either" ? shape.of : [shape]))
  const values = flat.flatMap((shape) => (shape.kind === "choice" ? shape.values : []))
  const others = flat.filter(({ kind }) => kind !== "choice")
  const all: Shape[] = values.length > 0 ? [...others, { kind: "choice", values }] : others
  const different = new Map(all.map((shape) => [JSON.stringify(shape), shape]))
  const [first = { kind: "any" } as const, ...rest] = different.values()
  return rest.length === 0 ? first : { kind: "either", of: [first, ...rest] }
}

/** The types of a schema. `name` is used for the root if it has no title. Never throws. */
export function shapesOf(schema: Schema, name: string): Shapes {
  const reader = new Reader(schema)
  const root = reader.reference("#", name)
  return { declarations: reader.declarations, root }
}

/** The declarations that a shape references. */
export function namesIn(shape: Shape): string[] {
  if (shape.kind === "named") return [shape.name]
  if (shape.kind === "list" || shape.kind === "map") return namesIn(shape.of)
  if (shape.kind === "either") return shape.of.flatMap(namesIn)
  return shape.kind === "tuple" ? [...shape.of, ...(shape.rest ? [shape.rest] : [])].flatMap(namesIn) : []
}
