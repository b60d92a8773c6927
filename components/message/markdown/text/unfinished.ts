/**
 * A text that is still being written, without the signs at its end whose meaning the next characters decide: a `#` that
 * is no heading yet, the dashes under a paragraph, the head of a table before its line of dashes. Shown at once they
 * would flash as one thing and become another. What has a beginning that is certain (`**bold`, “`code”, `[a link`) is
 * left: Streamdown closes it.
 */

import { certainUpTo } from "@/components/message/markdown/html/growing"
import { openFence } from "@/components/message/markdown/text/fences"
import { uncertainDash } from "@/components/message/markdown/text/lists"
import { ATTACHED, isEnvironment, looksLikeMath } from "@/components/message/markdown/text/math"
import { withoutHalfFence } from "@/components/message/markdown/text/prose"
import { countCells } from "@/components/message/markdown/text/tables"

/** Characters that are held back at most: a sign that never gets its end must not hide an answer. */
const MOST_HELD = 1_500
const MOST_OF_A_LINE = 400

/** The text as far as its meaning is certain. */
export function settled(text: string): string {
  const code = withoutHalfFence(text)
  if (code !== null) return code
  let kept = withoutLastLine(text, isUncertain)
  kept = withoutTableHead(kept)
  const dash = uncertainDash(kept)
  if (dash >= 0) kept = kept.slice(0, dash)
  kept = withoutTail(kept)
  if (kept.includes("<")) kept = kept.slice(0, certainUpTo(kept))
  return withFootnotes(withCodeClosed(kept))
}

const lastLineOf = (text: string) => text.slice(text.lastIndexOf("\n") + 1)

function withoutLastLine(text: string, uncertain: (line: string) => boolean): string {
  const line = lastLineOf(text)
  return line.length <= MOST_OF_A_LINE && uncertain(line) ? text.slice(0, text.length - line.length) : text
}

/** Marks of a line that stand alone: of a heading, a list, a task, a quote, a rule, a fence and its language. */
const ALONE = [
  /^#{1,6}[ \t]*$/,
  /^(?:[-*+]|\d{1,3}[.)]?)[ \t]*$/,
  /^[•‣●◦▪■⁃∙·・○□–][ \t]*[*_~`]{0,3}$/,
  /^[-*+][ \t]+\[[ xX]?\]?[ \t]*$/,
  /^(?:-[- \t]*|=+|\*[* \t]*|_[_ \t]*)$/,
  /^(?:`{1,2}|~{1,2})$/,
  /^(?:`{3,}[^`]*|~{3,}.*)$/,
]
const PREFIX = /^[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]+)*/

function isUncertain(line: string): boolean {
  if (/^[ \t]*>[> \t]*$/.test(line)) return true
  const inner = line.trimStart()
  return ALONE.some((mark) => mark.test(inner) || mark.test(line.replace(PREFIX, "")))
}

const isRow = (line: string | undefined) => line !== undefined && /^[ \t>]*\|/.test(line)

/** A row that may be the head of a table, until the line of dashes below it is as wide. */
function withoutTableHead(text: string): string {
  const lines = text.slice(-2 * MOST_OF_A_LINE).split("\n")
  const [before, above, last = ""] = [lines.at(-3), lines.at(-2), lines.at(-1)]
  const inner = last.replace(/^[ \t>]+/, "")
  if (isRow(last) && !isRow(above) && last.length < MOST_OF_A_LINE) return text.slice(0, text.length - last.length)
  // A row of a table, whose first cell begins with a sign.
  if (isRow(above) && isRow(before))
    return /^\|[\s*_~`]*$/.test(inner) ? text.slice(0, text.length - last.length) : text
  if (!isRow(above) || above === undefined || !/^[|:\- \t]*$/.test(inner)) return text
  const whole = countCells(inner) >= countCells(above) && /^\|?(?:\s*:?-+:?\s*(?:\||$))+$/.test(inner)
  const held = above.length + 1 + last.length
  return whole || held > 2 * MOST_OF_A_LINE ? text : text.slice(0, text.length - held)
}

/** Signs within a line, at the very end of the text. */
const TAILS = [
  // An emphasis or a code span that has no word yet.
  /(?<=^|[\s([{"'“‘«>\u3000-\u9fff\uac00-\ud7a3\uff00-\uffef])(?:\*{1,3}|_{1,3}|~{1,2}|`{1,2})$/,
  // A picture, whole or not at all; the number of a footnote.
  /!\[[^\]\n]*(?:\](?:\([^)\n]*)?)?$/,
  /\[\^[^\]\s]*$/,
  // A tag of HTML, an entity, an escape.
  /<(?:[a-zA-Z/!][^<>\n]{0,200})?$/,
  /&#?\w{0,8}$/,
  /\\$/,
]

