/**
 * Converts text to search index entries. Done here and not by the databases, so that both find the same: case and
 * diacritics are folded, and scripts without spaces (Chinese, Japanese, Korean, Thai …) are searched by character.
 */
import { setImmediate as nextTurn } from "node:timers/promises"
import { APOSTROPHES, fold, isAscii } from "@/lib/search/fold"

/** Characters of words, and invisible characters allowed within them. */
const WORD = String.raw`[[\p{L}\p{N}\p{M}\u00ad\u200b-\u200d\u2060\ufeff]--[${APOSTROPHES}]]`
const SCRIPTS = ["Han", "Hira", "Kana", "Bopo", "Hang", "Thai", "Laoo", "Khmr", "Mymr"]
const UNSPACED = `[${SCRIPTS.map((script) => `\\p{scx=${script}}`).join("")}]`
// The v flag (set notation) is newer than this project's TypeScript target.
const SEGMENTS = new RegExp(`((?:[${WORD}&&${UNSPACED}]|\\p{Extended_Pictographic})+)|[${WORD}--${UNSPACED}]+`, "gv")
/** The same for ASCII-only text, in a third of the time. */
const ASCII_SEGMENTS = /[a-zA-Z0-9]+/g

/** A word, or a run of text in a script without spaces. */
export interface Segment {
  text: string
  run: boolean
  /** Its offset in the text. */
  at: number
}

/** The words and runs of a text, in order; everything else separates them. */
export function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = []
  for (const match of text.matchAll(isAscii(text) ? ASCII_SEGMENTS : SEGMENTS))
    segments.push({ text: match[0], run: match[1] !== undefined, at: match.index })
  return segments
}

/** Maximum length in characters of an indexed word; nobody types longer ones. */
export const MAX_WORD = 64
/** Prefixes up to this length are indexed as separate terms: a prefix search would match too much. */
export const INDEXED_PREFIX_LENGTH = 2
/**
 * Maximum size in bytes of all terms of a text: 400,000 characters of prose need fewer, and SQLite stores them without
 * a noticeable pause.
 */
const MAX_TERMS_BYTES = 400_000

/** Prefixes of special terms; they aren't letters, so no text can contain them. */
const BEGINNING = "·"
const OWNER = "¦"
const NEIGHBORS = "≈"
/**
 * Number of hashed terms for all pairs of neighbors: they narrow a phrase of common words to a few texts, which are
 * then checked.
 */
const NEIGHBOR_TERMS = 2 ** 16

/** The term for words with this prefix, or for runs with this character. */
export const prefixTerm = (letters: string) => `${BEGINNING}${letters}`

/** The term in every text of a user. It speeds up the search; the query still includes the owner. */
export const ownerTerm = (userId: string) => `${OWNER}${fold(userId).replace(/[^a-z0-9]/g, "")}`

const FNV_BASIS = 0x811c9dc5

/** FNV-1a over a text's characters. */
function mixed(hash: number, text: string): number {
  let next = hash
  for (let at = 0; at < text.length; at++) {
    const character = text.codePointAt(at) ?? 0
    if (character > 0xffff) at++
    next = Math.imul(next ^ character, 0x01000193)
  }
  return next
}

/** The term for two adjacent words; it may collide with other pairs. */
export function neighborsTerm(first: string, second: string): string {
  const hash = mixed(mixed(mixed(FNV_BASIS, first), " "), second)
  return `${NEIGHBORS}${(((hash >>> 16) ^ hash) & (NEIGHBOR_TERMS - 1)).toString(36)}`
}

export const wordTerm = (word: string) => (word.length <= MAX_WORD ? word : beginningOf(word, MAX_WORD))

/** The first characters, without splitting any. */
function beginningOf(text: string, characters: number): string {
  let end = 0
  for (let count = 0; count < characters && end < text.length; count++)
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1
  return text.slice(0, end)
}

/** All adjacent pairs of a run. */
export function pairsOf(run: string): string[] {
  const characters = Array.from(run)
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}

type Add = (term: string) => void

function addTerms({ text, run }: Segment, add: Add): void {
  if (run) {
    for (const character of text) add(prefixTerm(character))
    for (const pair of pairsOf(text)) add(pair)
    return
  }
  for (let length = 1; length <= INDEXED_PREFIX_LENGTH; length++) add(prefixTerm(beginningOf(text, length)))
  add(wordTerm(text))
}

function addNeighbors({ text, run }: Segment, add: Add, before: Segment | undefined): void {
  if (before && !before.run && !run) add(neighborsTerm(before.text, text))
}

interface Indexed {
  /** The folded words, surrounded by spaces. */
  text: string
  /** The index terms, deduplicated. */
  terms: string[]
}

/** Number of words after which other work gets a turn: about 10 ms. */
const BREATH = 2_000

/** The index entry of a user's text. Long texts are processed in steps. */
export async function indexed(text: string, userId: string): Promise<Indexed> {
  const segments = segmentsOf(fold(text))
  const terms = new Set([ownerTerm(userId)])
  let bytes = 0
  const add = (term: string) => {
    if (terms.has(term)) return
    terms.add(term)
    bytes += Buffer.byteLength(term)
  }
  // Words before pairs: if not everything fits, every word can still be found, except as part of a phrase.
  for (const addOf of [addTerms, addNeighbors])
    for (const [index, segment] of segments.entries()) {
      if (index % BREATH === BREATH - 1) await nextTurn()
      if (bytes > MAX_TERMS_BYTES) break
      addOf(segment, add, segments[index - 1])
    }
  return { text: ` ${segments.map((segment) => segment.text).join(" ")} `, terms: [...terms] }
}
