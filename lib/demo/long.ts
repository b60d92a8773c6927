/** Long texts: the requested number of words, made of computed facts. */
import { primesUpTo } from "@/lib/demo/code"
import { backwards, counted, termsOf, vowels } from "@/lib/demo/markdown"
import { wordsOf } from "@/lib/demo/words/words"

const MAX_WORDS = 20_000
/** Words of the shortest sentence about a number, which determines the size of the sieve. */
const SHORTEST_SENTENCE = 15

/**
 * About `count` words (at most 20,000) on the given text: facts about its own words, then about the numbers from 1 on.
 */
export function makeLong(text: string, count: number): string {
  const paragraphs: string[] = []
  const most = Math.min(count, MAX_WORDS)
  let words = 0
  const add = (paragraph: string) => {
    paragraphs.push(paragraph)
    words += wordsOf(paragraph).length
  }
  for (const word of termsOf(text))
    add(
      `The word “${word}” has ${counted(word.length, "letter")}, of which ${vowels(word)} ${vowels(word) === 1 ? "is a vowel" : "are vowels"}. Backwards it reads “${backwards(word)}”, and its first letter is “${word[0]}”.`,
    )
  const primes = new Set(primesUpTo(Math.ceil(most / SHORTEST_SENTENCE) + 1))
  for (let n = 1; words < most; n++)
    add(
      `The number ${n} is ${primes.has(n) ? "prime" : n % 2 === 0 ? "even" : "odd and not prime"}; its square is ${n ** 2}, its cube is ${n ** 3}, and in binary it is written ${n.toString(2)}.`,
    )
  return paragraphs.join("\n\n")
}

/** `count` paragraphs, each on the next of the text's words. */
export function makeParagraphs(text: string, count: number): string {
  const terms = termsOf(text)
  const primes = new Set(primesUpTo(count + 1))
  return Array.from({ length: count }, (_, at) => {
    const word = terms[at % Math.max(1, terms.length)] ?? "text"
    const n = at + 1
    return `Paragraph ${n} is about “${word}”: ${counted(word.length, "letter")}, ${counted(vowels(word), "vowel")} among them, “${backwards(word)}” when it is read backwards. Its number, ${n}, is ${primes.has(n) ? "a prime" : "no prime"}, and its square is ${n ** 2}.`
  }).join("\n\n")
}
