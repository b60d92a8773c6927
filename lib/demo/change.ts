/** Changing a part of an answer: applies the request by rule, or says that it can't. */
import { CHANGE_PROMPT } from "@/lib/ai/prompts/change"
import { evaluate, formatNumber } from "@/lib/demo/arithmetic"
import { sentencesOf, wordsOf } from "@/lib/demo/words/words"

/** The new part, if a question asks for one; null for any other question. */
export function changedPart(question: string): string | null {
  const wish = changeRequestIn(question)
  if (wish === null) return null
  const from = question.indexOf(BEGINS) + BEGINS.length
  return changedBy(wish, question.slice(from, question.lastIndexOf("\n</part>", question.lastIndexOf(WISH))))
}

const BEGINS = "<part>\n"
const WISH = "\n\nHow to change it: "

/** The request for a part; null if a question asks for no change. */
export function changeRequestIn(question: string): string | null {
  if (!question.startsWith(CHANGE_PROMPT)) return null
  return question.slice(question.lastIndexOf(WISH) + WISH.length, question.lastIndexOf("\n\nAnswer with"))
}

function replaced(part: string, [, old = "", by = ""]: RegExpExecArray): string {
  return part.replaceAll(old, by)
}

/** The first half of its sentences, or of the words of a single sentence. */
function shorter(part: string): string {
  const sentences = sentencesOf(part)
  if (sentences.length > 1) return sentences.slice(0, Math.ceil(sentences.length / 2)).join(" ")
  const words = part.trim().split(/\s+/)
  return words.length < 2
    ? part
    : `${words
        .slice(0, Math.ceil(words.length / 2))
        .join(" ")
        .replace(/[,;:]$/, "")}.`
}

/** Adds what can be counted in it. */
function longer(part: string): string {
  const count = wordsOf(part).length
  const letters = wordsOf(part).reduce((sum, word) => sum + word.length, 0)
  return `${part.trimEnd()} These were ${count} ${count === 1 ? "word" : "words"} with ${letters} letters.`
}

/** One short sentence each, without anything in parentheses. */
const simpler = (part: string): string =>
  part.replace(/\s*\([^()]*\)/g, "").replace(/;\s+(\p{L})/gu, (_, letter: string) => `. ${letter.toUpperCase()}`)

/** Fixes wrong sums, duplicated words, and spaces before commas. */
const corrected = (part: string): string =>
  part
    .replace(
      /(\d[\d\s+*/×().-]*\d)(\s*=\s*)(\*{0,2})(-?\d[\d.,]*\d|-?\d)/g,
      (whole, sum: string, sign: string, bold: string) => {
        const value = evaluate(sum.replaceAll("×", "*"))
        return value === null ? whole : `${sum}${sign}${bold}${formatNumber(value)}`
      },
    )
    .replace(/\b(\p{L}+)(\s+)\1\b/giu, "$1")
    .replace(/ +([,.;:!?])/g, "$1")

type Rule = [asked: RegExp, change: (part: string, match: RegExpExecArray) => string]

const RULES: Rule[] = [
  [/\b(?:replace|ersetze)\s+["“„]?(.+?)["”“]?\s+(?:with|by|durch)\s+["“„]?(.+?)["”“]?\.?$/i, replaced],
  [/\bupper ?case\b|\bcapitals\b|großbuchstaben/i, (part) => part.toUpperCase()],
  [/\blower ?case\b|kleinbuchstaben/i, (part) => part.toLowerCase()],
  [/\b(?:shorter|shorten|brief|concise)\b|kürzer|knapper/i, shorter],
  [/\b(?:longer|expand|more detail)\b|länger|ausführlicher/i, longer],
  [/\b(?:simpler|simplify|plain)\b|einfacher/i, simpler],
  [
    /\b(?:list|bullets?|points)\b|liste|stichpunkt/i,
    (part) =>
      sentencesOf(part)
        .map((one) => `- ${one}`)
        .join("\n"),
  ],
  [/\b(?:fix|correct|bug|mistakes?|typos?)\b|fehler|korrigier|behebe/i, corrected],
]

export function changedBy(wish: string, part: string): string {
  for (const [asked, change] of RULES) {
    const match = asked.exec(wish)
    if (match) return change(part, match)
  }
  return `${part} (The demo model can make a part shorter, longer, simpler, a list, upper or lower case, replace words, and correct sums.)`
}
