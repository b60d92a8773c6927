/** Parses the JavaScript expressions that Zod schemas consist of. Nothing is executed. Pure. */
import type { Reader, Token } from "@/lib/output/paste/tokens"

/** A parsed expression: values, and chained calls. */
export type Expression =
  | { kind: "value"; value: unknown }
  | { kind: "list"; items: Expression[] }
  | { kind: "members"; members: [name: string, value: Expression][] }
  | { kind: "chain"; base: string; calls: Call[]; token: Token }

export interface Call {
  name: string
  /** Missing if it isn't called. */
  args?: Expression[]
}

/** Parses what a schema consists of: values, lists, objects, and calls. */
export class Code {
  constructor(readonly read: Reader) {}

  expression(): Expression {
    const { read } = this
    const token = read.peek()
    if (!token) throw read.unreadable()
    if (read.has("(")) return this.arrowOrGroup()
    if (read.has("{")) return { kind: "members", members: this.members() }
    if (read.has("[")) return { kind: "list", items: this.list("]") }
    if (read.has("-")) return { kind: "value", value: -Number(read.next().text) }
    if (token.kind === "text") return { kind: "value", value: read.next().text }
    if (token.kind === "number") return { kind: "value", value: Number(read.next().text) }
    if (token.kind === "regex") return { kind: "value", value: patternOf(read.next().text) }
    if (token.kind !== "name") throw read.unreadable()
    read.next()
    if (Object.hasOwn(WORDS, token.text)) return { kind: "value", value: WORDS[token.text] }
    if (token.text === "new") return this.made()
    if (read.has("=>")) return this.expression()
    return { kind: "chain", base: token.text, calls: this.calls(), token }
  }

  /** `(value)`, or `() => value`. */
  private arrowOrGroup(): Expression {
    const { read } = this
    if (read.has(")")) {
      read.expect("=>")
      return this.expression()
    }
    const inner = this.expression()
    read.expect(")")
    return read.has("=>") ? this.expression() : inner
  }

  /** `new RegExp("…")`: its pattern. */
  private made(): Expression {
    const { read } = this
    read.name()
    read.expect("(")
    const [pattern] = this.list(")")
    return pattern ?? { kind: "value", value: undefined }
  }

  private members(): [string, Expression][] {
    const { read } = this
    const members: [string, Expression][] = []
    while (!read.has("}")) {
      const getter = read.is("get") && !read.is(":", 1) && !read.is(",", 1)
      if (getter) read.next()
      if (read.has("...")) {
        members.push(["...", this.expression()])
        read.has(",")
        continue
      }
      const name = this.memberName()
      if (getter) members.push([name, this.returned()])
      else {
        read.expect(":")
        members.push([name, this.expression()])
      }
      read.has(",")
    }
    return members
  }

  private memberName(): string {
    const { read } = this
    if (!read.has("[")) return read.next().text
    const { text } = read.next()
    read.expect("]")
    return text
  }

  /** `() { return value }` */
  private returned(): Expression {
    const { read } = this
    for (const sign of ["(", ")", "{", "return"]) read.expect(sign)
    const value = this.expression()
    read.has(";")
    read.expect("}")
    return value
  }

  private list(end: string): Expression[] {
    const items: Expression[] = []
    while (!this.read.has(end)) {
      items.push(this.expression())
      this.read.has(",")
    }
    return items
  }

  private calls(): Call[] {
    const { read } = this
    const calls: Call[] = []
    while (read.has(".")) {
      const name = read.name()
      if (read.has("<")) while (!read.has(">")) read.next()
      calls.push(read.has("(") ? { name, args: this.list(")") } : { name })
    }
    if (read.is("as") && read.is("const", 1)) {
      read.next()
      read.next()
    }
    return calls
  }
}

const WORDS: Record<string, unknown> = { true: true, false: false, null: null, undefined: undefined }
const patternOf = (regex: string): string => regex.slice(1, regex.lastIndexOf("/"))

/** The plain value of an expression; undefined for a call. */
export const plain = (expression: Expression | undefined): unknown => {
  if (expression?.kind === "value") return expression.value
  if (expression?.kind === "list") return expression.items.map(plain)
  return expression?.kind === "members"
    ? Object.fromEntries(expression.members.map(([name, value]) => [name, plain(value)]))
    : undefined
}
