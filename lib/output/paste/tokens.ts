/** Tokenizer for snippets of TypeScript, JavaScript, or Python. Pure. */

export interface Token {
  kind: "name" | "text" | "number" | "regex" | "sign" | "comment"
  /** As written; for a string or comment, its content. */
  text: string
  /** From 1. */
  line: number
}

/** Where a type can't be parsed, and the token there. */
export class UnreadableType extends Error {
  constructor(
    readonly line: number,
    readonly found: string,
  ) {
    super(`line ${line}: ${found}`)
  }
}

const NAME = /[A-Za-z_$][\w$]*/y
const NUMBER = /\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const REGEX = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y
const BLANK = /\s+/y

/** The content of a comment, without its markers. */
const said = (comment: string): string =>
  comment
    .replace(/^\/\*+|\*+\/$|^\/\/+|^#+/g, "")
    .replace(/^\s*\* ?/gm, "")
    .replace(/\s+/g, " ")
    .trim()

const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", 0: "\0" }

const unescaped = (text: string): string =>
  text.replace(
    /\\(?:u\{([\da-fA-F]+)\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|(\r?\n)|([\s\S]))/g,
    (_all, a, b, c, line, sign) => {
      const code = a ?? b ?? c
      if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff))
      return line === undefined ? (ESCAPES[sign] ?? sign) : ""
    },
  )

class Scanner {
  private at = 0
  private line = 1
  readonly tokens: Token[] = []

  constructor(
    private readonly text: string,
    private readonly python: boolean,
  ) {}

  scan(): Token[] {
    while (this.at < this.text.length) this.next()
    return this.tokens
  }

  private next(): void {
    if (this.take(BLANK) !== null) return
    const comment = this.take(this.python ? /#[^\n]*/y : /\/\*[\s\S]*?\*\/|\/\/[^\n]*/y)
    const quoted = comment ?? this.take(this.python ? PYTHON_TEXT : SCRIPT_TEXT)
    if (comment !== null) this.add("comment", said(comment))
    else if (quoted !== null) this.add("text", textOf(quoted))
    else this.addPlain()
  }

  private addPlain(): void {
    const name = this.take(NAME)
    const number = name ?? this.take(NUMBER)
    const regex = number ?? (this.python || !this.mayBeRegex() ? null : this.take(REGEX))
    if (name !== null) this.add("name", name)
    else if (number !== null) this.add("number", number.replaceAll("_", ""))
    else if (regex !== null) this.add("regex", regex)
    else this.add("sign", this.take(/=>|\.\.\.|->|[\s\S]/y) ?? "")
  }

  /** A slash after a value is a division. */
  private mayBeRegex(): boolean {
    const last = this.tokens.findLast(({ kind }) => kind !== "comment")
    return last === undefined || (last.kind === "sign" && !")]}".includes(last.text))
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at
    const [found] = pattern.exec(this.text) ?? []
    if (found === undefined) return null
    this.at += found.length
    this.line += found.split("\n").length - 1
    return found
  }

  private add(kind: Token["kind"], text: string): void {
    this.tokens.push({ kind, text, line: this.line })
  }
}

const SCRIPT_TEXT = /"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`/y
const PYTHON_TEXT =
  /[rRbBuUfF]{0,2}(?:"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*')/y

function textOf(quoted: string): string {
  const [prefix = ""] = /^[A-Za-z]*/.exec(quoted) ?? []
  const bare = quoted.slice(prefix.length)
  const marks = /^("""|''')/.test(bare) ? 3 : 1
  const inner = bare.slice(marks, -marks)
  return /r/i.test(prefix) ? inner : unescaped(inner)
}

/** All tokens in order; Python comments begin with `#`. */
export const tokensOf = (text: string, python = false): Token[] => new Scanner(text, python).scan()

/** Reads tokens one by one. */
export class Reader {
  private at = 0

  constructor(private readonly tokens: Token[]) {}

  /** The next token that isn't a comment; undefined at the end. */
  peek(ahead = 0): Token | undefined {
    let left = ahead
    for (let at = this.at; at < this.tokens.length; at++) {
      const token = this.tokens[at]
      if (token?.kind === "comment") continue
      if (left-- === 0) return token
    }
    return undefined
  }

  next(): Token {
    for (;;) {
      const token = this.tokens[this.at]
      if (!token) throw this.unreadable()
      this.at++
      if (token.kind !== "comment") return token
    }
  }

  /** The comment on its own line right before a token. */
  commentBefore(token: Token): string | undefined {
    const at = this.tokens.indexOf(token, Math.max(0, this.at - 8)) - 1
    const before = this.tokens[at]
    // A comment after other code on its line belongs to that code.
    if (before?.kind !== "comment" || this.tokens[at - 1]?.line === before.line) return undefined
    return before.text || undefined
  }

  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token !== undefined && token.kind !== "text" && token.text === text
  }

  /** Consumes the token if it is next. */
  has(text: string): boolean {
    if (!this.is(text)) return false
    this.next()
    return true
  }

  /** Throws `UnreadableType` if it isn't next. */
  expect(text: string): void {
    if (!this.has(text)) throw this.unreadable()
  }

  name(): string {
    const token = this.peek()
    if (token?.kind !== "name") throw this.unreadable()
    return this.next().text
  }

  get done(): boolean {
    return this.peek() === undefined
  }

  unreadable(): UnreadableType {
    const token = this.peek()
    return new UnreadableType(token?.line ?? this.tokens.at(-1)?.line ?? 1, token?.text.slice(0, 40) ?? "")
  }
}
