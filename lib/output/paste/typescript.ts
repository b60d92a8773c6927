/** Builds a JSON Schema from TypeScript types: interfaces, type aliases, enums. Pure. */
import { Definitions, named, object, oneOf, type Schema } from "@/lib/output/paste/definitions"
import { Reader, tokensOf } from "@/lib/output/paste/tokens"

const BUILT_IN: Record<string, Schema> = {
  string: { type: "string" },
  number: { type: "number" },
  bigint: { type: "integer" },
  boolean: { type: "boolean" },
  null: { type: "null" },
  unknown: {},
  any: {},
  object: { type: "object" },
  Date: { type: "string", format: "date-time" },
  true: { const: true },
  false: { const: false },
  never: { not: {} },
}

/** Placeholder for an optional value; never part of a schema. */
const UNDEFINED: Schema = { undefined: true }

class Types {
  readonly definitions = new Definitions()

  /** `known`: all declarations, including later ones. */
  constructor(
    private readonly read: Reader,
    private readonly known: Definitions,
  ) {}

  all(): Definitions {
    while (!this.read.done) this.declaration()
    return this.definitions
  }

  private declaration(): void {
    const { read } = this
    if (read.has(";")) return
    const first = read.peek()
    const comment = first && read.commentBefore(first)
    for (const word of ["export", "declare", "default", "const"]) read.has(word)
    if (read.has("import")) this.skipImport()
    else if (read.has("interface")) this.interface(comment)
    else if (read.has("type")) this.alias(comment)
    else if (read.has("enum")) this.enum(comment)
    else throw read.unreadable()
  }

  private skipImport(): void {
    while (!this.read.done && this.read.peek()?.kind !== "text") this.read.next()
    if (!this.read.done) this.read.next()
  }

  private interface(comment: string | undefined): void {
    const { read } = this
    const name = read.name()
    const parents: Schema[] = []
    if (read.has("extends")) {
      parents.push(this.primary())
      while (read.has(",")) parents.push(this.primary())
    }
    read.expect("{")
    const own = this.members()
    const schema = parents.length > 0 ? this.merged([...parents, own]) : own
    this.definitions.add(name, withAbout(schema, comment))
  }

  private alias(comment: string | undefined): void {
    const { read } = this
    const name = read.name()
    read.expect("=")
    this.definitions.add(name, withAbout(this.type(), comment))
    read.has(";")
  }

  private enum(comment: string | undefined): void {
    const { read } = this
    const name = read.name()
    read.expect("{")
    const values: (number | string)[] = []
    let next = 0
    while (!read.has("}")) {
      read.next()
      const value = read.has("=") ? this.enumValue() : next
      if (typeof value === "number") next = value + 1
      values.push(value)
      if (!read.has(",") && !read.is("}")) throw read.unreadable()
    }
    this.definitions.add(name, withAbout({ enum: values }, comment))
  }

  private enumValue(): number | string {
    const { read } = this
    const minus = read.has("-")
    const token = read.peek()
    if (token?.kind === "number") return Number(read.next().text) * (minus ? -1 : 1)
    if (minus || token?.kind !== "text") throw read.unreadable()
    return read.next().text
  }

  /** After the opening brace. */
  private members(): Schema {
    const { read } = this
    const properties: [string, Schema, boolean][] = []
    let rest: Schema | null = null
    while (!read.has("}")) {
      const first = read.peek()
      const comment = first && read.commentBefore(first)
      read.has("readonly")
      if (read.has("[")) {
        read.name()
        read.expect(":")
        this.type()
        read.expect("]")
        read.expect(":")
        rest = this.type()
      } else properties.push(this.member(comment))
      if (!read.has(";")) read.has(",")
    }
    const made = object(properties, rest === null)
    if (rest === null || Object.keys(rest).length === 0) return made
    return { ...made, additionalProperties: rest }
  }

  private member(comment: string | undefined): [string, Schema, boolean] {
    const { read } = this
    const token = read.next()
    if (token.kind === "sign" || token.kind === "regex") throw read.unreadable()
    const optional = read.has("?")
    read.expect(":")
    const { schema, missing } = withoutUndefined(this.type())
    return [token.text, withAbout(schema, comment), !(optional || missing)]
  }

  private type(): Schema {
    const { read } = this
    read.has("|")
    const options = [this.intersection()]
    while (read.has("|")) options.push(this.intersection())
    return options.length === 1 ? (options[0] ?? {}) : union(options)
  }

