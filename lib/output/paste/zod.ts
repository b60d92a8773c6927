/** Builds a JSON Schema from Zod schemas. The code is parsed, not executed. Pure. */
import { type Call, Code, type Expression, plain } from "@/lib/output/paste/code"
import { Definitions, named, object, oneOf, type Schema } from "@/lib/output/paste/definitions"
import { Reader, tokensOf } from "@/lib/output/paste/tokens"

const FORMATS: Record<string, string> = {
  email: "email",
  url: "uri",
  uuid: "uuid",
  guid: "uuid",
  datetime: "date-time",
  date: "date",
  time: "time",
  duration: "duration",
  ipv4: "ipv4",
  ipv6: "ipv6",
}

const ofFormat = (name: string): Schema => ({ type: "string", ...(FORMATS[name] ? { format: FORMATS[name] } : {}) })

/** A schema, and whether it is optional. */
interface Made {
  schema: Schema
  optional: boolean
}

class Schemas {
  readonly definitions = new Definitions()

  constructor(private readonly read: Reader) {}

  all(): Definitions {
    const { read } = this
    const code = new Code(read)
    while (!read.done) {
      if (read.has(";")) continue
      read.has("export")
      if (read.is("import") || read.is("type")) {
        this.skip()
        continue
      }
      if (!(read.has("const") || read.has("let") || read.has("var"))) {
        this.definitions.add("Schema", this.made(code.expression()).schema)
        continue
      }
      const name = read.name()
      if (read.has(":")) while (!read.is("=")) read.next()
      read.expect("=")
      this.definitions.add(name, this.made(code.expression()).schema)
    }
    return this.definitions
  }

  /** Skips an import or a type, up to the line where something else begins. */
  private skip(): void {
    const { read } = this
    const line = read.next().line
    let depth = 0
    while (!read.done) {
      const token = read.peek()
      if (depth === 0 && token && token.line > line && /^(?:export|const|let|var|import|type)$/.test(token.text)) return
      if (token && "<({[".includes(token.text)) depth++
      else if (token && ">)}]".includes(token.text)) depth--
      if (read.next().text === ";" && depth === 0) return
    }
  }

  private made(expression: Expression | undefined): Made {
    if (expression?.kind !== "chain") throw this.read.unreadable()
    const { base, calls } = expression
    if (base !== "z") return this.changed({ schema: named(base), optional: false }, calls)
    const [first, second] = calls
    // `z.iso.date()`, `z.coerce.number()`
    const inner = first?.args === undefined ? 1 : 0
    const call = inner === 1 ? second : first
    if (!call?.args) throw this.read.unreadable()
    const made = first && inner === 1 && first.name === "iso" ? ofFormat(call.name) : this.typed(call)
    return this.changed(made === null ? { schema: {}, optional: false } : asMade(made), calls.slice(inner + 1))
  }

  private inner(expression: Expression | undefined): Schema {
    return this.made(expression).schema
  }

  /** A schema created by a function of `z`. */
  private typed({ name, args = [] }: Call): Schema | Made {
    const [first, second] = args
    switch (name) {
      case "object":
      case "strictObject":
      case "looseObject":
        return this.object(first, name !== "looseObject")
      case "array":
      case "set":
        return { type: "array", items: this.inner(first) }
      case "tuple":
        return this.tuple(first, second)
      case "record":
      case "map":
        return { type: "object", additionalProperties: this.inner(second ?? first) }
      case "enum":
      case "nativeEnum":
        return { enum: valuesOf(plain(first)) }
      case "literal":
        return Array.isArray(plain(first)) ? { enum: plain(first) } : { const: plain(first) }
      case "union":
      case "discriminatedUnion":
        return this.union(first?.kind === "list" ? first : second)
      case "intersection":
        return { allOf: [this.inner(first), this.inner(second)] }
      case "optional":
      case "nullish":
        return { ...this.made(first), optional: true }
      case "nullable":
        return oneOf([this.inner(first), { type: "null" }])
      case "lazy":
      case "preprocess":
        return this.made(args.at(-1))
      default:
        return simple(name)
    }
  }

  private object(shape: Expression | undefined, closed: boolean): Schema {
    if (shape?.kind !== "members") throw this.read.unreadable()
    const members = shape.members.map(([name, value]): [string, Schema, boolean] => {
      if (name === "...") throw this.read.unreadable()
      const { schema, optional } = this.made(value)
      return [name, schema, !optional]
    })
    return object(members, closed)
  }

