/** Ranks hits: by frequency and exactness, titles first, newer ones slightly before older ones. */
import type { Clause } from "@/lib/search/query"

interface Candidate {
  conversationId: string
  /** Null for the conversation's title. */
  messageId: string | null
  /** The indexed text, or the beginning of it. */
  text: string
  /** Milliseconds since 1970. */
  writtenAt: number
}

// BM25 without inverse document frequency: every hit contains all words.
const SATURATION = 1.2
const LENGTH_SHARE = 0.6
const USUAL_LENGTH = 1_200
const MAX_COUNT = 40

const TITLE_WEIGHT = 3
const WHOLE_WORD_WEIGHT = 1.3
/** Boost of a brand-new hit, and its half-life in days. */
const NEWNESS = 0.4
const HALF_LIFE_DAYS = 60
/** Each further hit in the same conversation counts a little less, to give others a chance. */
const REPETITION = 0.85
const DAY_MS = 24 * 60 * 60 * 1_000

function scoreOf({ text, messageId, writtenAt }: Candidate, clauses: Clause[], now: number): number {
  const stretch = SATURATION * (1 - LENGTH_SHARE + (LENGTH_SHARE * text.length) / USUAL_LENGTH)
  let score = 0
  for (const { needle, open } of clauses) {
    const count = countOf(needle, text) || 0.5
    const whole = open && text.includes(`${needle} `) ? WHOLE_WORD_WEIGHT : 1
    score += (whole * count * (SATURATION + 1)) / (count + stretch)
  }
  const age = Math.max(0, now - writtenAt) / DAY_MS
  return score * (messageId === null ? TITLE_WEIGHT : 1) * (1 + NEWNESS * 0.5 ** (age / HALF_LIFE_DAYS))
}

function countOf(needle: string, text: string): number {
  let count = 0
  // One space can end one word and start the next.
  const step = Math.max(1, needle.length - 1)
  for (let at = text.indexOf(needle); at !== -1 && count < MAX_COUNT; at = text.indexOf(needle, at + step)) count++
  return count
}

/** The candidates, best first. */
export function rank<T extends Candidate>(candidates: T[], clauses: Clause[], now = Date.now()): T[] {
  const scored = candidates.map((candidate) => ({ candidate, score: scoreOf(candidate, clauses, now) }))
  scored.sort(byScore)
  const seen = new Map<string, number>()
  for (const entry of scored) {
    const { conversationId, messageId } = entry.candidate
    if (messageId === null) continue
    const earlier = seen.get(conversationId) ?? 0
    seen.set(conversationId, earlier + 1)
    entry.score *= REPETITION ** earlier
  }
  return scored.sort(byScore).map(({ candidate }) => candidate)
}

interface Scored {
  candidate: Candidate
  score: number
}

const byScore = (a: Scored, b: Scored) =>
  b.score - a.score || b.candidate.writtenAt - a.candidate.writtenAt || keyOf(a).localeCompare(keyOf(b))

const keyOf = ({ candidate }: Scored) => candidate.messageId ?? candidate.conversationId
