/** How a large picture is cut into tiles. Pure. */
import type { Region } from "@/lib/image.types"

/** Pixels of a tile's side, and by how many neighbors overlap: a line of text at an edge is whole in one of them. */
const TILE_SIDE = 1_568
const OVERLAP = 96
/** Tiles of one picture. With the whole before them they fit a request of 30 images. */
export const MOST_TILES = 12
/** A picture that is no larger is seen whole as it is. */
const SEEN_WHOLE = 2_048

export interface Tiling {
  /** By what the tiles are scaled: 1, or less where a picture would need more of them. */
  scale: number
  /** In pixels of the picture, row after row; none where the whole shows all that there is. */
  tiles: Region[]
}

const count = (length: number) => (length <= TILE_SIDE ? 1 : Math.ceil((length - OVERLAP) / (TILE_SIDE - OVERLAP)))

/** The tiles of a picture of that size, in pixels. */
export function tilesOf(width: number, height: number): Tiling {
  if (Math.max(width, height) <= SEEN_WHOLE) return { scale: 1, tiles: [] }
  let scale = 1
  while (count(width * scale) * count(height * scale) > MOST_TILES) scale *= 0.97
  const [columns, rows] = [cutsOf(width, scale), cutsOf(height, scale)]
  return { scale, tiles: rows.flatMap((row) => columns.map((column) => regionOf(column, row))) }
}

interface Cut {
  from: number
  length: number
}

const regionOf = (column: Cut, row: Cut): Region => ({
  x: column.from,
  y: row.from,
  width: column.length,
  height: row.length,
})

/** Even pieces of a side that overlap. */
function cutsOf(length: number, scale: number): Cut[] {
  const pieces = count(length * scale)
  if (pieces === 1) return [{ from: 0, length }]
  const overlap = OVERLAP / scale
  const piece = Math.min(length, Math.ceil((length + overlap * (pieces - 1)) / pieces))
  return Array.from({ length: pieces }, (_, index) => ({
    from: Math.round(((length - piece) * index) / (pieces - 1)),
    length: piece,
  }))
}