  private tuple(items: Expression | undefined, rest: Expression | undefined): Schema {
    const all = items?.kind === "list" ? items.items.map((item) => this.inner(item)) : []
    return { type: "array", prefixItems: all, minItems: all.length, items: rest ? this.inner(rest) : false }
  }

  private union(options: Expression | undefined): Schema {
    return oneOf(options?.kind === "list" ? options.items.map((option) => this.inner(option)) : [])
  }

  /** Applies the chained calls. */
  private changed(made: Made, calls: Call[]): Made {
    return calls.reduce((before, call) => this.change(before, call), made)
  }

  private change(before: Made, { name, args = [] }: Call): Made {
    const { schema } = before
    const value = plain(args[0])
    const withSchema = (changed: Schema): Made => ({ ...before, schema: { ...schema, ...changed } })
    switch (name) {
      case "optional":
        return { ...before, optional: true }
      case "nullish":
        return { schema: oneOf([schema, { type: "null" }]), optional: true }
      case "nullable":
        return { ...before, schema: oneOf([schema, { type: "null" }]) }
      case "default":
      case "prefault":
      case "catch":
        return { schema: { ...schema, default: value }, optional: true }
      case "describe":
        return withSchema({ description: value })
      case "meta":
        return withSchema(isRecord(value) ? { title: value.title, description: value.description } : {})
      case "array":
        return { ...before, schema: { type: "array", items: schema } }
      case "or":
        return { ...before, schema: oneOf([schema, this.inner(args[0])]) }
      case "and":
        return { ...before, schema: { allOf: [schema, this.inner(args[0])] } }
      case "passthrough":
      case "loose":
        return {
          ...before,
          schema: Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "additionalProperties")),
        }
      case "strict":
        return withSchema({ additionalProperties: false })
      case "partial": {
        const { required: _required, ...rest } = schema
        return { ...before, schema: rest }
      }
      case "extend":
        return withSchema(extended(schema, this.object(args[0], false)))
      default:
        return withSchema(limited(name, value, schema))
    }
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const valuesOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : []

const asMade = (made: Schema | Made): Made =>
  "optional" in made && "schema" in made ? (made as Made) : { schema: made as Schema, optional: false }

/** A schema without parts. */
function simple(name: string): Schema {
  if (Object.hasOwn(FORMATS, name) && name !== "date") return ofFormat(name)
  if (name === "string") return { type: "string" }
  if (name === "number" || name === "float64" || name === "float32") return { type: "number" }
  if (name === "int" || name === "int32" || name === "bigint" || name === "uint32") return { type: "integer" }
  if (name === "boolean" || name === "stringbool") return { type: "boolean" }
  if (name === "null") return { type: "null" }
  if (name === "date") return { type: "string", format: "date-time" }
  return name === "never" ? { not: {} } : {}
}

function extended(schema: Schema, more: Schema): Schema {
  const required = [schema.required, more.required].flatMap((names) => (Array.isArray(names) ? names : []))
  return {
    properties: { ...(schema.properties as Schema), ...(more.properties as Schema) },
    ...(required.length > 0 ? { required } : {}),
  }
}

/** Adds the limit or format of a call. */
function limited(name: string, value: unknown, schema: Schema): Schema {
  const of = schema.type === "string" ? "Length" : schema.type === "array" ? "Items" : "imum"
  if (name === "min" || name === "gte") return { [`min${of}`]: value }
  if (name === "max" || name === "lte") return { [`max${of}`]: value }
  if (name === "length") return { [`min${of}`]: value, [`max${of}`]: value }
  if (name === "nonempty") return { [`min${of}`]: 1 }
  if (name === "gt") return { exclusiveMinimum: value }
  if (name === "lt") return { exclusiveMaximum: value }
  if (name === "positive") return { exclusiveMinimum: 0 }
  if (name === "nonnegative") return { minimum: 0 }
  if (name === "negative") return { exclusiveMaximum: 0 }
  if (name === "multipleOf" || name === "step") return { multipleOf: value }
  if (name === "int") return { type: "integer" }
  if (name === "regex") return { pattern: value }
  if (name === "startsWith") return { pattern: `^${escapedPattern(value)}` }
  if (name === "endsWith") return { pattern: `${escapedPattern(value)}$` }
  return Object.hasOwn(FORMATS, name) ? { format: FORMATS[name] } : {}
}

const escapedPattern = (value: unknown): string => String(value).replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")

/** Throws `UnreadableType`. */
export const fromZod = (text: string): Definitions => new Schemas(new Reader(tokensOf(text))).all()
