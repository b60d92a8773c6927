/**
 * Maps a selection on the page to the range of the answer's Markdown. Matches the visible words with the source in
 * order, and widens the selected range so that no markup is split. Pure.
 */
import { diffArrays } from "diff"
import { type Token, tokensOf } from "@/components/selection/source/tokens"
import { codeTextRange, type Place, treeOf, visibleTokens } from "@/components/selection/source/tree"
import type { VisibleText } from "@/components/selection/source/visible"

export interface SourceRange {
  start: number
  end: number
}

/** Maximum milliseconds for matching words. */
const PATIENCE_MS = 800

/** The source range; whole blocks where the words alone are ambiguous. Null when nothing is found. */
export function sourceRange(source: string, visible: VisibleText): SourceRange | null {
  const tree = treeOf(source)
  const shown = tokensOf(visible.text)
  const known = visibleTokens(source, tree)
  const places = alignment(known, shown)
  const first = shown.findIndex(({ to }) => to > visible.from)
  const last = shown.findLastIndex(({ from }) => from < visible.to)
  if (first < 0 || last < first) return null
  const found = shown.slice(first, last + 1).map((_, index) => places.get(first + index))
  const [begin, end] = [found[0], found.at(-1)]
  if (begin === undefined || end === undefined || found.includes(undefined))
    return blocksAround(
      tree,
      found.flatMap((index) => known[index ?? -1] ?? []),
    )
  const range = exactly({ source, visible }, [known[begin], shown[first]], [known[end], shown[last]])
  return range && trimmed(source, balanced(source, tree, range))
}

/** Maps each visible word to its index among those of the source. */
function alignment(known: Token[], shown: Token[]): Map<number, number> {
  const words = (tokens: Token[]) => tokens.map(({ text }) => text)
  const changes = diffArrays(words(known), words(shown), { timeout: PATIENCE_MS })
  const places = new Map<number, number>()
  let [inKnown, inShown] = [0, 0]
  for (const { value, added, removed } of changes ?? []) {
    if (!added && !removed) for (let n = 0; n < value.length; n++) places.set(inShown + n, inKnown + n)
    if (!added) inKnown += value.length
    if (!removed) inShown += value.length
  }
  return places
}

type Pair = [known: Token | undefined, shown: Token | undefined]

/** From the first selected character to the last, including punctuation at the ends if both have it. */
function exactly(
  { source, visible }: { source: string; visible: VisibleText },
  [firstKnown, firstShown]: Pair,
  [lastKnown, lastShown]: Pair,
): SourceRange | null {
  if (!firstKnown || !firstShown || !lastKnown || !lastShown) return null
  let start = firstKnown.from + Math.max(0, visible.from - firstShown.from)
  let end = lastKnown.to - Math.max(0, lastShown.to - visible.to)
  for (let at = firstShown.from; at > visible.from && isSame(visible.text[at - 1], source[start - 1]); at--) start--
  for (let at = lastShown.to; at < visible.to && isSame(visible.text[at], source[end]); at++) end++
  // A formula is taken whole, with its delimiters.
  const touches = (token: Token) => visible.formulas.some(([from, to]) => token.to > from && token.from < to)
  if (touches(firstShown) || touches(lastShown)) {
    for (const { 0: formula, index } of source.matchAll(FORMULA)) {
      const [from, to] = [index, index + formula.length]
      if (touches(firstShown) && from < start && to > start) start = from
      if (touches(lastShown) && from < end && to > end) end = to
    }
  }
  return { start, end }
}

const FORMULA = /\$\$[\s\S]+?\$\$|\\\[[\s\S]+?\\\]|\\\([\s\S]+?\\\)|(?<![\\$])\$(?=\S)[^$\n]+\$/g

const isSame = (shown: string | undefined, known: string | undefined): boolean => shown !== undefined && shown === known

/** Parents of whole blocks: a range across several children covers them completely. */
const OF_BLOCKS = new Set(["root", "list", "blockquote", "listItem", "footnoteDefinition"])

/** Widens the range to include all markup it touches: no emphasis, link or item is split. */
function balanced(source: string, place: Place, { start, end }: SourceRange): SourceRange {
  const touched = place.children.filter(({ from, to }) => to > start && from < end)
  const [first] = touched
  const last = touched.at(-1)
  if (!first || !last)
    return place.type === "code" ? clipped({ start, end }, codeTextRange(source, place)) : { start, end }
  if (first === last) return balanced(source, first, clipped({ start, end }, [first.from, first.to]))
  // Cells of several columns or rows are not a table by themselves.
  if (place.type === "table" || place.type === "tableRow") return { start: place.from, end: place.to }
  if (OF_BLOCKS.has(place.type)) return wholeBlocks(first, last)
  return {
    start: first.type === "text" ? Math.max(start, first.from) : first.from,
    end: last.type === "text" ? Math.min(end, last.to) : last.to,
  }
}

const wholeBlocks = (first: Place, last: Place): SourceRange => ({ start: first.from, end: last.to })

const clipped = ({ start, end }: SourceRange, [from, to]: [number, number]): SourceRange => ({
  start: Math.max(start, from),
  end: Math.min(end, to),
})

/** The blocks containing these words; null for none. */
function blocksAround(tree: Place, tokens: Token[]): SourceRange | null {
  const [first] = tokens
  const last = tokens.at(-1)
  const blocks = tree.children.filter(({ from, to }) => first && last && to > first.from && from < last.to)
  const end = blocks.at(-1)
  return blocks[0] && end ? wholeBlocks(blocks[0], end) : null
}

function trimmed(source: string, { start, end }: SourceRange): SourceRange | null {
  const piece = source.slice(start, end)
  const lead = piece.length - piece.trimStart().length
  return piece.trim() === "" ? null : { start: start + lead, end: start + piece.trimEnd().length }
}
