/** Parses search input. Any text is a valid query. */
import { fold } from "@/lib/search/fold"
import {
  INDEXED_PREFIX_LENGTH,
  MAX_WORD,
  neighborsTerm,
  pairsOf,
  prefixTerm,
  type Segment,
  segmentsOf,
  wordTerm,
} from "@/lib/search/words"

/** Maximum number of characters and clauses to read; anything longer is pasted text, found by its beginning. */
const MAX_CHARS = 1_000
const MAX_CLAUSES = 12
const MAX_TERMS = 48

/** A required part of a hit: a word, a prefix, or a phrase. */
export interface Clause {
  segments: Segment[]
  /** The last word matches as a prefix. */
  open: boolean
  /** Its form in an indexed text. */
  needle: string
}

export interface SearchQuery {
  clauses: Clause[]
  /** Terms that a hit must have, and prefix terms. */
  terms: string[]
  beginnings: string[]
  /** What the terms can't determine: a hit's text must contain each of these. */
  needles: string[]
}

/** Words (all required), quoted “phrases”, and the last word as a prefix. Null if there is nothing to search for. */
export function parseQuery(input: string): SearchQuery | null {
  const clauses = readClauses(fold(input.slice(0, MAX_CHARS)).replace(/[“”„«»＂]/g, '"'))
  if (clauses.length === 0) return null
  const terms = new Set<string>()
  const beginnings = new Set<string>()
  for (const clause of clauses) addTerms(clause, terms, beginnings)
  return {
    clauses,
    terms: [...terms].slice(0, MAX_TERMS),
    beginnings: [...beginnings],
    needles: clauses.filter(needsLook).map(({ needle }) => needle),
  }
}

function readClauses(text: string): Clause[] {
  const clauses = new Map<string, Clause>()
  const pieces = text.split('"')
  for (const [index, piece] of pieces.entries()) {
    const quoted = index % 2 === 1
    // A phrase without its closing quote is still being typed, as is the last word.
    const last = index === pieces.length - 1
    const words = quoted ? [piece] : piece.split(/\s+/)
    for (const [place, word] of words.entries()) {
      const open = last && place === words.length - 1 && !/\s$/.test(word)
      const clause = clauseOf(segmentsOf(word), open)
      if (clause && clauses.size < MAX_CLAUSES) clauses.set(clause.needle, clause)
    }
  }
  return [...clauses.values()]
}

/** Several segments (“example.com”) must be adjacent in a hit, like a phrase. */
function clauseOf(segments: Segment[], open: boolean): Clause | null {
  const [first] = segments
  const last = segments.at(-1)
  if (!first || !last) return null
  const words = segments.map(({ text }) => text).join(" ")
  return { segments, open, needle: `${first.run ? "" : " "}${words}${last.run || open ? "" : " "}` }
}

function addTerms({ segments, open }: Clause, terms: Set<string>, beginnings: Set<string>): void {
  for (const [index, { text, run }] of segments.entries()) {
    const length = Array.from(text).length
    const finished = !open || index < segments.length - 1
    const before = segments[index - 1]
    if (before && !before.run && !run && finished) terms.add(neighborsTerm(before.text, text))
    if (run && length === 1) terms.add(prefixTerm(text))
    else if (run) for (const pair of pairsOf(text)) terms.add(pair)
    else if (finished) terms.add(wordTerm(text))
    else if (length <= INDEXED_PREFIX_LENGTH) terms.add(prefixTerm(text))
    else beginnings.add(wordTerm(text))
  }
}

function needsLook({ segments }: Clause): boolean {
  const [first] = segments
  if (!first || segments.length > 1) return true
  return Array.from(first.text).length > (first.run ? 2 : MAX_WORD)
}
