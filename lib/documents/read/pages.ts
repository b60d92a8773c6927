/** Splits long texts into pieces that can be selected and opened individually. Pure. */
import type { ReadPage } from "@/lib/documents/types"

/** Approximate characters of a piece: about three printed pages of a spreadsheet, or one page of a letter. */
const A_PIECE = 4_000
const MAX_OF_PIECE = 12_000

/** Splits the text at headings or blocks, never within a table row. */
export function piecesOf(text: string): ReadPage[] {
  const pages: ReadPage[] = []
  let piece: string[] = []
  let length = 0
  const flush = () => {
    const whole = piece.join("\n\n").trim()
    if (whole) pages.push(nameOf(whole))
    piece = []
    length = 0
  }
  for (const block of text.split(/\n{2,}/).flatMap(shortEnough)) {
    const heading = /^#{1,2} /.test(block)
    if (length > 0 && (length + block.length > MAX_OF_PIECE || length > A_PIECE / (heading ? 2 : 1))) flush()
    piece.push(block)
    length += block.length
  }
  flush()
  return pages
}

function nameOf(text: string): ReadPage {
  const name = /^#{1,3} (.{1,120})$/m.exec(text)?.[1]?.trim()
  return name ? { name, text } : { text }
}

/** Splits a block that is too long by lines, and a line that is too long by characters. */
function shortEnough(block: string): string[] {
  if (block.length <= MAX_OF_PIECE) return [block]
  const pieces: string[] = []
  let piece = ""
  for (const line of block
    .split("\n")
    .flatMap((long) => long.match(new RegExp(`[^]{1,${MAX_OF_PIECE}}`, "gu")) ?? [])) {
    if (piece && piece.length + line.length > A_PIECE) {
      pieces.push(piece)
      piece = ""
    }
    piece = piece ? `${piece}\n${line}` : line
  }
  return piece ? [...pieces, piece] : pieces
}
