/**
 * Finds a quote in a source. Typesetting differences are ignored: whitespace and line endings, hyphenation, ligatures,
 * the style of quotation marks and dashes. Letters, their case, digits, and their order must match. Pure; linear.
 */

export interface FoundQuote {
  /** UTF-16 code units in the original source. */
  start: number
  length: number
}

/** What a character is compared as; "" for invisible ones. */
const SAME: Record<string, string> = {
  ...Object.fromEntries([..."“”„‟«»″"].map((sign) => [sign, '"'])),
  ...Object.fromEntries([..."‘’‚‛‹›′`´"].map((sign) => [sign, "'"])),
  ...Object.fromEntries([..."‐‑‒–—―−"].map((sign) => [sign, "-"])),
  "…": "...",
  "\u00AD": "",
  "\u200B": "",
  "\u200C": "",
  "\u200D": "",
  "\u2060": "",
  "\uFEFF": "",
}

interface Reading {
  text: string
  /** For each code unit of `text`, its offset in the source. */
  from: number[]
}

/** `joins`: whether a hyphen at the end of a line is a break within a word; otherwise it is part of the word. */
function read(source: string, joins: boolean): Reading {
  const from: number[] = []
  let text = ""
  for (let at = 0; at < source.length; ) {
    const char = letterAt(source, at)
    const broken = /[-‐\u00AD]/.test(char)
      ? /^[-‐\u00AD][ \t]*\r?\n\s*(?=\p{Ll})/u.exec(source.slice(at, at + 64))
      : null
    if (broken) {
      if (!joins) {
        text += "-"
        from.push(at)
      }
      at += broken[0].length
      continue
    }
    const seen = /\s/.test(char) ? " " : (SAME[char] ?? char.normalize("NFKC"))
    if (!(seen === " " && (text === "" || text.endsWith(" ")))) {
      text += seen
      for (let unit = 0; unit < seen.length; unit++) from.push(at)
    }
    at += char.length
  }
  return { text, from }
}

/** A letter with its combining marks: “é” may be one character or two. */
const LETTER = /.\p{M}*/suy

function letterAt(source: string, at: number): string {
  LETTER.lastIndex = at
  return LETTER.exec(source)?.[0] ?? ""
}

const isWord = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char)

/** A text prepared for finding many quotes. */
export class QuotableText {
  private readonly readings: Reading[]

  constructor(private readonly source: string) {
    const joined = read(source, true)
    const kept = read(source, false)
    this.readings = joined.text === kept.text ? [joined] : [joined, kept]
  }

  /** The first occurrence of a quote; null if there is none, or only inside longer words and numbers. */
  find(quote: string): FoundQuote | null {
    const wanted = read(quote, true).text.trim()
    if (!/[\p{L}\p{N}]/u.test(wanted)) return null
    for (const { text, from } of this.readings) {
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
        const end = at + wanted.length
        const begins = !(isWord(wanted[0]) && isWord(text[at - 1]))
        const ends = !(isWord(wanted.at(-1)) && isWord(text[end])) && !splitsNumber(text, at, end)
        if (!begins || !ends) continue
        const start = from[at] ?? 0
        const last = from[end - 1] ?? start
        const width = letterAt(this.source, last).length
        return { start, length: last + width - start }
      }
    }
    return null
  }
}

/** “12” is not a quote of “12.50”, nor “5” of “1,5”. */
const splitsNumber = (text: string, at: number, end: number): boolean =>
  /^[.,]\d/.test(text.slice(end, end + 2)) && /\d/.test(text[end - 1] ?? "")
    ? true
    : /\d[.,]$/.test(text.slice(Math.max(0, at - 2), at)) && /\d/.test(text[at] ?? "")
