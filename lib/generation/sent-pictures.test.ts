/** What a model server actually receives of images and pages, decoded and compared with the originals. */
import sharp from "sharp"
import { expect, test } from "vitest"
import { z } from "zod"
import { rotatedPdf } from "@/lib/documents/read/pdf.fixture"
import { addDocument } from "@/lib/documents/store/documents"
import { ask, newGuest, send, setUp, started } from "@/lib/generation/generation.fixture"
import { GOOD, type GoodFile } from "@/lib/images/decode/corpus.fixture"
import { addImage } from "@/lib/images/images"

setUp()

/** Limit of Fireworks for all base64 of a request. */
const MAX_BASE64 = 10_000_000

const body = z.looseObject({ messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })) })
const picturePart = z.object({ type: z.literal("image_url"), image_url: z.object({ url: z.string() }) })
type Part = Parameters<typeof ask>[1] extends infer _
  ? NonNullable<ReturnType<typeof ask>["message"]["parts"]>[number]
  : never

/** Asks with these parts; returns the images that the model server received, in order. */
async function picturesSent(parts: Part[], as: Awaited<ReturnType<typeof newGuest>>): Promise<string[]> {
  const before = started.server.requests.length
  const request = ask("[[echo]] look")
  request.message.parts.unshift(...parts)
  await (await send(request, as)).response?.text()
  const sent = started.server.requests
    .slice(before)
    .find(({ body: asked }) => JSON.stringify(asked)?.includes('"stream"'))
  const content = body.parse(sent?.body).messages.flatMap((message) => message.content)
  return content.flatMap((part) => picturePart.safeParse(part).data?.image_url.url ?? [])
}

async function added(bytes: Uint8Array, name: string, as: { id: string }): Promise<Part> {
  const { url, mediaType } = await addImage(as.id, bytes, name)
  return { type: "file", url, mediaType }
}

async function decodedUri(uri: string) {
  const [, type = "", data = ""] = /^data:(image\/(?:png|jpeg));base64,([A-Za-z0-9+/]+=*)$/.exec(uri) ?? []
  const bytes = Buffer.from(data, "base64")
  const metadata = await sharp(bytes).metadata()
  expect(type).toBe(`image/${metadata.format}`)
  const { data: pixels, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) => {
    const place = (Math.round(y * (info.height - 1)) * info.width + Math.round(x * (info.width - 1))) * info.channels
    return [...pixels.subarray(place, place + 3)]
  }
  return { bytes, metadata, at }
}

function expectSame(name: string, picture: Awaited<ReturnType<typeof decodedUri>>, source: GoodFile) {
  const { metadata, bytes, at } = picture
  expect([metadata.width, metadata.height], name).toEqual([source.width, source.height])
  expect([metadata.depth, metadata.space], name).toEqual(["uchar", "srgb"])
  for (const kept of ["exif", "icc", "xmp", "iptc", "orientation", "comments"] as const)
    expect(metadata[kept], `${name}: ${kept}`).toBeUndefined()
  expect(bytes.includes("Jane Doe"), name).toBe(false)
  for (const [x, y, color] of source.pixels)
    for (const [channel, value] of color.entries())
      expect(Math.abs((at(x, y)[channel] ?? 999) - value), `${name} at ${x}, ${y}: ${at(x, y)}`).toBeLessThanOrEqual(26)
}

const COMPARED = [
  ...Array.from({ length: 8 }, (_, turn) => `turned like ${turn + 1}`),
  ...["JPEG of CMYK", "TIFF of CMYK", "PNG of 16 bits", "JPEG of wide colors", "HEIC of wide colors"],
  ...[
    "HEIC that says twice how it is turned",
    "HEIC of tiles that says twice how it is turned, and where",
    "BMP",
    "SVG",
  ],
]

test("images are sent upright, with their colors and sizes, in 8 bits, without personal metadata", async () => {
  const guest = await newGuest()
  const sources = await Promise.all(COMPARED.map((name) => GOOD[name]?.() ?? Promise.reject(new Error(name))))
  const parts: Part[] = []
  for (const [at, { bytes }] of sources.entries()) parts.push(await added(bytes, `${at}.jpg`, guest))
  const sent = await picturesSent(parts, guest)
  expect(sent).toHaveLength(sources.length)
  for (const [at, source] of sources.entries()) expectSame(COMPARED[at] ?? "", await decodedUri(sent[at] ?? ""), source)
})

/** Too many for a request as they are: each is at least 0.5 MB of base64. */
const MANY = 18

test("many large images are scaled down until all fit in one request, in order", {
  timeout: 300_000,
}, async () => {
  const guest = await newGuest()
  const noise = (red: number) =>
    sharp({
      create: {
        ...{ width: 880, height: 660, channels: 3, background: "#000000" },
        noise: { type: "gaussian", mean: 100, sigma: 90 },
      },
    })
      .linear([1, 1, 1], [red, 0, 0])
      .png()
      .toBuffer()
  const parts: Part[] = []
  for (let at = 0; at < MANY; at++) parts.push(await added(await noise(at % 2 ? 120 : -60), `${at}.png`, guest))
  const sent = await picturesSent(parts, guest)
  expect(sent).toHaveLength(MANY)
  expect(sent.join("").length).toBeLessThan(MAX_BASE64)
  expect(sent.join("").length).toBeGreaterThan(MAX_BASE64 / 3)
  for (const [at, uri] of sent.entries()) {
    const { metadata, bytes } = await decodedUri(uri)
    expect((metadata.width ?? 0) / (metadata.height ?? 1)).toBeCloseTo(4 / 3, 2)
    const { channels } = await sharp(bytes).stats()
    expect((channels[0]?.mean ?? 0) > (channels[1]?.mean ?? 0), `picture ${at}`).toBe(at % 2 === 1)
  }
})

test.each([90, 180, 270] as const)("a page rotated by %i degrees is sent upright", async (turn) => {
  const guest = await newGuest()
  const { id } = await addDocument(guest.id, await rotatedPdf(turn), { name: "turned.pdf", mostBytes: null })
  const [page = "", ...more] = await picturesSent(
    [{ type: "data-document", data: { documentId: id, mode: "pictures" } }],
    guest,
  )
  expect(more).toEqual([])
  const { bytes, metadata } = await decodedUri(page)
  const size = { width: metadata.width ?? 0, height: metadata.height ?? 0 }
  expect(size.width > size.height).toBe(turn === 180)
  expect(Math.max(size.width, size.height)).toBe(1_600)
  const ink = async (left: number, top: number, width: number, height: number) => {
    const part = {
      left: left * size.width,
      top: top * size.height,
      width: width * size.width,
      height: height * size.height,
    }
    const whole = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, Math.floor(value)]))
    const cut = await sharp(bytes)
      .extract({ left: 0, top: 0, width: 1, height: 1, ...whole })
      .png()
      .toBuffer()
    // On a pipeline, `stats` would describe its source.
    const { channels } = await sharp(cut).stats()
    return 255 - (channels[0]?.min ?? 255)
  }
  // Three lines on the left, near the top; nothing below.
  expect(await ink(0.05, 0.04, 0.25, 0.15)).toBeGreaterThan(150)
  expect(await ink(0, 0.5, 1, 0.5)).toBeLessThan(40)
})
