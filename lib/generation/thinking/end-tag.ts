/** Whether a lone end tag ends the reasoning, or is text about a tag. Pure. */

/** Starts of an answer that reasoning never has: a heading, a fence, a table, JSON, HTML. */
const BEGINS_ANSWER = /^\s*(?:#{1,6}\s|```|~~~|[|{[<])/
/** Characters after a tag within which an open code span may end. */
const SPAN = 200
/** Characters before a tag that are searched for an open code span. */
const LONGEST_PARAGRAPH = 20_000

/** Whether the text clearly starts as an answer. Null while more input is needed to tell. */
export const isAnswerBegun = (text: string): boolean | null =>
  /^\s*(?:#{1,6}|`{1,2}|~{1,2})$/.test(text) ? null : BEGINS_ANSWER.test(text)

/**
 * Whether an end tag between `before` and `after` ends the reasoning: unless it is in code, has its own begin tag
 * before it, or is a word in a sentence. Null while more input is needed to tell; `whole`: no more input follows.
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

/** Whether a sentence mentions the tag: a space or a quote comes before it, and the sentence continues after it. */
function isWord(before: string, after: string): boolean {
  const [last = "\n"] = before.slice(-1)
  const [next = "\n"] = after
  if (/[,;:?!.)\]'"’”»]/.test(next) && !/\n/.test(last)) return true
  if (/["'‘“«([`*_]/.test(last)) return last === next
  if (!/[ \t]/.test(last)) return false
  // After the end of a sentence, or before an empty line, it is not part of a sentence.
  const sentenceEnds = /[.!?…:)"”。！？]\s*$/.test(before.slice(-20))
  return /^(?:[ \t]|\n(?!\s*\n)|$)/.test(after) && !sentenceEnds
}

/** Whether the end of the text is inside a fenced block. */
function inFence(text: string): boolean {
  let fence = ""
  for (const [, sign = ""] of text.matchAll(/^ {0,3}(`{3,}|~{3,})/gm)) {
    if (fence === "") fence = sign
    else if (sign.startsWith(fence)) fence = ""
  }
  return fence !== ""
}

/** The backticks that open a code span which the paragraph does not close. */
function openSpan(paragraph: string): string | null {
  let open: string | null = null
  for (const [ticks] of paragraph.matchAll(/`+/g)) {
    if (open === null) open = ticks
    else if (ticks === open) open = null
  }
  return open
}

/** Whether a code span ends in the text, within its paragraph. */
function spanEnd(text: string, open: string): "closed" | "none" | "open" {
  const [paragraph = "", next] = text.split(/\n[ \t]*\n/, 2)
  for (const [ticks] of paragraph.matchAll(/`+/g)) if (ticks === open) return "closed"
  return next === undefined ? "open" : "none"
}
