/**
 * HEIC as phones write it: tiles of 512 pixels, each an item of its own, combined by a grid and rotated by `irot`.
 * Built from one picture encoded with x265; all tiles show it.
 */
import { readFile } from "node:fs/promises"
import path from "node:path"

const SIDE = 512

interface Grid {
  width: number
  height: number
  /** Quarter turns, counterclockwise, as in the file. */
  turns?: number
  /** Appended after the picture, as phones do: EXIF, starting with its header. */
  exif?: Buffer
}

/** A tile: its left half red, its right half blue. */
export const halvesTile = () => readFile(path.join(import.meta.dirname, "samples", "halves.hevc"))

/** A file of this size in pixels, from an HEVC tile (Annex B: parameters, then a picture of 512 × 512). */
export function gridHeic(hevc: Buffer, { width, height, turns, exif }: Grid): Buffer {
  const units = unitsOf(hevc)
  const isPicture = (unit: Buffer) => (unit[0] ?? 0) >> 1 < 32
  const picture = Buffer.concat(units.filter(isPicture).flatMap((unit) => [u32(unit.length), unit]))
  const [columns, rows] = [Math.ceil(width / SIDE), Math.ceil(height / SIDE)]
  const tiles = Array.from({ length: columns * rows }, (_, index) => index + 1)
  const grid = tiles.length + 1
  const shape = Buffer.concat([Buffer.from([0, 1, rows - 1, columns - 1]), u32(width), u32(height)])
  const about = exif && Buffer.concat([u32(0), exif])
  const items = [
    ...tiles.map((id) => ({ id, type: "hvc1" })),
    { id: grid, type: "grid" },
    ...(about ? [{ id: grid + 1, type: "Exif" }] : []),
  ]
  const contents = [picture, shape, ...(about ? [about] : [])]
  const properties = [
    box("hvcC", hvcC(units.filter((unit) => !isPicture(unit)))),
    full("ispe", u32(SIDE), u32(SIDE)),
    full("ispe", u32(width), u32(height)),
    ...(turns === undefined ? [] : [box("irot", Buffer.from([turns]))]),
  ]
  const own = turns === undefined ? [3] : [3, 4]
  const associations = [...tiles.map((id) => [id, [1, 2]] as const), [grid, own] as const].map(([id, of]) =>
    Buffer.concat([u16(id), Buffer.from([of.length, ...of.map((property) => 0x80 | property)])]),
  )
  const link = (type: string, from: number, to: number[]) =>
    box(type, u16(from), u16(to.length), ...to.map((id) => u16(id)))
  const meta = (start: number) =>
    full(
      "meta",
      full("hdlr", u32(0), Buffer.from("pict"), Buffer.alloc(13)),
      full("pitm", u16(grid)),
      full("iloc", u16(0x4400), u16(items.length), ...places(items, contents, start)),
      full("iinf", u16(items.length), ...items.map(({ id, type }) => infe(id, type))),
      box("iprp", box("ipco", ...properties), full("ipma", u32(associations.length), ...associations)),
      full("iref", link("dimg", grid, tiles), ...(about ? [link("cdsc", grid + 1, [grid])] : [])),
    )
  const head = box("ftyp", Buffer.from("heic"), u32(0), Buffer.from("mif1heic"))
  const start = head.length + meta(0).length + 8
  return Buffer.concat([head, meta(start), box("mdat", ...contents)])
}

/** Locations of the items' bytes; all tiles share the same ones. */
function places(items: { id: number; type: string }[], contents: Buffer[], start: number): Buffer[] {
  const starts = contents.map((_, index) => start + Buffer.concat(contents.slice(0, index)).length)
  return items.map(({ id, type }) => {
    const which = ["hvc1", "grid", "Exif"].indexOf(type)
    return Buffer.concat([u16(id), u16(0), u16(1), u32(starts[which] ?? 0), u32(contents[which]?.length ?? 0)])
  })
}

/** Tiles and metadata are hidden: only the grid is shown. */
function infe(id: number, type: string): Buffer {
  const head = Buffer.from([2, 0, 0, type === "grid" ? 0 : 1])
  return box("infe", head, u16(id), u16(0), Buffer.from(type), Buffer.alloc(1))
}

/** Parameters a decoder needs before the first picture. */
function hvcC(parameters: Buffer[]): Buffer {
  const profile = parameters.find((unit) => (unit[0] ?? 0) >> 1 === 33)?.subarray(3, 15) ?? Buffer.alloc(12)
  const rest = Buffer.from([0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, parameters.length])
  const arrays = parameters.map((unit) =>
    Buffer.concat([Buffer.from([0x80 | ((unit[0] ?? 0) >> 1)]), u16(1), u16(unit.length), unit]),
  )
  return Buffer.concat([Buffer.from([1]), profile, rest, ...arrays])
}

/** Splits at start codes of three or four bytes. */
function unitsOf(hevc: Buffer): Buffer[] {
  const [, ...units] = hevc.toString("latin1").split("\0\0\x01")
  return units.map((unit, index) => Buffer.from(index < units.length - 1 ? unit.replace(/\0$/, "") : unit, "latin1"))
}

const u16 = (value: number) => Buffer.from([value >> 8, value & 0xff])
function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
const box = (type: string, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  return Buffer.concat([u32(8 + body.length), Buffer.from(type), body])
}
const full = (type: string, ...parts: Buffer[]): Buffer => box(type, u32(0), ...parts)
