/**
 * The ways in which models write mathematics, made one: `$$…$$` within a line, `$$` on lines of their own around what
 * is displayed. Money stays money: “$5 and $10” is left alone. One pass, linear in the text.
 */
import { type Fence, fenceAfter } from "@/components/message/markdown/fences"

const MAYBE = /\$|\\[[(]/

/** The text with its mathematics between double dollars. Code is left as it is. */
export function withMath(text: string): string {
  if (!MAYBE.test(text)) return text
  let out = ""
  let prose = ""
  let fence: Fence | null = null
  for (const line of text.split(/(?<=\n)/)) {
    const after = fenceAfter(line.replace(/\n$/, ""), fence)
    if (!fence && !after) {
      prose += line
    } else {
      out += proseWithMath(prose) + line
      prose = ""
    }
    fence = after
  }
  return out + proseWithMath(prose)
}

/** What opens here, where it may close, and what is made of it. */
const DELIMITERS = [
  { open: "$$", close: "$$" },
  { open: "\\[", close: "\\]" },
  { open: "\\(", close: "\\)" },
] as const

function proseWithMath(text: string): string {
  let out = ""
  let from = 0
  const stops = /[`$\\]/g
  /** Closing marks that are not to be found behind here: each is searched for once. */
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

/** Where the part ends that begins at a stop, and what is written for it. */
function partAt(text: string, at: number, missing: Set<string>): [end: number, made: string] {
  if (text[at] === "`") return codeSpan(text, at, missing)
  const run = /^\$+/.exec(text.slice(at, at + 80))?.[0] ?? ""
  if (run.length === 1) return single(text, at)
  // “$$$”: how dear a restaurant is.
  if (run.length > 2) return [at + run.length, "\\$".repeat(run.length)]
  const kind = DELIMITERS.find(({ open }) => text.startsWith(open, at))
  if (!kind) return [at + 2, text.slice(at, at + 2)]
  const close = closeOf(text, at + 2, kind.close, missing)
  const body = close < 0 ? "" : text.slice(at + 2, close)
  if (body.trim() === "" || /\n[ \t]*\n/.test(body) || /^[)\].,;:!?]/.test(body))
    return [at + 2, kind.open === "$$" ? "\\$\\$" : kind.open]
  return [close + 2, display(text, at, close + 2, body) ?? `$$${inline(body)}$$`]
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

const inline = (body: string) => body.trim().replace(/\s*\n\s*/g, " ")

/** Written on lines of its own when nothing else stands there; null when something does. */
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

/** One dollar: mathematics up to the next one, or money. */
function single(text: string, at: number): [number, string] {
  const literal: [number, string] = [at + 1, "$"]
  const close = /^[^$\n\\]*(?:\\.[^$\n\\]*)*(?=\$)/.exec(text.slice(at + 1, at + 1 + LONGEST_INLINE))
  if (!close || /[\p{L}\p{N}\\]/u.test(text[at - 1] ?? "")) return literal
  const end = at + 1 + close[0].length
  if (/[\p{L}\p{N}$]/u.test(text[end + 1] ?? "") || !looksLikeMath(close[0])) return literal
  return [end + 1, `$$${close[0]}$$`]
}

/** Characters of mathematics between single dollars. */
const LONGEST_INLINE = 400
const SIGNS = /[\\^_{}=<>+*/|!()[\]]|[α-ωΑ-Ωℂℕℚℝℤ∀-⋿←-⇿×÷±′]/
const NAMES = /^(?:sin|cos|tan|cot|sec|csc|log|ln|lg|exp|min|max|sup|inf|lim|mod|gcd|lcm|det|dim|ker|arg|deg|Pr|Re|Im)$/

/** What stands between two single dollars is mathematics, not a price and the words behind it. */
export function looksLikeMath(body: string): boolean {
  if (body === "" || /^\s|\s$/.test(body)) return false
  const bare = body.replace(/\\(?:text|mathrm|mathbf|operatorname|mbox)\s*\{[^}]*\}|\\[a-zA-Z]+/g, " ")
  const words = (bare.match(/[\p{L}]{2,}/gu) ?? []).filter((word) => !NAMES.test(word))
  if (/^[\d.,]+(?:\s?[kKmMbB]\b)?[\s/]+\p{L}{2,}/u.test(body)) return false
  if (SIGNS.test(body)) return words.length < 2 || /\\[a-zA-Z]+|[_^]\{/.test(body)
  return words.length === 0 && body.length <= 24
}
