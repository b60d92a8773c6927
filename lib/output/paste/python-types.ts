/** Parses Python type annotations. Pure. */
import { named, oneOf, type Schema } from "@/lib/output/paste/definitions"
import { Reader, tokensOf, UnreadableType } from "@/lib/output/paste/tokens"

const BUILT_IN: Record<string, Schema> = {
  str: { type: "string" },
  int: { type: "integer" },
  float: { type: "number" },
  Decimal: { type: "number" },
  bool: { type: "boolean" },
  None: { type: "null" },
  Any: {},
  object: {},
  dict: { type: "object" },
  Dict: { type: "object" },
  list: { type: "array" },
  List: { type: "array" },
  date: { type: "string", format: "date" },
  datetime: { type: "string", format: "date-time" },
  time: { type: "string", format: "time" },
  UUID: { type: "string", format: "uuid" },
  UUID4: { type: "string", format: "uuid" },
  EmailStr: { type: "string", format: "email" },
  AnyUrl: { type: "string", format: "uri" },
  HttpUrl: { type: "string", format: "uri" },
  PositiveInt: { type: "integer", exclusiveMinimum: 0 },
  NonNegativeInt: { type: "integer", minimum: 0 },
  PositiveFloat: { type: "number", exclusiveMinimum: 0 },
}

const LISTS = new Set(["list", "List", "set", "Set", "frozenset", "Sequence", "Iterable"])
const MAPS = new Set(["dict", "Dict", "Mapping"])

/** A value in the code that isn't a type. */
export interface Value {
  value?: unknown
  /** For a call: its name and keyword arguments. */
  call?: string
  named?: Record<string, Value>
  args?: Value[]
}

/** Parses types and the values next to them. */
export class TypeReader {
  constructor(readonly read: Reader) {}

  type(): Schema {
    const options = [this.primary()]
    while (this.read.has("|")) options.push(this.primary())
    return options.length === 1 ? (options[0] ?? {}) : oneOf(options)
  }

  private primary(): Schema {
    const { read } = this
    const token = read.peek()
    // A quoted type is a forward reference.
    if (token?.kind === "text") return new TypeReader(new Reader(tokensOf(read.next().text, true))).type()
    let name = read.name()
    while (read.has(".")) name = read.name()
    if (!read.has("[")) return Object.hasOwn(BUILT_IN, name) ? { ...BUILT_IN[name] } : named(name)
    if (name === "Literal") return oneOf(this.values("]").map(({ value }) => ({ const: value })))
    if (name === "Annotated") return this.annotated()
    const args = this.types()
    const [first = {}, second = {}] = args
    if (name === "Optional") return oneOf([first, { type: "null" }])
    if (name === "Union") return oneOf(args)
    if (LISTS.has(name)) return { type: "array", items: first }
    if (MAPS.has(name)) return { type: "object", additionalProperties: second }
    if (name === "tuple" || name === "Tuple")
      return { type: "array", prefixItems: args, minItems: args.length, items: false }
    if (name === "Required" || name === "NotRequired" || name === "Final" || name === "ClassVar") return first
    throw read.unreadable()
  }

  private types(): Schema[] {
    const args: Schema[] = []
    while (!this.read.has("]")) {
      if (this.read.has(".") || this.read.has("...")) continue
      args.push(this.type())
      this.read.has(",")
    }
    return args
  }

  /** `Annotated[str, Field(min_length=1)]` */
  private annotated(): Schema {
    const schema = this.type()
    this.read.has(",")
    return Object.assign(schema, ...this.values("]").map((value) => limitsIn(value, schema.type === "array")))
  }

  values(end: string): Value[] {
    const values: Value[] = []
    while (!this.read.has(end)) {
      values.push(this.value())
      this.read.has(",")
    }
    return values
  }

  value(): Value {
    const { read } = this
    const token = read.next()
    if (token.kind === "text") return { value: this.joined(token.text) }
    if (token.kind === "number") return { value: Number(token.text) }
    if (token.text === "-") return { value: -Number(read.next().text) }
    if (token.text === "[" || token.text === "(")
      return { value: this.values(token.text === "[" ? "]" : ")").map((one) => one.value) }
    if (token.text === "{") return { value: this.dictionary() }
    if (token.text === "...") return {}
    if (token.kind !== "name") throw new UnreadableType(token.line, token.text)
    if (Object.hasOwn(WORDS, token.text)) return { value: WORDS[token.text] }
    let name = token.text
    while (read.has(".")) name = read.name()
    return read.has("(") ? this.call(name) : { call: name }
  }

  /** Adjacent string literals are concatenated. */
  private joined(text: string): string {
    let whole = text
    while (this.read.peek()?.kind === "text") whole += this.read.next().text
    return whole
  }

  private dictionary(): Record<string, unknown> {
    const members: Record<string, unknown> = {}
    while (!this.read.has("}")) {
      const { value: name } = this.value()
      this.read.expect(":")
      members[String(name)] = this.value().value
      this.read.has(",")
    }
    return members
  }

  private call(name: string): Value {
    const { read } = this
    const args: Value[] = []
    const byName: Record<string, Value> = {}
    while (!read.has(")")) {
      if (read.peek()?.kind === "name" && read.is("=", 1)) {
        const key = read.name()
        read.next()
        byName[key] = this.value()
      } else args.push(this.value())
      read.has(",")
    }
    return { call: name, named: byName, args }
  }
}

const WORDS: Record<string, unknown> = { True: true, False: false, None: null }

const LIMITS: Record<string, string> = {
  ge: "minimum",
  le: "maximum",
  gt: "exclusiveMinimum",
  lt: "exclusiveMaximum",
  multiple_of: "multipleOf",
  pattern: "pattern",
  regex: "pattern",
  description: "description",
  title: "title",
}

/** The limits set by a call of `Field`. */
export function limitsIn({ named: given = {} }: Value, isList = false): Schema {
  const of = isList ? "Items" : "Length"
  const lengths: Record<string, string> = { min_length: `min${of}`, max_length: `max${of}` }
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, { value }]) => {
      const keyword = LIMITS[name] ?? lengths[name]
      return keyword === undefined || value === undefined ? [] : [[keyword, value]]
    }),
  )
}
