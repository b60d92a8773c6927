/**
 * Builds a JSON Schema from Python classes: Pydantic models, dataclasses, typed dictionaries, enums. Nothing is
 * executed. Pure.
 */
import { Definitions, object, type Schema } from "@/lib/output/paste/definitions"
import { limitsIn, TypeReader, type Value } from "@/lib/output/paste/python-types"
import { Reader, type Token, tokensOf, UnreadableType } from "@/lib/output/paste/tokens"

/** A logical line: it continues while brackets are open. */
interface Line {
  indent: number
  tokens: Token[]
  line: number
}

function linesOf(text: string): Line[] {
  const indents = text.split("\n").map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0)
  const lines: Line[] = []
  let depth = 0
  let last = 0
  for (const token of tokensOf(text, true)) {
    if (token.kind === "comment") continue
    const current = lines.at(-1)
    if (depth === 0 && (current === undefined || token.line > last))
      lines.push({ indent: indents[token.line - 1] ?? 0, tokens: [token], line: token.line })
    else current?.tokens.push(token)
    if (token.kind === "sign" && "([{".includes(token.text)) depth++
    else if (token.kind === "sign" && ")]}".includes(token.text)) depth = Math.max(0, depth - 1)
    last = token.line
  }
  return lines
}

interface Class {
  name: string
  bases: string[]
  lines: Line[]
}

function* classesIn(lines: Line[]): Generator<Class | Line> {
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]
    if (!line) continue
    if (line.tokens[0]?.text !== "class") {
      yield line
      continue
    }
    const body: Line[] = []
    for (let next = lines[at + 1]; next && next.indent > line.indent; next = lines[at + 1]) {
      body.push(next)
      at++
    }
    const [, name, ...rest] = line.tokens
    yield {
      name: name?.text ?? "",
      bases: rest.flatMap(({ kind, text }) => (kind === "name" ? [text] : [])),
      lines: body,
    }
  }
}

const definitionsOf = (text: string): Definitions => {
  const definitions = new Definitions()
  for (const one of classesIn(linesOf(text))) {
    if ("bases" in one) definitions.add(one.name, classSchema(one, definitions))
    else alias(one, definitions)
  }
  return definitions
}

/** `Name = list[Other]`; imports, decorators, and calls contain no types. */
function alias({ tokens }: Line, definitions: Definitions): void {
  const [name, sign, third] = tokens
  if (name?.kind !== "name" || sign?.text !== "=" || third === undefined) return
  definitions.add(name.text, new TypeReader(new Reader(tokens.slice(2))).type())
}

function classSchema({ name, bases, lines }: Class, definitions: Definitions): Schema {
  if (bases.some((base) => /Enum$/.test(base))) return { enum: lines.flatMap(enumValue) }
  const fields: [string, Schema, boolean][] = []
  const total = !(bases.includes("TypedDict") && bases.includes("total"))
  let closed = false
  let about: string | undefined
  for (const [index, { tokens }] of lines.entries()) {
    const [first, second] = tokens
    if (index === 0 && first?.kind === "text" && tokens.length === 1) about = first.text.replace(/\s+/g, " ").trim()
    else if (first?.text === "model_config") closed = tokens.some(({ text }) => text === "forbid")
    else if (first?.kind === "name" && second?.text === ":") fields.push(field(first.text, tokens.slice(2), total))
  }
  const parents = bases.map((base) => definitions.get(base)).filter((parent) => parent !== undefined)
  const own = object(fields, closed)
  const schema = parents.length > 0 ? inherited(parents, own) : own
  const described = about ? { ...schema, description: about } : schema
  if (!name) throw new UnreadableType(lines[0]?.line ?? 1, "class")
  return described
}

function inherited(parents: Schema[], own: Schema): Schema {
  const all = [...parents, own]
  const required = all.flatMap((one) => (Array.isArray(one.required) ? one.required : []))
  return {
    ...own,
    properties: Object.assign({}, ...all.map((one) => one.properties)),
    ...(required.length > 0 ? { required } : {}),
  }
}

function enumValue({ tokens }: Line): unknown[] {
  const [name, sign, value] = tokens
  if (name?.kind !== "name" || sign?.text !== "=") return []
  return [value?.kind === "number" ? Number(value.text) : value?.kind === "text" ? value.text : name.text]
}

/** What follows the colon: the type, and the default. */
function field(own: string, tokens: Token[], total: boolean): [string, Schema, boolean] {
  const reader = new TypeReader(new Reader(tokens))
  const optional = tokens[0]?.text === "NotRequired"
  const schema = reader.type()
  if (!reader.read.has("=")) return [own, schema, total && !optional]
  const given = reader.value()
  const { named: options = {}, call, args = [] } = given
  const isField = call !== undefined && /^_?[Ff]ield$/.test(call)
  const limits = isField ? limitsIn(given, schema.type === "array") : {}
  const fallback = isField ? (options.default ?? options.default_factory ?? args[0]) : given
  const hasDefault = fallback !== undefined && !(isField && isEllipsis(fallback))
  const metadata = options.metadata?.value
  const alias = options.alias?.value ?? (isRecord(metadata) ? metadata.name : undefined)
  const name = typeof alias === "string" ? alias : own
  const absent = hasDefault && fallback.value === null
  return [name, { ...(absent ? withoutNull(schema) : schema), ...limits }, !hasDefault]
}

const isEllipsis = ({ value, call }: Value): boolean => value === undefined && call === undefined

const isRecord = (value: unknown): value is Schema => typeof value === "object" && value !== null

/** `str | None = None` means it is optional. */
function withoutNull(schema: Schema): Schema {
  if (Array.isArray(schema.type) && schema.type.length === 2 && schema.type[1] === "null")
    return { ...schema, type: schema.type[0] }
  if (!Array.isArray(schema.anyOf)) return schema
  const options: unknown[] = schema.anyOf
  const others = options.filter(isRecord).filter(({ type }) => type !== "null")
  const [only = {}, ...more] = others
  return more.length === 0 ? only : { anyOf: others }
}

/** Throws `UnreadableType`. */
export const fromPython = definitionsOf
