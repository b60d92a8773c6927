/** Turns a model's reply to a title request into a title. Pure. */
import { ASSENT, LABEL, LABEL_ONLY, LEAD_IN, NO_TITLE, QUOTED_TITLE } from "@/lib/chat/title-words"
import { cut } from "@/lib/cut"

const MAX_TITLE = 80
/** Characters read from the end of a reply: the title comes after any reasoning. */
const READ = 20_000
/**
 * Number of lines searched for the title, and characters per line: a title has at most 80, and whatever surrounds it is
 * removed step by step.
 */
const MAX_LINES = 400
const MAX_OF_LINE = 500

const PAIRS: [open: string, close: string][] = [
  ['"', '"'],
  ["'", "'"],
  ['\\"', '\\"'],
  ["\\*", "\\*"],
  ["“", "”"],
  ["”", "”"],
  ["„", "“"],
  ["„", "”"],
  ["‘", "’"],
  ["‚", "‘"],
  ["«", "»"],
  ["»", "«"],
  ["‹", "›"],
  ["「", "」"],
  ["『", "』"],
  ["《", "》"],
  ["〈", "〉"],
  ["【", "】"],
  ["***", "***"],
  ["**", "**"],
  ["*", "*"],
  ["___", "___"],
  ["__", "__"],
  ["_", "_"],
  ["~~", "~~"],
  ["```", "```"],
  ["``", "``"],
  ["`", "`"],
]
/** Quotation marks that are removed if there is only one. */
const LONE_QUOTES = /^["“”„«»「『《]|["“”„«»」』》]$/gu
/** Words that end with a period of their own. */
const ABBREVIATED =
  /(?:(?:^|[\s(])(?:\p{L}\.){2,}|\b(?:inc|ltd|co|corp|jr|sr|etc|vs|st|dr|mr|mrs|ms|prof|bzw|usw|no)\.)$/iu

/** One line without anything models add around a title; null if nothing is left. At most 80 characters. */
export function cleanTitle(said: string): string | null {
  const text = withoutThinking(said.slice(-READ)).replace(
    /[\u200b\ufeff\u2060\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    "",
  )
  const structured = titleInJson(text)
  const lines = structured === null ? linesOf(text) : [structured]
  const numbered = lines.filter((line) => LIST.test(line)).length
  for (const [at, line] of lines.entries()) {
    const title = tidyLine(cut(line, MAX_OF_LINE), numbered > 1, at < lines.length - 1)
    if (title) return shortened(title)
  }
  return null
}

const NAMES = "think(?:ing)?|thought|reasoning|seed:think|mm:think|longcat_think"
const CHANNEL = "<\\|channel\\|>analysis<\\|message\\|>"
const THINKS = new RegExp(`^\\s*(?:<(?:${NAMES})(?:\\s[^<>]*)?>|\\[THINK\\]|◁think▷|${CHANNEL})`, "i")
const THOUGHT = new RegExp(`</(?:${NAMES})\\s*>|\\[/THINK\\]|◁/think▷|<\\|channel\\|>final<\\|message\\|>`, "gi")

/** The text after the reasoning; empty if the reasoning was cut off. */
function withoutThinking(text: string): string {
  const behind = THINKS.test(text) ? "" : text
  const end = [...text.matchAll(THOUGHT)].findLast(({ index }) => text[index - 1] !== "`")
  return end ? text.slice(end.index + end[0].length) : behind
}

const linesOf = (text: string): string[] => {
  const all = text.split(/\r\n|[\r\n\u2028\u2029]/, MAX_LINES)
  const lines = all.filter((line) => !/^\s*(?:`{3,}|~{3,})[\w+-]*\s*$/.test(line))
  // A line that announces the title is not the title, unless nothing follows.
  return lines.filter((line, at) => !(/[:：]["'*_\s]*$/.test(line) && lines.slice(at + 1).some((next) => next.trim())))
}

/** The title in a JSON object, list, or string, even if fenced or cut off. */
function titleInJson(text: string): string | null {
  const json = /^[^{["]{0,200}?(?:`{3,}\w*\s*)?([{[][\s\S]*)$/.exec(text.trim())?.[1]?.replace(/\s*`{3,}\s*$/, "")
  if (!json || !/^(?:\{\s*(?:"|$|['"]?title['"]?\s*:)|\[\s*["{])/i.test(json)) return null
  try {
    return wordIn(JSON.parse(json))
  } catch {
    const [, word] =
      /"(?:title|name|heading)"\s*:\s*"((?:[^"\\]|\\.)*)/i.exec(json) ??
      /^\{\s*['"]?title['"]?\s*:\s*['"]?([^'"}]+)/i.exec(json) ??
      []
    return word === undefined ? null : word.replaceAll(/\\(.)/g, "$1")
  }
}

function wordIn(value: unknown): string | null {
  if (typeof value === "string") return value
  if (typeof value !== "object" || value === null) return null
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b))
  for (const [, member] of entries) {
    const word = wordIn(member)
    if (word) return word
  }
  return null
}

const rank = (key: string) => (/title/i.test(key) ? 0 : /name|heading|titel|titre/i.test(key) ? 1 : 2)

const LIST = /^\s*(?:[-*+•‣·]|\(?\d{1,2}[.)、])\s+(?=\S)/

/**
 * A line as a title; empty if it isn't one. `inList`: the line is in a list of several items; `more`: other lines
 * follow.
 */
function tidyLine(line: string, inList: boolean, more: boolean): string {
  let text = line.replace(/[\s\p{Cc}]+/gu, " ").trim()
  if (/^[-*_=~]{3,}$/.test(text)) return ""
  for (let before = ""; before !== text; ) {
    before = text
    text = text.replace(/^>\s*|^\[[ x]\]\s+/i, "").replace(/^#{1,6}\s+(.*?)(?:\s+#+)?$/, "$1")
    // A list item in bold with an explanation.
    if (LIST.test(text)) text = text.replace(/^(.{1,5}\s)\*\*([^*]+?):?\*\*\s*(?:[:：]|[–—-]\s).*$/, "$1$2")
    if (inList || /^(?:[-+*•‣·]|\(?1[.)])\s/.test(text)) text = text.replace(LIST, "")
    text = unwrapped(text).trim()
    const assented = text.replace(ASSENT, "")
    const only = /[!！]/.test(text.slice(0, text.length - assented.length))
    if (assented === "" || only || LEAD_IN.test(assented) || LABEL.test(assented)) text = assented
    text = text.replace(LEAD_IN, "").replace(LABEL, "").replace(QUOTED_TITLE, "$1").trim()
    if (LABEL_ONLY.test(text)) return inList || more || text === line.trim() ? "" : text
    text = withoutStop(text)
  }
  return /[\p{L}\p{N}\p{S}]/u.test(text) && !NO_TITLE.test(text) ? text : ""
}

/** Without quotes, emphasis, a link, or a tag around the whole text. */
function unwrapped(text: string): string {
  const [, inner] =
    /^<(?:title|answer|h[1-6]|b|strong|em|i|p|div|span)>(.*)<\/\w+>$/i.exec(text) ??
    /^<(?:title|answer)>([^<]+)$/i.exec(text) ??
    /^\[([^\]]+)\]\([^)]*\)$/.exec(text) ??
    []
  if (inner !== undefined) return inner
  for (const [open, close] of PAIRS) {
    if (text.length <= open.length + close.length || !text.startsWith(open) || !text.endsWith(close)) continue
    const between = text.slice(open.length, -close.length)
    // Two quoted words are not one quotation, and `__init__` is a name.
    if (between.includes(open) || between.includes(close) || between.trim() === "") continue
    if (open === "__" && /^[a-z\d]+(?:_[a-z\d]+)*$/.test(between)) continue
    return between
  }
  const quotes = text.match(/["“”„«»「」『』《》]/gu) ?? []
  // An inch mark is not a quotation mark.
  return quotes.length === 1 && !/\d"$/.test(text) ? text.replace(LONE_QUOTES, "") : text
}

function withoutStop(text: string): string {
  const bare = text.replace(/(?:[\s,:：、]|(?<!&#?\w{1,8});)+$/u, "").replace(/^([^*]*[^*\s])\*\*$/, "$1")
  return /(?:\.\.|…)\.?$/.test(bare) || ABBREVIATED.test(bare) ? bare : bare.replace(/[.。．]$/u, "")
}

/** At most 80 characters: cut at a word boundary if possible, never within a character. */
function shortened(title: string): string {
  if (title.length <= MAX_TITLE) return title
  const at = cut(title, MAX_TITLE - 1).lastIndexOf(" ")
  if (at > MAX_TITLE / 2) return `${title.slice(0, at).replace(/[\s,;:–—-]+$/, "")}…`
  let kept = ""
  for (const { segment } of new Intl.Segmenter().segment(title)) {
    if (kept.length + segment.length > MAX_TITLE) break
    kept += segment
  }
  return kept
}
