/** Detail tiles of a large page or screenshot, so that small print is legible. */
import sharp from "sharp"
import { encodedOf, save } from "@/lib/images/decode/made"
import { tilesOf } from "@/lib/images/decode/tiling"
import type { Derived } from "@/lib/images/decode/types"

/** Maximum size in bytes of a tile: together with the full picture, all tiles fit in a request. */
const TILE_BYTES = 450_000
const QUALITIES = [82, 70, 55, 40]

export interface TileJob {
  /** The stored image. */
  path: string
  width: number
  height: number
  /** An empty folder for the output. */
  folder: string
}

/** Cuts a stored image into its tiles, in order. */
export async function tilePicture({ path, width, height, folder }: TileJob): Promise<Derived[]> {
  const { scale, tiles } = tilesOf(width, height)
  const derived: Derived[] = []
  for (const [index, { x, y, width: w, height: h }] of tiles.entries()) {
    const cut = () =>
      sharp(path, { limitInputPixels: false, failOn: "error" })
        .extract({ left: x, top: y, width: w, height: h })
        .resize({ width: Math.max(1, Math.round(w * scale)), height: Math.max(1, Math.round(h * scale)), fit: "fill" })
        .flatten({ background: "#ffffff" })
    let encoded = encodedOf(await cut().png().toBuffer({ resolveWithObject: true }))
    for (const quality of QUALITIES) {
      if (encoded.data.length <= TILE_BYTES) break
      encoded = encodedOf(await cut().jpeg({ quality }).toBuffer({ resolveWithObject: true }))
    }
    derived.push({ ...(await save(folder, `tile-${index}`, encoded)), variant: `tile-${index}` })
  }
  return derived
}
