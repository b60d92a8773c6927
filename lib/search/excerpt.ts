/** The excerpt of a text that shows why it was found, with the positions to highlight: offsets, never markup. */

import { cut } from "@/lib/cut"
import { fold } from "@/lib/search/fold"
import type { Clause } from "@/lib/search/query"
import { readable } from "@/lib/search/readable"
import type { MarkedText } from "@/lib/search/types"
import { type Segment, segmentsOf } from "@/lib/search/words"

/** Maximum number of characters of a text to scan, and of an excerpt. */
export const MAX_SCANNED = 100_000
const LENGTH = 200
/** Characters before the first highlight. */
const LEAD = 40
const MAX_MARKS = 200

interface Mark {
  start: number
  end: number
  clause: number
}

/** The whole text with its highlights. */
export function highlightAll(text: string, clauses: Clause[]): MarkedText {
  return { text, marks: joined(findMarks(text, clauses)) }
}

/**
 * The most relevant excerpt of a text, on one line, without Markdown syntax unless the query matches only within it.
 */
export function excerptOf(text: string, clauses: Clause[]): MarkedText {
  const scanned = cut(text, MAX_SCANNED)
  const words = readable(scanned)
  const marks = findMarks(words, clauses)
  if (marks.length > 0 || clauses.length === 0) return pieceOf(words, marks)
  const line = scanned.replace(/\s+/g, " ").trim()
  const written = findMarks(line, clauses)
  return written.length > 0 ? pieceOf(line, written) : pieceOf(words, [])
}

/** An excerpt for each text. A task for the worker threads. */
export const excerptsOf = (texts: string[], clauses: Clause[]): MarkedText[] =>
  texts.map((text) => excerptOf(text, clauses))

/** The first text that matches the most clauses, and its excerpt. A task for the worker threads. */
export function bestOf(texts: string[], clauses: Clause[]): { index: number; excerpt: MarkedText } | null {
  const likely = texts
    .map((text, index) => ({ text, index, clauses: mayHave(text, clauses) }))
    .filter((one) => one.clauses > 0)
    .sort((a, b) => b.clauses - a.clauses)
  let best: { index: number; text: string; clauses: number } | null = null
  for (const one of likely) {
    if (best && best.clauses >= one.clauses) break
    const found = new Set(findMarks(readable(one.text), clauses).map(({ clause }) => clause)).size
    if (found > (best?.clauses ?? 0)) best = { ...one, clauses: found }
  }
  return best && { index: best.index, excerpt: excerptOf(best.text, clauses) }
}

/** How many clauses a text may contain: those whose segments all occur. Much faster than locating them. */
function mayHave(text: string, clauses: Clause[]): number {
  const folded = fold(text)
  return clauses.filter(({ segments }) => segments.every((segment) => folded.includes(segment.text))).length
}

function pieceOf(line: string, marks: Mark[]): MarkedText {
  const start = wordStart(line, Math.max(0, bestStart(marks) - LEAD))
  const end = wordEnd(line, start + LENGTH)
  const before = start > 0 ? "…" : ""
  const after = end < line.length ? "…" : ""
  const inside = marks.filter((mark) => mark.start >= start && mark.end <= end)
  const shift = before.length - start
  return {
    text: `${before}${line.slice(start, end)}${after}`,
    marks: joined(inside).map(([from, to]) => [from + shift, to + shift]),
  }
}

function findMarks(text: string, clauses: Clause[]): Mark[] {
  const segments = segmentsOf(text)
  const folded = segments.map((segment) => fold(segment.text))
  const marks: Mark[] = []
  for (let index = 0; index < segments.length && marks.length < MAX_MARKS; index++)
    for (const [number, clause] of clauses.entries())
      for (const { start, end } of marksAt(index, clause, segments, folded)) marks.push({ start, end, clause: number })
  return marks
}

/** The matches of a clause in the text, starting at segment `index`. */
function marksAt(index: number, clause: Clause, segments: Segment[], folded: string[]) {
  const first = segments[index]
  const last = segments[index + clause.segments.length - 1]
  if (!first || !last) return []
  const [wanted] = clause.segments
  if (clause.segments.length === 1 && wanted?.run) return marksInRun(first, folded[index] ?? "", wanted.text)
  const fits = clause.segments.every(({ text, run }, place) => {
    const found = folded[index + place] ?? ""
    const isLast = place === clause.segments.length - 1
    if (isLast && (run || clause.open)) return found.startsWith(text)
    return run && place === 0 ? found.endsWith(text) : found === text
  })
  return fits ? [{ start: first.at, end: last.at + last.text.length }] : []
}

function marksInRun({ text, at, run }: Segment, folded: string, wanted: string) {
  if (!run) return []
  // Folding changed the length, so offsets within the segment are unknown.
  if (folded.length !== text.length) return folded.includes(wanted) ? [{ start: at, end: at + text.length }] : []
  const marks = []
  for (let place = folded.indexOf(wanted); place !== -1; place = folded.indexOf(wanted, place + wanted.length))
    marks.push({ start: at + place, end: at + place + wanted.length })
  return marks
}

/** Where to start the excerpt that shows the most: first the most different clauses, then the most matches. */
function bestStart(marks: Mark[]): number {
  let best = { start: 0, worth: -1 }
  const counts = new Map<number, number>()
  let next = 0
  for (const [index, { start, clause }] of marks.entries()) {
    for (let mark = marks[next]; mark && mark.end <= start + LENGTH - LEAD; mark = marks[++next])
      counts.set(mark.clause, (counts.get(mark.clause) ?? 0) + 1)
    const worth = 10 * counts.size + Math.min(next - index, 9)
    if (worth > best.worth) best = { start, worth }
    const left = (counts.get(clause) ?? 0) - 1
    if (left > 0) counts.set(clause, left)
    else counts.delete(clause)
  }
  return best.start
}

/** The next word start, unless it is far: scripts without spaces are cut anywhere, but never within a character. */
function wordStart(line: string, at: number): number {
  if (at === 0) return 0
  const space = line.slice(at, at + LEAD / 2).indexOf(" ")
  if (space !== -1) return at + space + 1
  return isLowSurrogate(line, at) ? at + 1 : at
}

function wordEnd(line: string, at: number): number {
  if (at >= line.length) return line.length
  const space = line.slice(at - LEAD / 2, at).lastIndexOf(" ")
  if (space !== -1) return at - LEAD / 2 + space
  return isLowSurrogate(line, at) ? at - 1 : at
}

const isLowSurrogate = (line: string, at: number) => (line.charCodeAt(at) & 0xfc00) === 0xdc00

/** Merges overlapping and adjacent highlights. */
function joined(marks: Mark[]): [number, number][] {
  const ranges: [number, number][] = []
  for (const { start, end } of [...marks].sort((a, b) => a.start - b.start)) {
    const last = ranges.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else ranges.push([start, end])
  }
  return ranges
}
