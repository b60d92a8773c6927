/**
 * How text becomes what a search index holds. Made here and not by the databases, so that both find the same:
 * case and diacritics folded, and writing without spaces (Chinese, Japanese, Korean, Thai …) found by its
 * characters.
 */

/** Case and marks that people leave out when they search: of Latin, Greek and Cyrillic; Hebrew points; Arabic vowels. */
const MARKS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]/g
/** Letters that no decomposition takes apart. */
const LETTERS: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i" }
const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g")
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is what is looked for
const ASCII = /^[\u0000-\u007f]*$/

/** Text as it is compared: “Élan”, “ÉLAN” and “elan” are the same. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  if (ASCII.test(lower)) return lower
  return lower
    .normalize("NFKD")
    .replace(MARKS, "")
    .normalize("NFC")
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
}

const WORD = String.raw`[\p{L}\p{N}\p{M}]`
const SCRIPTS = ["Han", "Hira", "Kana", "Bopo", "Hang", "Thai", "Laoo", "Khmr", "Mymr"]
const UNSPACED = `[${SCRIPTS.map((script) => `\\p{scx=${script}}`).join("")}]`
// The flag v (sets of characters) is newer than the language level of this project's types.
const SEGMENTS = new RegExp(
  `(?<run>(?:[${WORD}&&${UNSPACED}]|\\p{Extended_Pictographic})+)|[${WORD}--${UNSPACED}]+`,
  "gv",
)

/** A word, or a run of writing that has no spaces between its words. */
export interface Segment {
  text: string
  run: boolean
  /** Where it begins in the text. */
  at: number
}

/** The words and runs of a text, in order; all else is space between them. */
export function segmentsOf(text: string): Segment[] {
  return Array.from(text.matchAll(SEGMENTS), (match) => ({
    text: match[0],
    run: match.groups?.run !== undefined,
    at: match.index,
  }))
}

/** Characters of a word that the index knows; what is longer is no word that people type. */
export const MAX_WORD = 64
/** Letters of a beginning that the index holds as a term of its own: searched as they are, they would match too much. */
export const INDEXED_BEGINNING = 2
/** Bytes of all terms of one text: PostgreSQL refuses a vector over 1 MB. */
const MAX_TERMS_BYTES = 700_000

/** Signs before a term that no text can hold, since they are no letters. */
const BEGINNING = "·"
const OWNER = "¦"
const NEIGHBOURS = "≈"
/** So many terms stand for all pairs of neighbours: a phrase of common words is found among few texts, which settle it. */
const NEIGHBOUR_TERMS = 2 ** 16

/** The term for words that begin so, or for runs with this character. */
export const beginningTerm = (letters: string) => `${BEGINNING}${letters}`

/** The term that every text of a person has. It makes a search cheap; the owner is still part of the question. */
export const ownerTerm = (userId: string) => `${OWNER}${fold(userId).replace(/[^a-z0-9]/g, "")}`

/** The term for two words beside each other; other pairs may have the same. */
export function neighboursTerm(first: string, second: string): string {
  let hash = 0x811c9dc5
  // FNV-1a.
  for (const character of `${first} ${second}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return `${NEIGHBOURS}${(((hash >>> 16) ^ hash) & (NEIGHBOUR_TERMS - 1)).toString(36)}`
}

export const wordTerm = (word: string) => Array.from(word).slice(0, MAX_WORD).join("")

/** Each two neighbours of a run. */
export function pairsOf(run: string): string[] {
  const characters = Array.from(run)
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}

function* termsOfSegment({ text, run }: Segment, before: Segment | undefined): Generator<string> {
  if (run) {
    for (const character of text) yield beginningTerm(character)
    yield* pairsOf(text)
    return
  }
  const term = wordTerm(text)
  const letters = Array.from(term.slice(0, 2 * INDEXED_BEGINNING))
  for (let length = 1; length <= Math.min(INDEXED_BEGINNING, letters.length); length++)
    yield beginningTerm(letters.slice(0, length).join(""))
  yield term
  if (before && !before.run) yield neighboursTerm(before.text, text)
}

export interface Indexed {
  /** The folded words, each between spaces. */
  text: string
  /** What the index holds, each once. */
  terms: string[]
}

/** What is stored of a person's text. */
export function indexed(text: string, userId: string): Indexed {
  const segments = segmentsOf(fold(text))
  const terms = new Set([ownerTerm(userId)])
  let bytes = 0
  for (const [index, segment] of segments.entries()) {
    for (const term of termsOfSegment(segment, segments[index - 1])) {
      if (terms.has(term)) continue
      terms.add(term)
      bytes += Buffer.byteLength(term)
    }
    if (bytes > MAX_TERMS_BYTES) break
  }
  return { text: ` ${segments.map((segment) => segment.text).join(" ")} `, terms: [...terms] }
}
