/** JSON tokenizer (RFC 8259): where tokens are, and where the value ends or stops being JSON. Linear, not recursive. */

export interface JsonScan {
  /** A complete value; the text ended within it; invalid JSON. */
  state: "whole" | "cut" | "wrong"
  /** Just after the value; the end of the text; the first invalid character. */
  end: number
  /** Start of a token cut off by the end of the text. */
  half: number | null
}

export interface JsonToken {
  text: string
  /** Whether the string is a member name. */
  name: boolean
}

// The string loop is unrolled so that long strings take linear time.
const CHARS = String.raw`[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\u0000-\u001f]*)*`
const TOKEN = new RegExp(
  String.raw`[ \t\n\r]*([[\]{},:]|"${CHARS}"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\d.eE])|true|false|null)`,
  "y",
)
const UNFINISHED = new RegExp(
  String.raw`(?:"${CHARS}(?:\\(?:u[\da-fA-F]{0,3})?)?|-?(?:(?:0|[1-9]\d*)\.?)?|-?(?:0|[1-9]\d*)(?:\.\d+)?[eE][+-]?|t(?:ru?)?|f(?:a(?:ls?)?)?|n(?:ul?)?)$`,
  "y",
)
const BLANKS = /[ \t\n\r]*/y
/** First characters of a value; "s" stands for numbers and literals. */
const VALUE = '[{"s'

/** Reads the value starting at `from`, skipping leading whitespace. */
export function scanJson(text: string, from = 0, visit: (token: JsonToken) => void = () => {}): JsonScan {
  const open: ("]" | "}")[] = []
  let allowed = VALUE
  let at = from
  while (allowed !== "") {
    TOKEN.lastIndex = at
    const [whole = "", token = ""] = TOKEN.exec(text) ?? []
    const start = token ? at + whole.length - token.length : skipWhitespace(text, at)
    if (start >= text.length) return { state: "cut", end: text.length, half: null }
    const kind = kindOf(text.charAt(start))
    if (!allowed.includes(kind)) return { state: "wrong", end: start, half: null }
    if (!token) {
      UNFINISHED.lastIndex = start
      const cut = UNFINISHED.test(text)
      return cut ? { state: "cut", end: text.length, half: start } : { state: "wrong", end: start, half: null }
    }
    // A string where an array isn't allowed is a member name.
    const name = kind === '"' && !allowed.includes("[")
    visit({ text: token, name })
    at = start + token.length
    if (name) allowed = ":"
    else allowed = allowedAfter(kind, open)
  }
  return { state: "whole", end: at, half: null }
}

function allowedAfter(kind: string, open: ("]" | "}")[]): string {
  if (kind === "[") {
    open.push("]")
    return `${VALUE}]`
  }
  if (kind === "{") {
    open.push("}")
    return '"}'
  }
  if (kind === ":") return VALUE
  if (kind === ",") return open.at(-1) === "}" ? '"' : VALUE
  if (kind === "]" || kind === "}") open.pop()
  return open.length > 0 ? `,${open.at(-1)}` : ""
}

export function skipWhitespace(text: string, from: number): number {
  BLANKS.lastIndex = from
  return from + (BLANKS.exec(text)?.[0].length ?? 0)
}

const kindOf = (char: string) => ('[]{},:"'.includes(char) ? char : "s")
