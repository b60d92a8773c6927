/** Is a lone end tag of thinking the end of thinking, or words about a tag? Pure. */

/** Signs with which an answer begins, and no thinking: a heading, a fence, a table, JSON, HTML. */
const BEGINS_ANSWER = /^\s*(?:#{1,6}\s|```|~~~|[|{[<])/
/** Characters behind a tag within which an open span of code may end. */
const SPAN = 200
/** Characters before a tag in which an open span of code is looked for. */
const LONGEST_PARAGRAPH = 20_000

/** Has the text plainly begun as an answer? Null while more must come to tell. */
export const isAnswerBegun = (text: string): boolean | null =>
  /^\s*(?:#{1,6}|`{1,2}|~{1,2})$/.test(text) ? null : BEGINS_ANSWER.test(text)

/**
 * What an end tag between `before` and `after` is. It ends thinking unless it stands in code, has a begin tag of its own
 * before it, or stands in a sentence as a word. Null while more must come to tell; `whole`: nothing more comes.
 */
export function isEnd(before: string, after: string, openTag: string, whole: boolean): boolean | null {
  if (before.toLowerCase().includes(openTag)) return false
  const paragraph =
    before
      .slice(-LONGEST_PARAGRAPH)
      .split(/\n[ \t]*\n/)
      .at(-1) ?? ""
  if (inFence(before) || /(?:^|\n)(?: {4}|\t)[ \t]*$/.test(paragraph)) return false
  const open = openSpan(paragraph)
  if (open !== null) {
    const end = spanEnd(after, open)
    if (end === "closed") return false
    if (end === "open" && !whole && after.length < SPAN) return null
  }
  if (after.length < 2 && !whole) return null
  return !isWord(before, after)
}

/** Does a sentence speak of the tag? Then there is a space or a quote before it, and it goes on behind it. */
function isWord(before: string, after: string): boolean {
  const [last = "\n"] = before.slice(-1)
  const [next = "\n"] = after
  if (/[,;:?!.)\]'"’”»]/.test(next) && !/\n/.test(last)) return true
  if (/["'‘“«([`*_]/.test(last)) return last === next
  if (!/[ \t]/.test(last)) return false
  // Behind the end of a sentence, or before an empty line, it is no word of one.
  const sentenceEnds = /[.!?…:)"”。！？]\s*$/.test(before.slice(-20))
  return /^(?:[ \t]|\n(?!\s*\n)|$)/.test(after) && !sentenceEnds
}

/** Is the end of the text in a fenced block? */
function inFence(text: string): boolean {
  let fence = ""
  for (const [, sign = ""] of text.matchAll(/^ {0,3}(`{3,}|~{3,})/gm)) {
    if (fence === "") fence = sign
    else if (sign.startsWith(fence)) fence = ""
  }
  return fence !== ""
}

/** The backticks that open a span of code which the paragraph does not close. */
function openSpan(paragraph: string): string | null {
  let open: string | null = null
  for (const [ticks] of paragraph.matchAll(/`+/g)) {
    if (open === null) open = ticks
    else if (ticks === open) open = null
  }
  return open
}

/** Whether a span of code ends in the text, in its paragraph. */
function spanEnd(text: string, open: string): "closed" | "none" | "open" {
  const [paragraph = "", next] = text.split(/\n[ \t]*\n/, 2)
  for (const [ticks] of paragraph.matchAll(/`+/g)) if (ticks === open) return "closed"
  return next === undefined ? "open" : "none"
}
