/**
 * Normalizes the ways models write math: `$$…$$` inline, `$$` on separate lines around display math. Money stays money:
 * “$5 and $10” is left alone. One pass, linear in the text.
 */
import { delimitBareUrl } from "@/components/message/markdown/text/bare-links"
import { mapProse } from "@/components/message/markdown/text/prose"

const MAYBE = /\$|\\(?:[[(]|begin\{|ce\{|pu\{)|https?:\/\/|www\./i

/** The text with its math between double dollars. Code and addresses are unchanged. */
export const withMath = (text: string): string => (MAYBE.test(text) ? mapProse(text, proseWithMath) : text)

/** Opening and closing delimiters. */
const DELIMITERS = [
  { open: "$$", close: "$$" },
  { open: "\\[", close: "\\]" },
  { open: "\\(", close: "\\)" },
] as const

/**
 * Like `withMath`, for a text without fences. Also delimits addresses (`bare-links.ts`), since they contain no
 * formulas.
 */
export function proseWithMath(text: string): string {
  let out = ""
  let from = 0
  const stops = /[`$\\]|https?:\/\/|(?<![\w./-])www\./gi
  /** Closing delimiters known not to occur after this point, so that each is searched for only once. */
  const missing = new Set<string>()
  for (let stop = stops.exec(text); stop; stop = stops.exec(text)) {
    const at = stop.index
    const [end, made] = partAt(text, at, missing)
    out += text.slice(from, at) + made
    from = end
    stops.lastIndex = end
  }
  return out + text.slice(from)
}

/** Where the part starting at a stop ends, and its replacement. */
function partAt(text: string, at: number, missing: Set<string>): [end: number, made: string] {
  if (text[at] === "`") return codeSpan(text, at, missing)
  if (/[hw]/i.test(text[at] ?? "")) return delimitBareUrl(text, at)
  const named = text[at] === "\\" ? (environment(text, at, missing) ?? chemistry(text, at)) : null
  if (named) return named
  const run = /^\$+/.exec(text.slice(at, at + 80))?.[0] ?? ""
  if (run.length === 1) return single(text, at)
  // “$$$” is a price range.
  if (run.length > 2) return [at + run.length, "\\$".repeat(run.length)]
  const kind = DELIMITERS.find(({ open }) => text.startsWith(open, at))
  if (!kind) return [at + 2, text.slice(at, at + 2)]
  const close = closeOf(text, at + 2, kind.close, missing)
  const body = close < 0 ? "" : text.slice(at + 2, close)
  if (body.trim() === "" || /\n[ \t]*\n/.test(body) || /^[)\].,;:!?]/.test(body))
    return [at + 2, kind.open === "$$" ? "\\$\\$" : kind.open]
  return [close + 2, display(text, at, close + 2, body) ?? `$$${inline(body)}$$`]
}

/** LaTeX environments that are math by themselves. */
const ENVIRONMENT =
  /\\begin\{((?:equation|align|alignat|aligned|alignedat|flalign|gather|gathered|multline|split|eqnarray|displaymath|math|[dr]?r?cases|[pbBvV]?matrix|smallmatrix|array|CD)\*?)\}/y

/** Whether one of them begins here. */
export function isEnvironment(text: string, at: number): boolean {
  ENVIRONMENT.lastIndex = at
  return ENVIRONMENT.test(text)
}

/** `\begin{align}…\end{align}` without surrounding dollars. */
function environment(text: string, at: number, missing: Set<string>): [number, string] | null {
  ENVIRONMENT.lastIndex = at
  const [begin, name] = ENVIRONMENT.exec(text) ?? []
  if (begin === undefined || missing.has(`end ${name}`)) return null
  const end = endOfEnvironment(text, at + begin.length, `\\begin{${name}}`, `\\end{${name}}`)
  if (end < 0) missing.add(`end ${name}`)
  const body = text.slice(at, Math.max(at, end))
  if (body === "" || /\n[ \t>]*\n/.test(body)) return null
  return [end, display(text, at, end, body) ?? `$$${inline(body)}$$`]
}

function endOfEnvironment(text: string, from: number, begin: string, end: string): number {
  let depth = 1
  let at = from
  while (depth > 0) {
    const close = text.indexOf(end, at)
    if (close < 0) return -1
    const open = text.indexOf(begin, at)
    const deeper = open >= 0 && open < close
    depth += deeper ? 1 : -1
    at = deeper ? open + begin.length : close + end.length
  }
  return at
}

/** Maximum characters of a chemical formula. */
const LONGEST_CHEMISTRY = 400
/** Maximum nesting of its brackets. */
const DEEPEST_CHEMISTRY = 8

/** `\ce{H2O}` without surrounding dollars. */
function chemistry(text: string, at: number): [number, string] | null {
  if (!text.startsWith("\\ce{", at) && !text.startsWith("\\pu{", at)) return null
  let depth = 0
  for (let end = at + 3; end < text.length && end < at + LONGEST_CHEMISTRY; end++) {
    if (text[end] === "{" && ++depth > DEEPEST_CHEMISTRY) return null
    if (text[end] === "}" && --depth === 0) return [end + 1, `$$${text.slice(at, end + 1)}$$`]
    if (text[end] === "\n" && text[end + 1] === "\n") return null
  }
  return null
}

function codeSpan(text: string, at: number, missing: Set<string>): [number, string] {
  const [run = "`"] = /^`+/.exec(text.slice(at, at + 80)) ?? []
  let close = missing.has(run) ? -1 : text.indexOf(run, at + run.length)
  while (close >= 0 && text[close + run.length] === "`") {
    let behind = close
    while (text[behind] === "`") behind++
    close = text.indexOf(run, behind)
  }
  if (close < 0) missing.add(run)
  const end = close < 0 ? at + run.length : close + run.length
  return [end, text.slice(at, end)]
}

function closeOf(text: string, from: number, mark: string, missing: Set<string>): number {
  if (missing.has(mark)) return -1
  let close = text.indexOf(mark, from)
  // A run of three or more closes nothing.
  while (mark === "$$" && close >= 0 && text[close + 2] === "$") {
    let behind = close
    while (text[behind] === "$") behind++
    close = text.indexOf(mark, behind)
  }
  if (close < 0) missing.add(mark)
  return close
}

const inline = (body: string) => body.trim().replace(/\s*\n[ \t]*(?:>[ \t]*)*/g, " ")

/** Display form on separate lines when nothing else is on them; null otherwise. */
function display(text: string, from: number, to: number, body: string): string | null {
  const before = text.slice(text.lastIndexOf("\n", from - 1) + 1, from)
  const newline = text.indexOf("\n", to)
  const behind = text.slice(to, newline < 0 ? undefined : newline)
  if (text.startsWith("\\(", from) || behind.trim() !== "") return null
  if (!/^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?$/.test(before)) return null
  const margin = before.replace(/[^\s>]/g, " ")
  const lines = body.replace(/^[ \t]*\n|\n[ \t>]*$/g, "").split("\n")
  const set = lines.map(
    (line) => margin + line.slice(0, margin.length).replace(/^[ \t>]*/, "") + line.slice(margin.length),
  )
  return ["$$", ...set, `${margin}$$`].join("\n")
}

/** A single dollar: math up to the next one, or money. */
function single(text: string, at: number): [number, string] {
  const literal: [number, string] = [at + 1, "$"]
  const close = /^[^$\n\\]*(?:\\.[^$\n\\]*)*(?=\$)/.exec(text.slice(at + 1, at + 1 + LONGEST_INLINE))
  if (!close || ATTACHED.test(text[at - 1] ?? "") || text[at - 1] === "\\") return literal
  const end = at + 1 + close[0].length
  if (text[end + 1] === "$" || ATTACHED.test(text[end + 1] ?? "") || !looksLikeMath(close[0])) return literal
  return [end + 1, `$$${close[0]}$$`]
}

/** Chinese, Japanese and Korean use no spaces: a formula may directly adjoin their letters. */
const CJK = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]/
/** A letter or digit that makes a dollar sign part of a word: “US$5”. */
export const ATTACHED = new RegExp(String.raw`(?!${CJK.source})[\p{L}\p{N}]`, "u")

/** Maximum characters of math between single dollars. */
const LONGEST_INLINE = 400
const SIGNS = /[\\^_{}=<>+*/|!()[\]\u23d0]|[α-ωΑ-Ωℂℕℚℝℤ∀-⋿←-⇿×÷±′]/
const NAMES = /^(?:sin|cos|tan|cot|sec|csc|log|ln|lg|exp|min|max|sup|inf|lim|mod|gcd|lcm|det|dim|ker|arg|deg|Pr|Re|Im)$/

/** Whether text between two single dollars is math rather than a price and the words after it. */
export function looksLikeMath(body: string): boolean {
  if (body === "" || /^\s|\s$/.test(body)) return false
  const bare = body.replace(/\\(?:text|mathrm|mathbf|operatorname|mbox)\s*\{[^}]*\}|\\[a-zA-Z]+/g, " ")
  const words = (bare.match(/[\p{L}]{2,}/gu) ?? []).filter((word) => !NAMES.test(word))
  if (/^[\d.,]+(?:\s?[kKmMbB]\b)?[\s/]+\p{L}{2,}/u.test(body)) return false
  // “$5到$10”: money, followed by words.
  if (CJK.test(bare) && (/[\u3000-\u303f\uff01-\uff20]/.test(bare) || /^\d/.test(body) || !/[\\^_=]/.test(body)))
    return false
  if (SIGNS.test(body)) return words.length < 2 || /\\[a-zA-Z]+|[_^]\{/.test(body)
  return words.length === 0 && body.length <= 24
}
