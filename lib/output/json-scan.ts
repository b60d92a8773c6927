/** JSON text, token by token (RFC 8259): what stands where, and where it ends or stops being JSON. Linear, not recursive. */

export interface JsonScan {
  /** A whole value stood there; the text ended within it; something else came. */
  state: "whole" | "cut" | "wrong"
  /** Behind the value; at the end of the text; at the first sign that does not fit. */
  end: number
  /** Where a token began that the end of the text cut off. */
  half: number | null
}

export interface JsonToken {
  text: string
  /** A string that names a member. */
  name: boolean
}

// The loop of a string is unrolled, so that a long one takes time in proportion.
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
/** What a value starts with; "s" stands for numbers and words. */
const VALUE = '[{"s'

/** Reads the value that begins at `from`, blanks before it left out. */
export function scanJson(text: string, from = 0, visit: (token: JsonToken) => void = () => {}): JsonScan {
  const open: ("]" | "}")[] = []
  let allowed = VALUE
  let at = from
  while (allowed !== "") {
    TOKEN.lastIndex = at
    const [whole = "", token = ""] = TOKEN.exec(text) ?? []
    const start = token ? at + whole.length - token.length : behindBlanks(text, at)
    if (start >= text.length) return { state: "cut", end: text.length, half: null }
    const kind = kindOf(text.charAt(start))
    if (!allowed.includes(kind)) return { state: "wrong", end: start, half: null }
    if (!token) {
      UNFINISHED.lastIndex = start
      const cut = UNFINISHED.test(text)
      return cut ? { state: "cut", end: text.length, half: start } : { state: "wrong", end: start, half: null }
    }
    // A string where no list may begin is a name.
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

export function behindBlanks(text: string, from: number): number {
  BLANKS.lastIndex = from
  return from + (BLANKS.exec(text)?.[0].length ?? 0)
}

const kindOf = (char: string) => ('[]{},:"'.includes(char) ? char : "s")
