/** Splits a text into pieces that each render in bounded time. Pure; same result on server and client. */
import { type Block, measureBlocks } from "@/components/message/markdown/text/measure"

export interface Piece {
  text: string
  /** Too much formatting to be rendered as Markdown. */
  plain: boolean
  /** Estimated milliseconds to render. */
  ms: number
}

/** Maximum cost of a block and of a piece: 150 and 300 ms on a 2024 machine. */
const MAX_OF_BLOCK = { steady: 9_000, steep: 1_000_000 }
const MAX_OF_PIECE = { steady: 15_000, steep: 3_000_000 }
const FORCED = { steady: 2 * MAX_OF_PIECE.steady, steep: 2 * MAX_OF_PIECE.steep }
const STEADY_MS = 0.016
const STEEP_MS = 0.000_025

type Cost = Pick<Block, "steady" | "steep">

const isMore = (cost: Cost, most: Cost) => cost.steady > most.steady || cost.steep > most.steep
const msOf = ({ steady, steep }: Cost) => steady * STEADY_MS + steep * STEEP_MS

/**
 * The pieces of a text, in order, covering all of it. Nearly every text is one piece. A block that costs too much
 * becomes a plain piece of its own; a very long text is split between blocks. A growing text keeps its pieces.
 */
export function piecesOf(text: string): Piece[] {
  const open: Open[] = []
  for (const block of measureBlocks(text)) {
    const plain = isMore(block, MAX_OF_BLOCK)
    const last = open.at(-1)
    const grown = last && { steady: last.steady + block.steady, steep: last.steep + block.steep }
    if (last && grown && last.plain === plain && (plain || !isParted(grown, block)))
      Object.assign(last, grown, { to: block.to })
    else open.push({ ...block, plain })
  }
  return open.map(({ from, to, plain, ...cost }) => ({ text: text.slice(from, to), plain, ms: msOf(cost) }))
}

/** Characters of a text in which its beginning is searched, and the beginning's maximum cost: about 16 ms. */
const MAX_OF_BEGINNING = 20_000
const BEGINNING = { steady: 1_000, steep: 80_000 }

export interface Beginning {
  text: string
  /** The rest of the text, as written. */
  rest: string
  /** Estimated milliseconds to render the beginning. */
  ms: number
}

/**
 * The part of a long text that can be rendered immediately: whole blocks, up to one that continues nothing from before.
 * May be empty.
 */
export function beginningOf(text: string): Beginning {
  const blocks = measureBlocks(text.slice(0, MAX_OF_BEGINNING))
  let [steady, steep, to, ms] = [0, 0, 0, 0]
  for (const [index, block] of blocks.entries()) {
    steady += block.steady
    steep += block.steep
    if (isMore({ steady, steep }, BEGINNING)) break
    // The last block may be incomplete.
    if (blocks[index + 1]?.fresh) [to, ms] = [block.to, msOf({ steady, steep })]
  }
  return { text: text.slice(0, to), rest: text.slice(to), ms }
}

interface Open extends Cost {
  from: number
  to: number
  plain: boolean
}

/** Splits between two blocks that belong together only when unavoidable. */
const isParted = (grown: Cost, { fresh }: Block) => isMore(grown, fresh ? MAX_OF_PIECE : FORCED)
