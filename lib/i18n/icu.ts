/**
 * Parses the catalogues' ICU messages: arguments, numbers, dates with a named style, plurals, selects, and tags.
 * Replaces next-intl's parser (see `next.config.ts`), the largest avoidable part of the page's initial scripts, which
 * also supports skeletons that our messages don't use. Pure.
 */
export const TYPE = { literal: 0, argument: 1, number: 2, date: 3, time: 4, select: 5, plural: 6, pound: 7, tag: 8 }

interface Option {
  value: Element[]
}

export interface Element {
  type: number
  value?: string
  style?: string | null
  options?: Record<string, Option>
  offset?: number
  pluralType?: "cardinal" | "ordinal"
  children?: Element[]
}

const is = (type: number) => (element: Element) => element.type === type
export const isLiteralElement = is(TYPE.literal)
export const isArgumentElement = is(TYPE.argument)
export const isNumberElement = is(TYPE.number)
export const isDateElement = is(TYPE.date)
export const isTimeElement = is(TYPE.time)
export const isSelectElement = is(TYPE.select)
export const isPluralElement = is(TYPE.plural)
export const isPoundElement = is(TYPE.pound)
export const isTagElement = is(TYPE.tag)
export const isNumberSkeleton = () => false
export const isDateTimeSkeleton = () => false

/** Throws `SyntaxError` for invalid messages, and for syntax that isn't supported. */
export function parse(message: string): Element[] {
  const reader = new Reader(message)
  const elements = reader.elements(0, false)
  if (!reader.atEnd) reader.fail("unexpected text after the message")
  return elements
}

const NAME = /[^\s{},<>#='/]+/y
const SELECTOR = /=-?\d+|[^\s{},=]+/y
const STYLE = /[^{}']+/y
const SPACE = /\s*/y
const TAG = /<([a-zA-Z][-.\w]*)\s*(\/?)>/y
const CLOSING = /<\/([a-zA-Z][-.\w]*)\s*>/y

class Reader {
  private at = 0

  constructor(private readonly text: string) {}

  get atEnd(): boolean {
    return this.at === this.text.length
  }

  fail(why: string): never {
    throw new SyntaxError(`${why} at ${this.at} in “${this.text}”`)
  }

  /** Parses up to the end, or to the closing brace or tag. `counting`: `#` is the number of a plural. */
  elements(depth: number, counting: boolean): Element[] {
    const found: Element[] = []
    let literal = ""
    const flush = () => {
      if (literal) found.push({ type: TYPE.literal, value: literal })
      literal = ""
    }
    while (!this.atEnd) {
      const sign = this.text[this.at]
      if (sign === "}" && depth > 0) break
      if (this.text.startsWith("</", this.at)) break
      const opened = sign === "<" ? this.take(TAG) : null
      if (opened) {
        const [, name = "", alone] = opened
        flush()
        found.push(alone ? { type: TYPE.literal, value: `<${name}/>` } : this.tag(name, depth, counting))
      } else if (sign === "{") {
        flush()
        found.push(this.argument(depth))
      } else if (sign === "#" && counting) {
        flush()
        this.at++
        found.push({ type: TYPE.pound })
      } else literal += this.letter(counting)
    }
    flush()
    return found
  }

  private tag(name: string, depth: number, counting: boolean): Element {
    const children = this.elements(depth, counting)
    if (this.take(CLOSING)?.[1] !== name) this.fail(`unclosed <${name}>`)
    return { type: TYPE.tag, value: name, children }
  }

  /** One character, or text quoted by apostrophes. */
  private letter(counting: boolean): string {
    const sign = this.text[this.at++] ?? ""
    const next = this.text[this.at] ?? ""
    if (sign !== "'") return sign
    if (next === "'") this.at++
    if (!(`{}<>${counting ? "#" : ""}`.includes(next) && next)) return sign
    const end = /'(?!')/.exec(this.text.slice(this.at).replaceAll("''", "  "))?.index ?? this.text.length
    const quoted = this.text.slice(this.at, this.at + end)
    this.at = Math.min(this.text.length, this.at + end + 1)
    return quoted.replaceAll("''", "'")
  }

  private argument(depth: number): Element {
    this.at++
    const value = this.word(NAME)
    if (this.skip("}")) return { type: TYPE.argument, value }
    if (!this.skip(",")) this.fail("unclosed argument")
    const kind = this.word(NAME)
    switch (kind) {
      case "number":
      case "date":
      case "time":
        return { type: TYPE[kind], value, style: this.style() }
      case "select":
        return { type: TYPE.select, value, options: this.options(depth, false) }
      case "plural":
      case "selectordinal": {
        const pluralType = kind === "plural" ? "cardinal" : "ordinal"
        return { type: TYPE.plural, value, options: this.options(depth, true), offset: 0, pluralType }
      }
      default:
        return this.fail(`unknown argument type: ${kind}`)
    }
  }

  private style(): string | null {
    const style = this.skip(",") ? this.word(STYLE).trimEnd() : null
    if (style?.startsWith("::")) this.fail("skeletons aren't supported")
    if (!this.skip("}")) this.fail("unclosed argument")
    return style
  }

  private options(depth: number, counting: boolean): Record<string, Option> {
    const options: Record<string, Option> = {}
    if (!this.skip(",")) this.fail("no options")
    while (!this.skip("}")) {
      const selector = this.word(SELECTOR)
      if (selector in options || !this.skip("{")) this.fail("invalid option")
      options[selector] = { value: this.elements(depth + 1, counting) }
      if (this.text[this.at++] !== "}") this.fail("unclosed option")
    }
    if (!options.other) this.fail("missing option “other”")
    return options
  }

  private word(pattern: RegExp): string {
    this.take(SPACE)
    return this.take(pattern)?.[0] ?? this.fail("unexpected token")
  }

  private skip(sign: string): boolean {
    this.take(SPACE)
    if (this.text[this.at] !== sign) return false
    this.at++
    return true
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)
    if (match) this.at = pattern.lastIndex
    return match
  }
}
