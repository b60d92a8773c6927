/**
 * Trims from a growing text the trailing syntax whose meaning the next characters decide: a `#` that is not a heading
 * yet, dashes under a paragraph, a table header before its delimiter row. Shown immediately, they would flash as one
 * thing and become another. Syntax with a certain start (`**bold`, “`code`, `[a link`) is kept: Streamdown closes it.
 */

import { stablePrefixLength } from "@/components/message/markdown/html/growing"
import { openFence } from "@/components/message/markdown/text/fences"
import { ambiguousDashStart } from "@/components/message/markdown/text/lists"
import { ATTACHED, isEnvironment, looksLikeMath } from "@/components/message/markdown/text/math"
import { trimPartialFence } from "@/components/message/markdown/text/prose"
import { countCells } from "@/components/message/markdown/text/tables"

/** Maximum characters held back: a sign that never ends must not hide an answer. */
const MAX_HELD = 1_500
const MAX_OF_A_LINE = 400

/** The text up to where its meaning is certain. */
export function settled(text: string): string {
  const code = trimPartialFence(text)
  if (code !== null) return code
  let kept = withoutLastLine(text, isUncertain)
  kept = withoutTableHead(kept)
  const dash = ambiguousDashStart(kept)
  if (dash >= 0) kept = kept.slice(0, dash)
  kept = withoutTail(kept)
  if (kept.includes("<")) kept = kept.slice(0, stablePrefixLength(kept))
  return withFootnotes(closeOpenCodeSpan(kept))
}

const lastLineOf = (text: string) => text.slice(text.lastIndexOf("\n") + 1)

function withoutLastLine(text: string, uncertain: (line: string) => boolean): string {
  const line = lastLineOf(text)
  return line.length <= MAX_OF_A_LINE && uncertain(line) ? text.slice(0, text.length - line.length) : text
}

/** Markers alone on a line: heading, list, task, quote, rule, fence with its language. */
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

/** A row that may be a table header, until the delimiter row below it is as wide. */
function withoutTableHead(text: string): string {
  const lines = text.slice(-2 * MAX_OF_A_LINE).split("\n")
  const [before, above, last = ""] = [lines.at(-3), lines.at(-2), lines.at(-1)]
  const inner = last.replace(/^[ \t>]+/, "")
  if (isRow(last) && !isRow(above) && last.length < MAX_OF_A_LINE) return text.slice(0, text.length - last.length)
  // A table row whose first cell starts with a sign.
  if (isRow(above) && isRow(before))
    return /^\|[\s*_~`]*$/.test(inner) ? text.slice(0, text.length - last.length) : text
  if (!isRow(above) || above === undefined || !/^[|:\- \t]*$/.test(inner)) return text
  const whole = countCells(inner) >= countCells(above) && /^\|?(?:\s*:?-+:?\s*(?:\||$))+$/.test(inner)
  const held = above.length + 1 + last.length
  return whole || held > 2 * MAX_OF_A_LINE ? text : text.slice(0, text.length - held)
}

/** Inline syntax at the very end of the text. */
const TAILS = [
  // Emphasis or a code span without a word yet.
  /(?<=^|[\s([{"'“‘«>\u3000-\u9fff\uac00-\ud7a3\uff00-\uffef])(?:\*{1,3}|_{1,3}|~{1,2}|`{1,2})$/,
  // An image, shown complete or not at all; the number of a footnote.
  /!\[[^\]\n]*(?:\](?:\([^)\n]*)?)?$/,
  /\[\^[^\]\s]*$/,
  // An HTML tag, an entity, an escape.
  /<(?:[a-zA-Z/!][^<>\n]{0,200})?$/,
  /&#?\w{0,8}$/,
  /\\$/,
]

function withoutTail(text: string): string {
  let kept = text
  for (const tail of TAILS) {
    const at = lastLineOf(kept).slice(-MAX_OF_A_LINE).search(tail)
    if (at < 0) continue
    const line = lastLineOf(kept).slice(-MAX_OF_A_LINE)
    if (!inCodeSpan(kept, kept.length - line.length + at)) kept = kept.slice(0, kept.length - line.length + at)
  }
  return withoutOpenMath(kept)
}

/** Closes a code span open in the last line: the closing of an emphasis around it must not end up inside. */
export function closeOpenCodeSpan(text: string): string {
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

/** Whether an odd number of backtick runs precede the position in its line. */
function inCodeSpan(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at)
  return (line.match(/`+/g) ?? []).length % 2 === 1
}

/** Drops an unclosed formula: it would be typeset again, mostly wrongly, with every character. */
function withoutOpenMath(text: string): string {
  for (const [open, close] of [
    ["$$", "$$"],
    ["\\[", "\\]"],
    ["\\(", "\\)"],
  ] as const) {
    const at = open === close ? lastUnpaired(text) : text.lastIndexOf(open)
    if (at < 0 || text.indexOf(close, at + 2) >= 0 || text.length - at > MAX_HELD) continue
    if (/\n[ \t]*\n\S/.test(text.slice(at)) || inCodeSpan(text, at)) continue
    return text.slice(0, at)
  }
  const begun = openEnvironment(text)
  if (begun >= 0 && !inCodeSpan(text, begun)) return text.slice(0, begun)
  return withoutOpenDollar(text)
}

/** Where an unclosed formula without dollars begins near the end of the text; −1 when none does. */
function openEnvironment(text: string): number {
  const from = Math.max(0, text.lastIndexOf("\n\n") + 1, text.length - MAX_HELD)
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

/** The position of the last unpaired `$$` near the end of the text; −1 when all are paired. */
function lastUnpaired(text: string): number {
  const begin = Math.max(0, text.lastIndexOf("\n\n", text.length - MAX_HELD))
  let open = -1
  for (const { index } of text.slice(begin).matchAll(/(?<![\\$])\$\$(?!\$)/g)) open = open < 0 ? begin + index : -1
  return open
}

/** Footnotes are defined after the text: until then, adds placeholders for their numbers to refer to. */
function withFootnotes(text: string): string {
  if (!text.includes("[^")) return text
  const named = new Set([...text.matchAll(/\[\^([\w-]{1,200})\](?!:)/g)].map(([, name]) => name))
  const open = [...named].filter((name) => !text.includes(`[^${name}]:`))
  return open.length === 0 ? text : `${text}\n\n${open.map((name) => `[^${name}]: `).join("\n")}`
}
