/**
 * How text becomes what a search index holds. Made here and not by the databases, so that both find the same:
 * case and diacritics folded, and writing without spaces (Chinese, Japanese, Korean, Thai …) found by its
 * characters.
 */
import { setImmediate as nextTurn } from "node:timers/promises"
import { APOSTROPHES, fold, isAscii } from "@/lib/search/fold"

/** What words are made of, and what may stand in them unseen. */
const WORD = String.raw`[[\p{L}\p{N}\p{M}\u00ad\u200b-\u200d\u2060\ufeff]--[${APOSTROPHES}]]`
const SCRIPTS = ["Han", "Hira", "Kana", "Bopo", "Hang", "Thai", "Laoo", "Khmr", "Mymr"]
const UNSPACED = `[${SCRIPTS.map((script) => `\\p{scx=${script}}`).join("")}]`
// The flag v (sets of characters) is newer than the language level of this project's types.
const SEGMENTS = new RegExp(`((?:[${WORD}&&${UNSPACED}]|\\p{Extended_Pictographic})+)|[${WORD}--${UNSPACED}]+`, "gv")
/** The same in a text of ASCII only, where it takes a third of the time. */
const ASCII_SEGMENTS = /[a-zA-Z0-9]+/g

/** A word, or a run of writing that has no spaces between its words. */
export interface Segment {
  text: string
  run: boolean
  /** Where it begins in the text. */
  at: number
}

/** The words and runs of a text, in order; all else is space between them. */
export function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = []
  for (const match of text.matchAll(isAscii(text) ? ASCII_SEGMENTS : SEGMENTS))
    segments.push({ text: match[0], run: match[1] !== undefined, at: match.index })
  return segments
}

/** Characters of a word that the index knows; what is longer is no word that people type. */
export const MAX_WORD = 64
/** Letters of a beginning that the index holds as a term of its own: searched as they are, they would match too much. */
export const INDEXED_BEGINNING = 2
/** Bytes of all terms of one text: 400,000 characters of prose have fewer, and SQLite stores them without a pause. */
const MAX_TERMS_BYTES = 400_000

/** Signs before a term that no text can hold, since they are no letters. */
const BEGINNING = "·"
const OWNER = "¦"
const NEIGHBORS = "≈"
/** So many terms stand for all pairs of neighbors: a phrase of common words is found among few texts, which settle it. */
const NEIGHBOR_TERMS = 2 ** 16

/** The term for words that begin so, or for runs with this character. */
export const beginningTerm = (letters: string) => `${BEGINNING}${letters}`

/** The term that every text of a person has. It makes a search cheap; the owner is still part of the question. */
export const ownerTerm = (userId: string) => `${OWNER}${fold(userId).replace(/[^a-z0-9]/g, "")}`

const FNV_BASIS = 0x811c9dc5

/** FNV-1a over the characters of a text. */
function mixed(hash: number, text: string): number {
  let next = hash
  for (let at = 0; at < text.length; at++) {
    const character = text.codePointAt(at) ?? 0
    if (character > 0xffff) at++
    next = Math.imul(next ^ character, 0x01000193)
  }
  return next
}

/** The term for two words beside each other; other pairs may have the same. */
export function neighborsTerm(first: string, second: string): string {
  const hash = mixed(mixed(mixed(FNV_BASIS, first), " "), second)
  return `${NEIGHBORS}${(((hash >>> 16) ^ hash) & (NEIGHBOR_TERMS - 1)).toString(36)}`
}

export const wordTerm = (word: string) => (word.length <= MAX_WORD ? word : beginningOf(word, MAX_WORD))

/** The first characters; none of them is cut in two. */
function beginningOf(text: string, characters: number): string {
  let end = 0
  for (let count = 0; count < characters && end < text.length; count++)
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1
  return text.slice(0, end)
}

/** Each two neighbors of a run. */
export function pairsOf(run: string): string[] {
  const characters = Array.from(run)
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}

type Add = (term: string) => void

function addTerms({ text, run }: Segment, add: Add): void {
  if (run) {
    for (const character of text) add(beginningTerm(character))
    for (const pair of pairsOf(text)) add(pair)
    return
  }
  for (let length = 1; length <= INDEXED_BEGINNING; length++) add(beginningTerm(beginningOf(text, length)))
  add(wordTerm(text))
}

function addNeighbors({ text, run }: Segment, add: Add, before: Segment | undefined): void {
  if (before && !before.run && !run) add(neighborsTerm(before.text, text))
}

interface Indexed {
  /** The folded words, each between spaces. */
  text: string
  /** What the index holds, each once. */
  terms: string[]
}

/** Words after which other work of this process has its turn: some 10 ms. */
const BREATH = 2_000

/** What is stored of a person's text. A long one is worked on in steps. */
export async function indexed(text: string, userId: string): Promise<Indexed> {
  const segments = segmentsOf(fold(text))
  const terms = new Set([ownerTerm(userId)])
  let bytes = 0
  const add = (term: string) => {
    if (terms.has(term)) return
    terms.add(term)
    bytes += Buffer.byteLength(term)
  }
  // Words first: where not all fits, the last one is found, and only as part of a phrase is it not.
  for (const addOf of [addTerms, addNeighbors])
    for (const [index, segment] of segments.entries()) {
      if (index % BREATH === BREATH - 1) await nextTurn()
      if (bytes > MAX_TERMS_BYTES) break
      addOf(segment, add, segments[index - 1])
    }
  return { text: ` ${segments.map((segment) => segment.text).join(" ")} `, terms: [...terms] }
}
