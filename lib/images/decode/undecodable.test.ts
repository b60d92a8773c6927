/** Intact pictures of a variety without a decoder aren't reported as damaged. */
import sharp, { type TiffOptions } from "sharp"
import { expect, test } from "vitest"
import { make } from "@/lib/images/decode/made.fixture"

const PHOTOMETRIC = 262
const COMPRESSION = 259
const PLANAR = 284

const tiff = (options: TiffOptions = {}) =>
  sharp({ create: { width: 64, height: 64, channels: 3, background: "#f00" } })
    .tiff({ compression: "none", ...options })
    .toBuffer()

/** The same picture with one tag of its (little-endian) directory changed. */
function withTag(bytes: Buffer, tag: number, value: number): Buffer {
  const changed = Buffer.from(bytes)
  const directory = changed.readUInt32LE(4)
  const entry = Array.from({ length: changed.readUInt16LE(directory) }, (_, n) => directory + 2 + n * 12).find(
    (at) => changed.readUInt16LE(at) === tag,
  )
  if (entry === undefined) throw new Error(`no tag ${tag}`)
  changed.writeUInt16LE(value, entry + 8)
  return changed
}

const tiles = { tile: true, tileWidth: 16, tileHeight: 16 }

test.each([
  ["tiled and planar", async () => withTag(await tiff(tiles), PLANAR, 2)],
  ["LAB", async () => withTag(await tiff(), PHOTOMETRIC, 8)],
  ["ICC LAB", async () => withTag(await tiff(), PHOTOMETRIC, 9)],
  ["LogLuv", async () => withTag(await tiff(), PHOTOMETRIC, 32_845)],
  ["old-style JPEG", async () => withTag(await tiff(), COMPRESSION, 6)],
  ["JPEG 2000", async () => withTag(await tiff(), COMPRESSION, 34_712)],
])("a TIFF type without a decoder is reported as unsupported: %s", async (_, made) => {
  await expect(make(await made(), "scan.tif")).rejects.toMatchObject({
    code: "image:unsupported",
    message: "“scan.tif” is a kind of TIFF image that isn't supported. Save it as JPEG or PNG.",
  })
})

test("half a TIFF may be damaged or unsupported: both are reported", async () => {
  const half = (await tiff()).subarray(0, 5_000)
  await expect(make(half, "scan.tif")).rejects.toMatchObject({
    code: "image:broken",
    message: expect.stringContaining("damaged, or a kind of TIFF that isn't supported"),
  })
})

test.each([
  ["P6\n4 4\n255\n", "PPM"],
  ["P3\n# a comment\n4 4 255 0 0 0", "PPM"],
  ["P7\nWIDTH 4\nHEIGHT 4\n", "PPM"],
  ["\0\0\x01\0\x01\0", "ICO"],
  ["8BPS\0\x01", "PSD"],
  ["\0\0\0\x0cjP  \r\n\x87\n", "JP2"],
])("%j is reported as what it is", async (bytes, name) => {
  await expect(make(Buffer.from(bytes, "latin1"), "x")).rejects.toMatchObject({
    code: "image:unsupported",
    message: expect.stringContaining(`is a ${name} image`),
  })
})

test("text that starts like a pixmap is text", async () => {
  await expect(make(Buffer.from("P1 is the first of the projects"), "x")).rejects.toMatchObject({
    message: expect.stringContaining("is a text file"),
  })
})
