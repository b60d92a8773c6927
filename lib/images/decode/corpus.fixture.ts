/**
 * Files of every kind that users and attackers bring: pictures with their expected pixels, and files that aren't
 * pictures.
 */
import { randomBytes } from "node:crypto"
import { readFile } from "node:fs/promises"
import path from "node:path"
import { deflateSync, gzipSync } from "node:zlib"
import sharp, { type Sharp } from "sharp"
import { gridHeic, halvesTile } from "@/lib/images/decode/heic.fixture"

export type Color = [red: number, green: number, blue: number]
const RED: Color = [255, 0, 0]
const BLUE: Color = [0, 0, 255]

export interface GoodFile {
  bytes: Buffer
  width: number
  height: number
  /** Expected colors at positions relative to width and height. */
  pixels: [x: number, y: number, color: Color][]
}

/** Left half red, right half blue. */
export const halves = (width = 64, height = 48): Sharp =>
  sharp({ create: { width, height, channels: 3, background: "#ff0000" } }).composite([
    { input: { create: { width: width / 2, height, channels: 3, background: "#0000ff" } }, gravity: "east" },
  ])

const ACROSS: GoodFile["pixels"] = [
  [0.1, 0.5, RED],
  [0.9, 0.5, BLUE],
]
const across = (bytes: Buffer, width = 64, height = 48): GoodFile => ({ bytes, width, height, pixels: ACROSS })
export const sample = (name: string) => readFile(path.join(import.meta.dirname, "samples", name))

/** Where red and blue are in a picture with this EXIF orientation (1 to 8). */
const TURNED: Record<number, GoodFile["pixels"]> = Object.fromEntries(
  Array.from({ length: 8 }, (_, index) => {
    const turn = index + 1
    const redFirst = [1, 4, 5, 6].includes(turn)
    const [first, second] = redFirst ? [RED, BLUE] : [BLUE, RED]
    const pixels: GoodFile["pixels"] =
      turn < 5
        ? [
            [0.1, 0.5, first],
            [0.9, 0.5, second],
          ]
        : [
            [0.5, 0.1, first],
            [0.5, 0.9, second],
          ]
    return [turn, pixels]
  }),
)

/** EXIF of a photo: author, location, and orientation. */
async function exifOf(turn: number): Promise<Buffer> {
  const { exif } = await sharp((await turned(turn)).bytes).metadata()
  if (!exif) throw new Error("no EXIF")
  return exif
}

async function turned(turn: number): Promise<GoodFile> {
  const bytes = await halves()
    .jpeg()
    .withExif({ IFD0: { Copyright: "Jane Doe" }, IFD3: { GPSLatitude: "51/1 30/1 0/1" } })
    .withMetadata({ orientation: turn })
    .toBuffer()
  const [width, height] = turn < 5 ? [64, 48] : [48, 64]
  return { bytes, width, height, pixels: TURNED[turn] ?? [] }
}

