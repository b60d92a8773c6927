/** A text in pieces that can be shown in bounded time, one after the other. Pure; the same on both sides. */
import { type Block, costsOf } from "@/components/message/markdown/text/measure"

export interface Piece {
  text: string
  /** Too much formatting to be shown as Markdown. */
  plain: boolean
  /** About how many milliseconds it takes to show. */
  ms: number
}

/** What one block may cost, and one piece: 150 and 300 ms on a machine of 2024. */
const MOST_OF_BLOCK = { steady: 9_000, steep: 1_000_000 }
const MOST_OF_PIECE = { steady: 15_000, steep: 3_000_000 }
const FORCED = { steady: 2 * MOST_OF_PIECE.steady, steep: 2 * MOST_OF_PIECE.steep }
const STEADY_MS = 0.016
const STEEP_MS = 0.000_025

type Cost = Pick<Block, "steady" | "steep">

const isMore = (cost: Cost, most: Cost) => cost.steady > most.steady || cost.steep > most.steep
const msOf = ({ steady, steep }: Cost) => steady * STEADY_MS + steep * STEEP_MS

/**
 * The pieces of a text, in order; together they are the whole of it. Nearly every text is one piece. A block that costs
 * too much is a plain piece of its own; a very long text is parted between its blocks. A growing text keeps its pieces.
 */
export function piecesOf(text: string): Piece[] {
  const open: Open[] = []
  for (const block of costsOf(text)) {
    const plain = isMore(block, MOST_OF_BLOCK)
    const last = open.at(-1)
    const grown = last && { steady: last.steady + block.steady, steep: last.steep + block.steep }
    if (last && grown && last.plain === plain && (plain || !isParted(grown, block)))
      Object.assign(last, grown, { to: block.to })
    else open.push({ ...block, plain })
  }
  return open.map(({ from, to, plain, ...cost }) => ({ text: text.slice(from, to), plain, ms: msOf(cost) }))
}

/** Characters of a text in which its beginning is looked for, and what that may cost: some 16 ms. */
const MOST_OF_BEGINNING = 20_000
const BEGINNING = { steady: 1_000, steep: 80_000 }

export interface Beginning {
  text: string
  /** What follows it, as it was written. */
  rest: string
  /** About how many milliseconds the beginning takes to show. */
  ms: number
}

/** What of a long text can be shown at once: whole blocks, of which the next one goes on with nothing. May be empty. */
export function beginningOf(text: string): Beginning {
  const blocks = costsOf(text.slice(0, MOST_OF_BEGINNING))
  let [steady, steep, to, ms] = [0, 0, 0, 0]
  for (const [index, block] of blocks.entries()) {
    steady += block.steady
    steep += block.steep
    if (isMore({ steady, steep }, BEGINNING)) break
    // The last one may be half of a block.
    if (blocks[index + 1]?.fresh) [to, ms] = [block.to, msOf({ steady, steep })]
  }
  return { text: text.slice(0, to), rest: text.slice(to), ms }
}

interface Open extends Cost {
  from: number
  to: number
  plain: boolean
}

/** Between two blocks that belong together only when there is no other way. */
const isParted = (grown: Cost, { fresh }: Block) => isMore(grown, fresh ? MOST_OF_PIECE : FORCED)