  private intersection(): Schema {
    const parts = [this.postfix()]
    while (this.read.has("&")) parts.push(this.postfix())
    return parts.length === 1 ? (parts[0] ?? {}) : this.merged(parts)
  }

  /** Objects are merged into one object; anything else becomes `allOf`. */
  private merged(parts: Schema[]): Schema {
    const known = parts.map((part) => {
      const name = typeof part.$ref === "string" ? part.$ref.replace("#/$defs/", "") : null
      return name === null ? part : (this.known.get(name) ?? part)
    })
    if (!known.every((part) => part.type === "object")) return { allOf: parts }
    return {
      type: "object",
      properties: Object.fromEntries(known.flatMap((part) => Object.entries(part.properties ?? {}))),
      required: known.flatMap((part) => (Array.isArray(part.required) ? part.required : [])),
      ...(known.every((part) => part.additionalProperties === false) ? { additionalProperties: false } : {}),
    }
  }

  private postfix(): Schema {
    const { read } = this
    read.has("readonly")
    let schema = this.primary()
    while (read.is("[") && read.is("]", 1)) {
      read.next()
      read.next()
      schema = { type: "array", items: schema }
    }
    return schema
  }

  private primary(): Schema {
    const { read } = this
    if (read.has("(")) {
      const schema = this.type()
      read.expect(")")
      return schema
    }
    if (read.has("{")) return this.members()
    if (read.has("[")) return this.tuple()
    if (read.has("-")) return { const: -Number(read.next().text) }
    const token = read.peek()
    if (token?.kind === "text") return { const: read.next().text }
    if (token?.kind === "number") return { const: Number(read.next().text) }
    return this.reference(read.name())
  }

  private tuple(): Schema {
    const { read } = this
    const items: Schema[] = []
    let rest: Schema | boolean = false
    while (!read.has("]")) {
      const spread = read.has("...")
      if (read.peek()?.kind === "name" && (read.is(":", 1) || (read.is("?", 1) && read.is(":", 2)))) {
        read.next()
        read.has("?")
        read.expect(":")
      }
      const schema = this.type()
      if (!spread) items.push(schema)
      else rest = (schema.items as Schema | undefined) ?? true
      read.has(",")
    }
    return { type: "array", prefixItems: items, minItems: items.length, items: rest }
  }

  private reference(name: string): Schema {
    if (name === "keyof" || name === "typeof" || name === "infer") throw this.read.unreadable()
    const args = this.arguments()
    if (name === "undefined") return UNDEFINED
    const [first = {}, second = {}] = args
    if (name === "Array" || name === "ReadonlyArray" || name === "Set") return { type: "array", items: first }
    if (name === "Record" || name === "Map") return { type: "object", additionalProperties: second }
    if (name === "Partial" || name === "Readonly" || name === "Required") return this.changed(name, first)
    if (Object.hasOwn(BUILT_IN, name)) return { ...BUILT_IN[name] }
    if (args.length > 0) throw this.read.unreadable()
    return named(name)
  }

  private arguments(): Schema[] {
    const { read } = this
    const args: Schema[] = []
    if (!read.has("<")) return args
    while (!read.has(">")) {
      args.push(this.type())
      read.has(",")
    }
    return args
  }

  private changed(how: string, schema: Schema): Schema {
    const whole = this.merged([schema])
    if (how === "Readonly" || whole.type !== "object") return schema
    const { required: _required, ...rest } = whole
    return how === "Partial" ? rest : { ...rest, required: Object.keys((rest.properties as Schema) ?? {}) }
  }
}

/** Keeps track of `undefined` alongside the other options. */
function union(options: Schema[]): Schema {
  const there = options.filter((one) => one !== UNDEFINED)
  const schema = oneOf(there)
  return there.length < options.length ? { ...schema, ...UNDEFINED } : schema
}

function withoutUndefined({ undefined: missing, ...schema }: Schema): { schema: Schema; missing: boolean } {
  return { schema, missing: missing === true }
}

const withAbout = (schema: Schema, description: string | undefined): Schema =>
  description === undefined ? schema : { ...schema, description }

/** Throws `UnreadableType`. */
export function fromTypeScript(text: string): Definitions {
  const tokens = tokensOf(text)
  const read = (known: Definitions) => new Types(new Reader(tokens), known).all()
  // Two passes, because a type may use one that is declared later.
  return read(read(new Definitions()))
}
