/** Each file of the corpus has the expected pixels, or is rejected for the expected reason. */
import { createServer } from "node:http"
import sharp from "sharp"
import { describe, expect, test } from "vitest"
import { BAD, bmp, type Color, GOOD, halves, sample, svg, twoPages } from "@/lib/images/decode/corpus.fixture"
import { make, makeAll } from "@/lib/images/decode/made.fixture"

async function colorAt(data: Buffer, x: number, y: number): Promise<number[]> {
  const { data: raw, info } = await sharp(data).toColourspace("srgb").raw().toBuffer({ resolveWithObject: true })
  const at = (Math.round(y * (info.height - 1)) * info.width + Math.round(x * (info.width - 1))) * info.channels
  return [...raw.subarray(at, at + 3)]
}
const near = (actual: number[], expected: Color) =>
  expected.every((value, index) => Math.abs((actual[index] ?? 999) - value) <= 26)

describe("is accepted", () => {
  test.each(Object.entries(GOOD))("%s", { timeout: 240_000 }, async (_, file) => {
    const { bytes, width, height, pixels } = await file()
    const { pictures } = await makeAll(bytes, "../../x.txt")
    const [picture] = pictures
    if (!picture) throw new Error("no picture")
    expect([picture.full.width, picture.full.height]).toEqual([width, height])
    expect(Buffer.from(picture.thumbhash, "base64").length).toBeGreaterThan(4)
    for (const made of [picture.full, ...picture.derived]) {
      const metadata = await sharp(made.data).metadata()
      expect(metadata).toMatchObject({ width: made.width, height: made.height, depth: "uchar" })
      for (const kept of ["exif", "icc", "xmp", "iptc", "orientation", "comments"] as const)
        expect(metadata[kept], kept).toBeUndefined()
      expect(made.mediaType).toBe(`image/${metadata.format}`)
      for (const text of ["Jane Doe", "alert(", "PK\x03\x04", "%PDF"]) expect(made.data.includes(text)).toBe(false)
      for (const [x, y, color] of pixels) {
        const actual = await colorAt(made.data, x, y)
        expect(near(actual, color), `${actual} at ${x}, ${y}`).toBe(true)
      }
    }
  })
})

describe("is rejected", () => {
  test.each(Object.entries(BAD))("%s", { timeout: 240_000 }, async (_, { code, bytes }) => {
    await expect(make(await bytes(), "x.png")).rejects.toMatchObject({ code, details: { name: "x.png" } })
  })
})

describe("truncated at twenty places", () => {
  const noise = { type: "gaussian" as const, mean: 128, sigma: 50 }
  const encoded = (format: "jpeg" | "png" | "webp" | "gif" | "avif" | "tiff") => () =>
    sharp({ create: { width: 80, height: 60, channels: 3, background: "#000000", noise } })
      .toFormat(format)
      .toBuffer()
  test.each<[string, () => Promise<Buffer>]>([
    ...(["jpeg", "png", "webp", "gif", "avif", "tiff"] as const).map((format): [string, () => Promise<Buffer>] => [
      format,
      encoded(format),
    ]),
    ["heic", () => sample("turned.heic")],
    ["bmp", async () => bmp(64, 48, (x) => [x, 9, 99])],
    ["svg", async () => svg('<rect width="64" height="48" fill="#f00"/>')],
  ])("a %s is damaged or unsupported, never an internal error", { timeout: 240_000 }, async (_, file) => {
    const whole = await file()
    for (let part = 0; part < 20; part++) {
      const cut = whole.subarray(0, Math.floor((whole.length * part) / 20))
      await expect(make(cut, "cut"), `${part} twentieths`).rejects.toMatchObject({
        code: expect.stringMatching(/^image:(broken|unsupported)$/),
      })
    }
  })
})

test("from a multi-page file the first page is used, or all of them", async () => {
  const tiff = await twoPages()
  const first = await makeAll(tiff, "scan.tif")
  expect([first.pictures.length, first.pages]).toEqual([1, 2])
  const all = await makeAll(tiff, "scan.tif", { pages: 30 })
  expect(all.pictures).toHaveLength(2)
  const colors = await Promise.all(all.pictures.map(({ full }) => colorAt(full.data, 0.1, 0.5)))
  expect(colors.map((color) => near(color, [255, 0, 0]))).toEqual([true, false])
  expect(near(colors[1] ?? [], [0, 255, 0])).toBe(true)
})

test("an SVG loads nothing: no file, no URL, no script; embedded content is drawn", async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? "")
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const url = typeof address === "object" && address ? `http://127.0.0.1:${address.port}` : ""
  const inside = `data:image/png;base64,${(await halves(8, 8).png().toBuffer()).toString("base64")}`
  const drawing = svg(`
    <style>@import url("${url}/style.css"); @font-face { font-family: f; src: url("${url}/font.woff") }</style>
    <script>fetch("${url}/script")</script>
    <image href="${url}/a.png" width="9" height="9"/><image xlink:href="file:///etc/hostname" width="9" height="9"/>
    <use href="${url}/b.svg#x"/><rect width="64" height="48" fill="#0f0" filter="url(${url}/c.svg#f)"/>
    <rect width="64" height="48" fill="#0f0"/><image href="${inside}" x="16" y="0" width="48" height="48"/>
    <foreignObject width="9" height="9"><iframe src="${url}/frame"/></foreignObject>`)
  const { data } = await make(drawing, "x.svg")
  server.close()
  expect(asked).toEqual([])
  expect(near(await colorAt(data, 0.05, 0.5), [0, 255, 0])).toBe(true)
  expect(near(await colorAt(data, 0.9, 0.5), [0, 0, 255])).toBe(true)
})

test("a region is cropped at full resolution", async () => {
  const { data, width, height } = await make(await halves(4_000, 3_000).png().toBuffer(), "a.png", {
    region: { x: 1_900, y: 10, width: 200, height: 100 },
  })
  expect([width, height]).toEqual([200, 100])
  expect(near(await colorAt(data, 0.25, 0.5), [255, 0, 0])).toBe(true)
  expect(near(await colorAt(data, 0.75, 0.5), [0, 0, 255])).toBe(true)
})