/** 24 bits per pixel, bottom-up, as on Windows. */
export function bmp(width: number, height: number, colorAt: (x: number) => Color): Buffer {
  const row = Math.ceil((width * 3) / 4) * 4
  const file = Buffer.alloc(54 + row * height)
  file.write("BM", 0, "latin1")
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(54, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(width, 18)
  file.writeInt32LE(height, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(24, 28)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) file.set(colorAt(x).toReversed(), 54 + y * row + x * 3)
  return file
}

export const svg = (inside: string, size = 'width="64" height="48"') =>
  Buffer.from(
    `<?xml version="1.0"?>\n<!-- a drawing -->\n<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${size}>${inside}</svg>`,
  )
const HALVES = '<rect width="32" height="48" fill="#f00"/><rect x="32" width="32" height="48" fill="#00f"/>'

const animated = async (format: "gif" | "webp") => {
  const frames = [halves(), sharp({ create: { width: 64, height: 48, channels: 3, background: "#00ff00" } })]
  const join = await Promise.all(frames.map((frame) => frame.png().toBuffer()))
  return sharp(join, { join: { animated: true } })
    [format]()
    .toBuffer()
}

/** A picture with two pages: the second is green. */
export async function twoPages(): Promise<Buffer> {
  const frames = [halves(), sharp({ create: { width: 64, height: 48, channels: 3, background: "#00ff00" } })]
  const join = await Promise.all(frames.map((frame) => frame.png().toBuffer()))
  return sharp(join, { join: { across: 1, animated: true } })
    .tiff({ compression: "lzw" })
    .toBuffer()
}

const deep = async () => {
  const raw = new Uint16Array(64 * 48 * 3)
  for (let at = 0; at < raw.length; at += 3) raw[at + ((at / 3) % 64 < 32 ? 0 : 2)] = 0xffff
  return sharp(raw, { raw: { width: 64, height: 48, channels: 3 } })
    .toColourspace("rgb16")
    .png()
    .toBuffer()
}

/** Pictures that are accepted, whatever their names. */
export const GOOD: Record<string, () => Promise<GoodFile>> = {
  JPEG: async () => across(await halves().jpeg().toBuffer()),
  "progressive JPEG": async () => across(await halves().jpeg({ progressive: true }).toBuffer()),
  PNG: async () => across(await halves().png().toBuffer()),
  "PNG with a palette": async () => across(await halves().png({ palette: true }).toBuffer()),
  "PNG of 16 bits": async () => across(await deep()),
  WebP: async () => across(await halves().webp({ lossless: true }).toBuffer()),
  AVIF: async () => across(await halves().avif({ quality: 90 }).toBuffer()),
  "animated GIF": async () => across(await animated("gif")),
  "animated WebP": async () => across(await animated("webp")),
  TIFF: async () => across(await halves().tiff({ compression: "lzw" }).toBuffer()),
  "TIFF of CMYK": async () => ({
    bytes: await sharp({ create: { width: 64, height: 48, channels: 3, background: "#808080" } })
      .toColourspace("cmyk")
      .tiff({ compression: "deflate" })
      .toBuffer(),
    ...{ width: 64, height: 48, pixels: [[0.5, 0.5, [128, 128, 128]]] },
  }),
  BMP: async () => across(bmp(64, 48, (x) => (x < 32 ? RED : BLUE))),
  "BMP with rows that are filled up": async () =>
    across(
      bmp(63, 47, (x) => (x < 32 ? RED : BLUE)),
      63,
      47,
    ),
  "HEIC that says twice how it is turned": async () => ({
    ...{ bytes: await sample("turned.heic"), width: 48, height: 64 },
    pixels: TURNED[6] ?? [],
  }),
  // The file contains 234, 51, 35 in Display P3, as phones write it.
  "HEIC of wide colors": async () => ({
    ...{ bytes: await sample("wide.heic"), width: 64, height: 48 },
    pixels: [[0.5, 0.5, RED]],
  }),
  "HEIC of tiles that says twice how it is turned, and where": async () => ({
    bytes: gridHeic(await halvesTile(), { width: 1_536, height: 1_024, turns: 3, exif: await exifOf(6) }),
    ...{ width: 1_024, height: 1_536 },
    // The first of three tiles, from its left half: at the top once rotated.
    pixels: [
      [0.5, 0.08, RED],
      [0.5, 0.25, BLUE],
    ],
  }),
  SVG: async () => across(svg(HALVES), 2_048, 1_536),
  "SVG without a size": async () => across(svg(HALVES, 'viewBox="0 0 64 48"'), 2_048, 1_536),
  "JPEG of wide colors": async () => ({
    ...across(await halves().jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).withIccProfile("p3").toBuffer()),
  }),
  "JPEG of CMYK": async () => ({
    bytes: await sharp({ create: { width: 64, height: 48, channels: 3, background: "#808080" } })
      .toColourspace("cmyk")
      .jpeg()
      .toBuffer(),
    ...{ width: 64, height: 48, pixels: [[0.5, 0.5, [128, 128, 128]]] },
  }),
  gray: async () => ({
    bytes: await sharp({ create: { width: 64, height: 48, channels: 3, background: "#808080" } })
      .toColourspace("b-w")
      .png()
      .toBuffer(),
    ...{ width: 64, height: 48, pixels: [[0.5, 0.5, [128, 128, 128]]] },
  }),
  "one pixel": async () => ({
    bytes: await sharp({ create: { width: 1, height: 1, channels: 3, background: "#00ff00" } })
      .png()
      .toBuffer(),
    ...{ width: 1, height: 1, pixels: [[0, 0, [0, 255, 0]]] },
  }),
  "20,000 × 10": async () => across(await halves(20_000, 10).png().toBuffer(), 16_384, 8),
  "40 megapixels": async () => across(await halves(8_000, 5_000).jpeg().toBuffer(), 8_000, 5_000),
  // Runs as a script if served as one.
  "a GIF that is a script": async () => {
    const gif = await halves().gif().toBuffer()
    return across(Buffer.concat([gif, Buffer.from("*/=1;alert(document.cookie)//")]))
  },
  "a JPEG that is a PDF": async () => {
    const jpeg = await halves().jpeg().toBuffer()
    const comment = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(alert(1))>>>>endobj\n")
    const head = Buffer.from([0xff, 0xfe, 0, comment.length + 2])
    return across(Buffer.concat([jpeg.subarray(0, 2), head, comment, jpeg.subarray(2), Buffer.from("\n%%EOF")]))
  },
  "a PNG with a zip behind it": async () =>
    across(Buffer.concat([await halves().png().toBuffer(), Buffer.from("PK\x03\x04secret.txt")])),
  ...Object.fromEntries(Array.from({ length: 8 }, (_, turn) => [`turned like ${turn + 1}`, () => turned(turn + 1)])),
}

