import { randomBytes } from "node:crypto"
import { deflateSync } from "node:zlib"
import sharp from "sharp"
import { expect, test } from "vitest"
import { MODEL_SIDE } from "@/lib/images/decode/limits"
import { make, makeVariant } from "@/lib/images/decode/made.fixture"

type Color = [red: number, green: number, blue: number]

/** Left half red, right half blue. */
const halves = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#ff0000" } }).composite([
    {
      input: { create: { width: width / 2, height, channels: 3, background: "#0000ff" } },
      gravity: "east",
    },
  ])
/** A picture that does not compress. */
const noise = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp(randomBytes(width * height * channels), { raw: { width, height, channels } })

async function colorAt(data: Buffer, left: number, top: number): Promise<number[]> {
  return [...(await sharp(data).extract({ left, top, width: 1, height: 1 }).raw().toBuffer())]
}
const near = (actual: number[], expected: Color) =>
  expected.every((value, index) => Math.abs((actual[index] ?? 999) - value) < 24)

test.each(["png", "jpeg", "webp", "gif", "avif", "tiff"] as const)(
  "%s is accepted, whatever its file name",
  async (format) => {
    const image = await make(await halves(64, 48).toFormat(format).toBuffer(), "notes.txt")
    expect(image).toMatchObject({ width: 64, height: 48 })
    expect(image.mediaType).toBe(`image/${(await sharp(image.data).metadata()).format}`)
    expect(near(await colorAt(image.data, 4, 24), [255, 0, 0])).toBe(true)
    expect(near(await colorAt(image.data, 60, 24), [0, 0, 255])).toBe(true)
  },
)

