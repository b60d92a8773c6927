/** Says in words where a text stops being JSON. `JSON.parse` names a place on some engines, for some faults. */
export function whereJsonStops(text: string): string {
  if (!text.trim()) return "The answer is empty."
  const position = errorPosition(text)
  if (position === text.length)
    return `The JSON is cut off after ${text.length.toLocaleString("en")} characters: …${tail(text)}`
  const before = text.slice(0, position)
  const found = String.fromCodePoint(text.codePointAt(position) ?? 0)
  const line = before.split("\n").length
  return `This is not JSON at character ${position + 1} (line ${line}): ${before ? `…${tail(before)}` : ""}⟨${found}⟩`
}

const tail = (text: string) => text.slice(-30).toWellFormed().replace(/\s+/g, " ")

// RFC 8259. The loop of a string is unrolled, so that a long one takes time in proportion.
const CHARS = String.raw`[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\u0000-\u001f]*)*`
const TOKEN = new RegExp(
  String.raw`[ \t\n\r]*([[\]{},:]|"${CHARS}"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\d.eE])|true|false|null)`,
  "y",
)
const UNFINISHED = new RegExp(
  String.raw`(?:"${CHARS}(?:\\(?:u[\da-fA-F]{0,3})?)?|-?(?:(?:0|[1-9]\d*)\.?)?|-?(?:0|[1-9]\d*)(?:\.\d+)?[eE][+-]?|t(?:ru?)?|f(?:a(?:ls?)?)?|n(?:ul?)?)$`,
  "y",
)
/** What a value starts with; "s" stands for numbers and words. */
const VALUE = '[{"s'

/** Index of the first character that does not fit; the text's length when the text ends too early. */
function errorPosition(text: string): number {
  const open: ("]" | "}")[] = []
  let allowed = VALUE
  let at = 0
  while (true) {
    TOKEN.lastIndex = at
    const [whole = "", token = ""] = TOKEN.exec(text) ?? []
    const start = token ? at + whole.length - token.length : at + (/^[ \t\n\r]*/.exec(text.slice(at))?.[0].length ?? 0)
    if (start >= text.length) return text.length
    const kind = kindOf(text.charAt(start))
    if (!allowed.includes(kind)) return start
    if (!token) {
      UNFINISHED.lastIndex = start
      return UNFINISHED.test(text) ? text.length : start
    }
    at = start + token.length
    if (kind === "[") {
      open.push("]")
      allowed = `${VALUE}]`
    } else if (kind === "{") {
      open.push("}")
      allowed = '"}'
    } else if (kind === ":") allowed = VALUE
    else if (kind === ",") allowed = open.at(-1) === "}" ? '"' : VALUE
    // A string where no list may begin is a name.
    else if (kind === '"' && !allowed.includes("[")) allowed = ":"
    else {
      if (kind === "]" || kind === "}") open.pop()
      allowed = open.length > 0 ? `,${open.at(-1)}` : ""
    }
  }
}

const kindOf = (char: string) => ('[]{},:"'.includes(char) ? char : "s")
