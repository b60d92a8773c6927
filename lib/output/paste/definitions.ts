/** Combines named types into one JSON Schema. Pure. */

export type Schema = Record<string, unknown>

const refTo = (name: string) => `#/$defs/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`

/** A reference to a type declared elsewhere. */
export const named = (name: string): Schema => ({ $ref: refTo(name) })

export function object(properties: [name: string, schema: Schema, required: boolean][], closed: boolean): Schema {
  const required = properties.flatMap(([name, , must]) => (must ? [name] : []))
  return {
    type: "object",
    properties: Object.fromEntries(properties.map(([name, schema]) => [name, schema])),
    ...(required.length > 0 ? { required } : {}),
    ...(closed ? { additionalProperties: false } : {}),
  }
}

const PLAIN = new Set(["type", "format", "description", "minimum", "maximum", "minLength", "maxLength", "pattern"])

/** A union: enums are combined into one list, a plain type and null into one type. */
export function oneOf(options: Schema[]): Schema {
  const values = options.flatMap((one) => ("const" in one ? [one.const] : Array.isArray(one.enum) ? one.enum : []))
  const others = options.filter((one) => !("const" in one) && !("enum" in one))
  const isNull = (one: Schema) => one.type === "null"
  if (others.length === 0) return values.length === 1 ? { const: values[0] } : { enum: values }
  if (values.length > 0 && others.every(isNull)) return { enum: [...values, null] }
  const all: Schema[] =
    values.length > 0 ? [...others, values.length === 1 ? { const: values[0] } : { enum: values }] : others
  const [only, second] = all.filter((one) => !isNull(one))
  if (only && all.length === 1) return only
  const plain = only && typeof only.type === "string" && Object.keys(only).every((keyword) => PLAIN.has(keyword))
  if (plain && !second) return { ...only, type: [only.type, "null"] }
  return { anyOf: all }
}

export class Definitions {
  private readonly schemas = new Map<string, Schema>()

  add(name: string, schema: Schema): void {
    this.schemas.set(name, schema)
  }

  get(name: string): Schema | undefined {
    return this.schemas.get(name)
  }

  get size(): number {
    return this.schemas.size
  }

  /** Names that are used but not declared. */
  missing(): string[] {
    return [...this.references()].filter((name) => !this.schemas.has(name))
  }

  /**
   * The type that no other references, the last if there are several; the others become its `$defs`. Null if there is
   * none.
   */
  whole(): { name: string; schema: Schema } | null {
    const names = [...this.schemas.keys()]
    const used = new Set(names.flatMap((name) => [...this.references([name])].filter((other) => other !== name)))
    const root = names.findLast((name) => !used.has(name)) ?? names.at(-1)
    if (root === undefined) return null
    const reached = this.reachedFrom(root)
    const inside = Object.fromEntries([...reached].map((name) => [name, toRoot(this.schemas.get(name), root)]))
    const schema = toRoot(this.schemas.get(root), root) as Schema
    const body = Object.keys(inside).length > 0 ? { ...schema, $defs: inside } : schema
    return { name: root, schema: body }
  }

  private reachedFrom(root: string): Set<string> {
    const reached = new Set<string>()
    const rest = [root]
    for (let name = rest.pop(); name !== undefined; name = rest.pop())
      for (const other of this.references([name]))
        if (other !== root && !reached.has(other) && this.schemas.has(other)) {
          reached.add(other)
          rest.push(other)
        }
    return reached
  }

  private references(of: Iterable<string> = this.schemas.keys()): Set<string> {
    const names = new Set<string>()
    const look = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return
      for (const [key, member] of Object.entries(value))
        if (key === "$ref" && typeof member === "string") names.add(nameIn(member))
        else look(member)
    }
    for (const name of of) look(this.schemas.get(name))
    return names
  }
}

const nameIn = (reference: string) =>
  reference
    .replace(/^#\/\$defs\//, "")
    .replaceAll("~1", "/")
    .replaceAll("~0", "~")

/** Points references to the root type at the root. */
function toRoot(value: unknown, root: string): unknown {
  if (Array.isArray(value)) return value.map((item) => toRoot(item, root))
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === "$ref" && member === refTo(root) ? "#" : toRoot(member, root),
    ]),
  )
}
