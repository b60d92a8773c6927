/** What counting says about any text: its words, its terms, its longest sentence, its most important sentences. */
import { keyTerms, personOf, sentencesOf, wordsOf } from "@/lib/demo/words/words"

/** Characters from which a message is treated as a text to analyze. */
export const LONG_TEXT = 400
const QUOTED = 400
const IN_A_SUMMARY = 3

export function readBack(text: string): string {
  const words = wordsOf(text)
  if (words.length === 0) return "Your message has no words that I could count."
  const sentences = sentencesOf(text)
  const terms = keyTerms(text)
  const long = text.length >= LONG_TEXT
  const name = /\b(?:my name is|I am|I'm|I’m)\b/i.test(text.slice(0, LONG_TEXT)) ? personOf(text) : null
  const longest = sentences.reduce((best, sentence) => (sentence.length > best.length ? sentence : best), "")
  return [
    ...(name ? [`Hello, ${name}.`] : []),
    `Your message has ${count(words.length, "word")} in ${count(sentences.length, "sentence")}${terms.length > 0 ? `; the main words are ${frequencies(words, terms)}` : ""}.`,
    ...(long ? [`Its longest sentence: “${longest.slice(0, QUOTED)}”`] : []),
    ...(long || /\bsummar/i.test(text) ? summary(sentences, words) : []),
    "I can describe images, use tools, fill a JSON schema, calculate (`12*(3+4)`), remember what you said, and write tables, code, lists, math, and diagrams.",
  ].join("\n\n")
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`

function frequencies(words: string[], terms: string[]): string {
  const counts = countWords(words)
  return terms
    .map((term) => {
      const times = counts.get(term) ?? 1
      return times > 1 ? `**${term}** (${times} times)` : `**${term}**`
    })
    .join(", ")
}

function countWords(words: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) {
    const lower = word.toLowerCase().replace(/['’]s$/, "")
    counts.set(lower, (counts.get(lower) ?? 0) + 1)
  }
  return counts
}

/** The sentences with the most frequent key terms, in their original order. */
function summary(sentences: string[], words: string[]): string[] {
  if (sentences.length <= IN_A_SUMMARY) return []
  const counts = countWords(words)
  const weighed = [...new Set(sentences)].map((sentence, at) => {
    const terms = keyTerms(sentence, 20)
    const weight = terms.reduce((sum, term) => sum + (counts.get(term) ?? 0), 0) / Math.sqrt(Math.max(4, terms.length))
    return { sentence, at, weight }
  })
  const chosen = weighed.sort((a, b) => b.weight - a.weight).slice(0, IN_A_SUMMARY)
  const lines = chosen.sort((a, b) => a.at - b.at).map(({ sentence }) => `> ${sentence.slice(0, QUOTED)}`)
  return [`The sentences that carry most of its terms:\n\n${lines.join("\n>\n")}`]
}