function withoutTail(text: string): string {
  let kept = text
  for (const tail of TAILS) {
    const at = lastLineOf(kept).slice(-MOST_OF_A_LINE).search(tail)
    if (at < 0) continue
    const line = lastLineOf(kept).slice(-MOST_OF_A_LINE)
    if (!inCodeSpan(kept, kept.length - line.length + at)) kept = kept.slice(0, kept.length - line.length + at)
  }
  return withoutOpenMath(kept)
}

/** A code span that is still open in the last line gets its end: what closes an emphasis around it must not come into it. */
export function withCodeClosed(text: string): string {
  if (openFence(text)) return text
  let open: string | null = null
  for (const [ticks] of lastLineOf(text).matchAll(/`+/g)) {
    if (open === null) open = ticks
    else if (ticks === open) open = null
  }
  if (open === null) return text
  const code = text.trimEnd()
  return `${code}${code.endsWith("`") ? " " : ""}${open}`
}

/** An odd number of backticks before it in its line. */
function inCodeSpan(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at)
  return (line.match(/`+/g) ?? []).length % 2 === 1
}

/** A formula that is not closed yet: it would be set anew, and mostly wrongly, with every sign. */
function withoutOpenMath(text: string): string {
  for (const [open, close] of [
    ["$$", "$$"],
    ["\\[", "\\]"],
    ["\\(", "\\)"],
  ] as const) {
    const at = open === close ? lastUnpaired(text) : text.lastIndexOf(open)
    if (at < 0 || text.indexOf(close, at + 2) >= 0 || text.length - at > MOST_HELD) continue
    if (/\n[ \t]*\n\S/.test(text.slice(at)) || inCodeSpan(text, at)) continue
    return text.slice(0, at)
  }
  const begun = openEnvironment(text)
  if (begun >= 0 && !inCodeSpan(text, begun)) return text.slice(0, begun)
  return withoutOpenDollar(text)
}

/** Where a formula without dollars begins that has no end yet, in the last of the text; −1 when none does. */
function openEnvironment(text: string): number {
  const from = Math.max(0, text.lastIndexOf("\n\n") + 1, text.length - MOST_HELD)
  const tail = text.slice(from)
  const half =
    /\\(?:b(?:e(?:g(?:i(?:n(?:\{[a-zA-Z]*\*?)?)?)?)?)?|(?:ce?|pu?)|(?:ce|pu)\{(?:[^{}\n]|\{[^{}\n]*\}?)*)$/.exec(tail)
  const open: { name: string; at: number }[] = []
  for (const { 1: verb, 2: name = "", index } of tail.matchAll(/\\(begin|end)\{([a-zA-Z]+\*?)\}/g)) {
    if (verb === "begin") open.push({ name, at: index })
    else if (open.at(-1)?.name === name) open.pop()
  }
  const [first] = open.filter(({ at }) => isEnvironment(tail, at))
  const at = first?.at ?? half?.index
  return at === undefined ? -1 : from + at
}

function withoutOpenDollar(text: string): string {
  const line = lastLineOf(text)
  const at = line.lastIndexOf("$")
  const before = line[at - 1] ?? ""
  if (at < 0 || before === "$" || before === "\\" || ATTACHED.test(before)) return text
  const begun = line.slice(at + 1)
  const dollars = line.slice(0, at).match(/(?<!\\)\$/g)?.length ?? 0
  const maybe = begun === "" || (looksLikeMath(begun.trimEnd()) && (!/^\d/.test(begun) || begun.includes("\\")))
  const held = begun.length < 120 && dollars % 2 === 0 && maybe
  return held && !inCodeSpan(text, text.length - line.length + at)
    ? text.slice(0, text.length - line.length + at)
    : text
}

/** Where the last `$$` stands that has no partner, in the last of the text; −1 when all have one. */
function lastUnpaired(text: string): number {
  const begin = Math.max(0, text.lastIndexOf("\n\n", text.length - MOST_HELD))
  let open = -1
  for (const { index } of text.slice(begin).matchAll(/(?<![\\$])\$\$(?!\$)/g)) open = open < 0 ? begin + index : -1
  return open
}

/** Footnotes are defined behind the text: until they are, their numbers have something to point at. */
function withFootnotes(text: string): string {
  if (!text.includes("[^")) return text
  const named = new Set([...text.matchAll(/\[\^([\w-]{1,200})\](?!:)/g)].map(([, name]) => name))
  const open = [...named].filter((name) => !text.includes(`[^${name}]:`))
  return open.length === 0 ? text : `${text}\n\n${open.map((name) => `[^${name}]: `).join("\n")}`
}