test("a photo taken sideways is rotated upright, without personal metadata", async () => {
  const photo = await halves(60, 40)
    .jpeg()
    .withExif({ IFD0: { Copyright: "Jane Doe" }, IFD3: { GPSLatitude: "51/1 30/1 0/1" } })
    .withMetadata({ orientation: 6 })
    .toBuffer()
  expect((await sharp(photo).metadata()).orientation).toBe(6)
  const { data, width, height } = await make(photo, "IMG_1.jpg")
  expect({ width, height }).toEqual({ width: 40, height: 60 })
  const metadata = await sharp(data).metadata()
  expect(metadata).toMatchObject({ width: 40, height: 60 })
  expect([metadata.orientation, metadata.exif, metadata.icc, metadata.xmp]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  // Rotated clockwise, the left half is at the top.
  expect(near(await colorAt(data, 20, 10), [255, 0, 0])).toBe(true)
  expect(near(await colorAt(data, 20, 50), [0, 0, 255])).toBe(true)
})

test("metadata in a PNG is removed too", async () => {
  const png = await halves(8, 8)
    .png()
    .withExif({ IFD0: { Artist: "Jane Doe" } })
    .toBuffer()
  expect(png.includes("Jane Doe")).toBe(true)
  expect((await make(png, "a.png")).data.includes("Jane Doe")).toBe(false)
})

test("transparency is kept, with all its colors", async () => {
  const source = await sharp(
    Buffer.from(Array.from({ length: 64 * 64 }, (_, at) => [at % 256, at >> 4, (at * 7) % 256, at % 255]).flat()),
    { raw: { width: 64, height: 64, channels: 4 } },
  )
    .png()
    .toBuffer()
  const { data, mediaType } = await make(source, "logo.png")
  expect(mediaType).toBe("image/png")
  const [before, after] = await Promise.all([source, data].map((each) => sharp(each).raw().toBuffer()))
  expect(after).toEqual(before)
})

test("a drawing stays lossless, a photo becomes a JPEG", async () => {
  const drawing = await halves(800, 600).webp({ lossless: true }).toBuffer()
  expect((await make(drawing, "a.webp")).mediaType).toBe("image/png")
  const photo = await noise(400, 400).blur(2).png().toBuffer()
  expect((await make(photo, "a.png")).mediaType).toBe("image/jpeg")
})

test("an opaque alpha channel does not prevent a photo from becoming a JPEG", async () => {
  const photo = await noise(400, 400).blur(2).ensureAlpha().png().toBuffer()
  expect((await make(photo, "a.png")).mediaType).toBe("image/jpeg")
})

test("16-bit, gray, gray with alpha, and CMYK all become 8-bit colors", async () => {
  const deep = await sharp(
    Uint16Array.from({ length: 8 * 8 * 3 }, (_, at) => (at % 3 === 0 ? 0xffff : 0)),
    {
      raw: { width: 8, height: 8, channels: 3 },
    },
  )
    .toColourspace("rgb16")
    .png()
    .toBuffer()
  expect((await sharp(deep).metadata()).depth).toBe("ushort")
  const gray = { width: 8, height: 8, background: "#808080" }
  const pictures: [Buffer, Color][] = [
    [deep, [255, 0, 0]],
    [
      await sharp({ create: { ...gray, channels: 3 } })
        .toColourspace("b-w")
        .png()
        .toBuffer(),
      [128, 128, 128],
    ],
    [
      await sharp({ create: { ...gray, channels: 4 } })
        .toColourspace("b-w")
        .png()
        .toBuffer(),
      [128, 128, 128],
    ],
    [
      await sharp({ create: { ...gray, channels: 3 } })
        .toColourspace("cmyk")
        .jpeg()
        .toBuffer(),
      [128, 128, 128],
    ],
  ]
  for (const [picture, color] of pictures) {
    const { data } = await make(picture, "a")
    const { depth, hasAlpha } = await sharp(data).metadata()
    expect({ depth, hasAlpha }).toEqual({ depth: "uchar", hasAlpha: false })
    const rgb = await sharp(data).toColourspace("srgb").raw().toBuffer()
    expect(near([...rgb.subarray(0, 3)], color)).toBe(true)
  }
})

test("from an animated GIF the first frame is used", async () => {
  const frames = await Promise.all(
    ["#00ff00", "#ff00ff"].map((background) =>
      sharp({ create: { width: 20, height: 10, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  )
  const gif = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer()
  expect((await sharp(gif).metadata()).pages).toBe(2)
  const { data, width, height } = await make(gif, "a.gif")
  expect({ width, height }).toEqual({ width: 20, height: 10 })
  expect(near(await colorAt(data, 5, 5), [0, 255, 0])).toBe(true)
})

test("a large image is scaled down, a small one is not scaled up", async () => {
  const wide = await halves(5_000, 1_000).png().toBuffer()
  expect(await makeVariant(wide, "model")).toMatchObject({ width: MODEL_SIDE, height: 410 })
  expect(await make(wide, "wide.png")).toMatchObject({ width: 5_000, height: 1_000 })
  expect((await make(await halves(2, 2).png().toBuffer(), "dot.png")).width).toBe(2)
})

test("ten worst-case images fit into one request", { timeout: 240_000 }, async () => {
  for (const side of [800, 950, 1_100, 2_100])
    for (const channels of [3, 4] as const) {
      const worst = await noise(side, side, channels).png({ compressionLevel: 0 }).toBuffer()
      const { data, width, height } = await makeVariant(worst, "model")
      expect(10 * Math.ceil((data.length * 4) / 3)).toBeLessThan(9_500_000)
      expect(await sharp(data).metadata()).toMatchObject({ width, height })
    }
})

test("the same image has the same hash", async () => {
  const picture = await halves(30, 30).png().toBuffer()
  const [a, b] = await Promise.all([make(picture, "a.png"), make(picture, "b.png")])
  expect(a.sha256).toBe(b.sha256)
  expect(a.sha256).toMatch(/^[0-9a-f]{64}$/)
})

test.each([
  [
    "notes.png",
    Buffer.from("My notes\nare text — with an umlaut: ü"),
    "“notes.png” is a text file, not an image. Use PNG, JPEG, WebP, GIF, AVIF, HEIC, TIFF, BMP, or SVG.",
  ],
  ["page.gif", Buffer.from("<!doctype html><script>alert(1)</script>"), "“page.gif” is a text file"],
  ["empty.png", Buffer.alloc(0), "“empty.png” is empty."],
  ["a.jpg", Buffer.from([0, 1, 2, 3, 0xff, 0xfe, 7]), "“a.jpg” isn't an image Sparkler can read."],
])("unsupported files are rejected by type: %s", async (name, bytes, sentence) => {
  await expect(make(bytes, name)).rejects.toMatchObject({
    code: "image:unsupported",
    message: expect.stringContaining(sentence),
    details: { name },
  })
})

test.each(["png", "jpeg", "webp", "gif", "avif"] as const)("half a %s is damaged", async (format) => {
  const whole = await noise(64, 64).toFormat(format).toBuffer()
  await expect(make(whole.subarray(0, whole.length / 2), `a.${format}`)).rejects.toMatchObject({
    code: "image:broken",
    message: `“a.${format}” is damaged or incomplete and can't be opened.`,
  })
})

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

test("a small file that decompresses to 900 megapixels is rejected first", async () => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(30_000, 0)
  header.writeUInt32BE(30_000, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const bomb = Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(30_000 * (30_000 / 8 + 1)))),
    chunk("IEND", Buffer.alloc(0)),
  ])
  expect(bomb.length).toBeLessThan(200_000)
  await expect(make(bomb, "bomb.png")).rejects.toMatchObject({
    code: "image:too_large",
    message: "“bomb.png” has 900 megapixels; the limit is 100. Resize it and add it again.",
  })
})