/** A PNG that declares this size; its pixels are zeros, which compress well. */
export function pngBomb(side: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const data = deflateSync(Buffer.alloc(side * Math.ceil(side / 8 + 1)))
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    ...[chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))],
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const table = Array.from({ length: 256 }, (_, n) => {
    let c = n
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    return c
  })
  const body = Buffer.concat([Buffer.from(type), data])
  const crc = body.reduce((c, byte) => (table[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8), 0xffffffff)
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeInt32BE(~crc, 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** Entities that expand to 10^9 times their text. */
const laughs = () => {
  const entities = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`)
  return Buffer.from(
    `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY l0 "lol">${entities.join("")}]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&l9;</text></svg>`,
  )
}

/** Files that are rejected, with the error code. */
export const BAD: Record<string, { code: string; bytes: () => Promise<Buffer> }> = {
  "zero bytes": { code: "image:unsupported", bytes: async () => Buffer.alloc(0) },
  text: { code: "image:unsupported", bytes: async () => Buffer.from("My notes — with an umlaut: ü") },
  HTML: { code: "image:unsupported", bytes: async () => Buffer.from("<!doctype html><script>alert(1)</script>") },
  "HTML that shows a drawing": {
    code: "image:unsupported",
    bytes: async () => Buffer.from("<html><svg><script>alert(1)</script></svg></html>"),
  },
  "a zip": { code: "image:unsupported", bytes: async () => Buffer.from("PK\x03\x04\x14\0\0\0") },
  noise: { code: "image:unsupported", bytes: async () => Buffer.concat([Buffer.from([7]), randomBytes(5_000)]) },
  "a gzip": { code: "image:unsupported", bytes: async () => gzipSync(Buffer.alloc(10_000)) },
  "a Photoshop file": { code: "image:unsupported", bytes: async () => Buffer.from("8BPS\0\x01\0\0\0\0\0\0") },
  "a bomb of 900 megapixels": { code: "image:too_large", bytes: async () => pngBomb(30_000) },
  "a BMP that says to be huge": {
    code: "image:too_large",
    bytes: async () => {
      const file = bmp(2, 2, () => RED)
      file.writeInt32LE(60_000, 18)
      file.writeInt32LE(60_000, 22)
      return file
    },
  },
  "a BMP that is cut": { code: "image:broken", bytes: async () => bmp(64, 48, () => RED).subarray(0, 500) },
  "a HEIC of its head": { code: "image:broken", bytes: async () => (await sample("turned.heic")).subarray(0, 200) },
  "an SVG of entities": { code: "image:broken", bytes: async () => laughs() },
  "an SVG that isn't closed": {
    code: "image:broken",
    bytes: async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9"'),
  },
}
