/** How a large picture is divided into tiles. Pure. */
import type { Region } from "@/lib/image.types"

/** Pixels of a tile's side, and the overlap of neighbors: a line of text at an edge is complete in one of them. */
const TILE_SIDE = 1_568
const OVERLAP = 96
/** Maximum number of tiles of one picture. Together with the full picture they fit in a request of 30 images. */
export const MAX_TILES = 12
/** A picture up to this size is fully visible without tiles. */
const SEEN_WHOLE = 2_048

export interface Tiling {
  /** Scale of the tiles: 1, or less if the picture would need too many. */
  scale: number
  /** In pixels of the picture, row by row; empty if the full picture shows every detail. */
  tiles: Region[]
}

const count = (length: number) => (length <= TILE_SIDE ? 1 : Math.ceil((length - OVERLAP) / (TILE_SIDE - OVERLAP)))

/** The tiles of a picture of this size in pixels. */
export function tilesOf(width: number, height: number): Tiling {
  if (Math.max(width, height) <= SEEN_WHOLE) return { scale: 1, tiles: [] }
  let scale = 1
  while (count(width * scale) * count(height * scale) > MAX_TILES) scale *= 0.97
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

/** Divides a side into equal, overlapping pieces. */
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
