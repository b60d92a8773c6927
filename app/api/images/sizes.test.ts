/** The sizes of an image, crops, pages, and URLs: through the routes and the decoder processes. */
import { randomUUID } from "node:crypto"
import sharp from "sharp"
import { afterAll, beforeAll, expect, test } from "vitest"
import { POST as crop } from "@/app/api/images/[id]/crop/route"
import { GET } from "@/app/api/images/[id]/route"
import { POST as upload } from "@/app/api/uploads/route"
import { type TestGuest, testGuest } from "@/lib/auth/guest.fixture"
import { storedBytes } from "@/lib/db/files"
import { createShareRow } from "@/lib/db/shares"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { fileStorage } from "@/lib/files/storage"
import { deleteUnusedFiles, sweepFiles } from "@/lib/files/sweep"
import { halves, twoPages } from "@/lib/images/decode/corpus.fixture"
import { imagesForModel } from "@/lib/images/for-model"
import { addImage, cropImage } from "@/lib/images/images"
import { appendPiece, beginUpload, finalizeUpload } from "@/lib/intake/uploads"

let testDb: TestDatabase
const ORIGIN = "http://localhost:3000"
const context = (id: string) => ({ params: Promise.resolve({ id }) })

beforeAll(async () => {
  testDb = await withTestDb()
})
afterAll(() => testDb.close())

/** Pixels that don't compress. */
const photo = ({ width, height } = { width: 3_000, height: 2_000 }) =>
  sharp({
    create: {
      ...{ width, height, channels: 3, background: "#000000" },
      noise: { type: "gaussian", mean: 128, sigma: 40 },
    },
  })
    .jpeg()
    .toBuffer()

const get = (id: string, guest: TestGuest, query = "", headers: Record<string, string> = {}) =>
  GET(new Request(`${ORIGIN}/api/images/${id}${query}`, { headers: { cookie: guest.cookie, ...headers } }), context(id))

test("an image is available in the page's sizes, each cached permanently; an unknown size is rejected", async () => {
  const guest = await testGuest()
  const image = await addImage(guest.id, await photo(), "photo.jpg")
  expect(image).toMatchObject({ width: 3_000, height: 2_000, mediaType: "image/jpeg" })
  expect(image.thumbhash).toMatch(/^[A-Za-z0-9+/=]{20,60}$/)
  const etags = new Set<string | null>()
  for (const size of [320, 640, 1_280]) {
    const response = await get(image.id, guest, `?size=${size}`)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/webp",
      "content-disposition": "inline; filename*=UTF-8''photo.webp",
      "cache-control": "private, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
    })
    etags.add(response.headers.get("etag"))
    const bytes = Buffer.from(await response.arrayBuffer())
    expect((await sharp(bytes).metadata()).width).toBe(size)
    const piece = await get(image.id, guest, `?size=${size}`, { range: "bytes=0-3" })
    expect([piece.status, await piece.text()]).toEqual([206, "RIFF"])
  }
  expect(etags.size).toBe(3)
  const whole = Buffer.from(await (await get(image.id, guest)).arrayBuffer())
  expect((await sharp(whole).metadata()).width).toBe(3_000)
  expect((await get(image.id, guest, "?size=321")).status).toBe(400)
  expect((await get(image.id, await testGuest(), "?size=320")).status).toBe(404)
})

test("images of earlier versions and small ones are served unchanged for any size", async () => {
  const guest = await testGuest()
  const image = await addImage(guest.id, await halves(400, 300).png().toBuffer(), "a.png")
  for (const size of ["", "?size=640", "?size=2048"]) {
    const bytes = Buffer.from(await (await get(image.id, guest, size)).arrayBuffer())
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 400, format: "png" })
  }
  await testDb.database.derivative.deleteMany({ where: { fileId: image.id } })
  await testDb.database.file.update({ where: { id: image.id }, data: { thumbhash: null } })
  const bytes = Buffer.from(await (await get(image.id, guest, "?size=320")).arrayBuffer())
  expect((await sharp(bytes).metadata()).width).toBe(400)
})

test("a share serves the sizes of its images, and no others", async () => {
  const owner = await testGuest()
  const [held, other] = [await photo(), await halves(2_500, 900).png().toBuffer()]
  const [a, b] = [await addImage(owner.id, held, "a"), await addImage(owner.id, other, "b")]
  const conversationId = randomUUID()
  await testDb.database.conversation.create({ data: { id: conversationId, userId: owner.id, title: "t" } })
  const token = randomUUID().replaceAll("-", "")
  await createShareRow(testDb.database, {
    ...{ id: randomUUID(), token, userId: owner.id, conversationId, title: "t", messages: [], imageIds: [a.id] },
  })
  const stranger = await testGuest()
  const shown = await get(a.id, stranger, `?size=320&share=${token}`)
  expect([shown.status, shown.headers.get("cache-control")]).toEqual([200, "private, no-cache"])
  await shown.body?.cancel()
  expect((await get(b.id, stranger, `?size=320&share=${token}`)).status).toBe(404)
})

test("derived images count toward storage, and are deleted with the image", async () => {
  const guest = await testGuest()
  const image = await addImage(guest.id, await photo(), "a.jpg")
  const made = await testDb.database.derivative.findMany({ where: { fileId: image.id } })
  expect(made.map(({ variant }) => variant).sort()).toEqual(["1280", "320", "640", "low", "model", "small"])
  const bytes = made.reduce((sum, { size }) => sum + size, image.bytes)
  expect(await storedBytes(guest.id)).toBe(bytes)
  const [other] = [await halves(3_000, 999).png().toBuffer()]
  await expect(addImage(guest.id, other, "b.png", bytes + 10)).rejects.toMatchObject({ code: "limit:reached" })
  const row = await testDb.database.file.findUniqueOrThrow({ where: { id: image.id } })
  await deleteUnusedFiles([row])
  for (const { objectKey } of [...made, row]) expect(await fileStorage().has(objectKey)).toBe(false)
  await sweepFiles()
})

test("a crop is a new image that references its source; an out-of-bounds one is rejected", async () => {
  const guest = await testGuest()
  const image = await addImage(guest.id, await halves(3_000, 2_000).png().toBuffer(), "a.png")
  const asked = (who: TestGuest, body: unknown) => {
    const headers = { cookie: who.cookie, origin: ORIGIN, host: "localhost:3000" }
    const url = `${ORIGIN}/api/images/${image.id}/crop`
    return crop(new Request(url, { method: "POST", headers, body: JSON.stringify(body) }), context(image.id))
  }
  const region = { x: 1_400, y: 0, width: 200, height: 150 }
  const response = await asked(guest, region)
  expect(response.status).toBe(201)
  const { image: part } = await response.json()
  expect(part).toMatchObject({ width: 200, height: 150, name: "a.png", derivedFrom: { id: image.id, region } })
  const pixels = await sharp(Buffer.from(await (await get(part.id, guest)).arrayBuffer()))
    .raw()
    .toBuffer()
  // Halves, as multiples of 255.
  const ends = [...pixels.subarray(0, 3), ...pixels.subarray(597, 600)]
  expect(ends.map((value) => Math.round(value / 255))).toEqual([1, 0, 0, 0, 0, 1])
  expect((await asked(guest, { ...region, x: 2_900 })).status).toBe(400)
  expect((await asked(guest, { ...region, x: 0.5 })).status).toBe(400)
  expect((await asked(guest, { ...region, width: 0 })).status).toBe(400)
  expect((await asked(await testGuest(), region)).status).toBe(404)
  const twice = await cropImage(guest.id, part.id, { x: 0, y: 0, width: 10, height: 10 }, null)
  expect(twice.derivedFrom?.id).toBe(part.id)
})

test("the other pages of a multi-page file can be requested after the first", async () => {
  const guest = await testGuest()
  const tiff = await twoPages()
  const limits = { mostBytes: null }
  const { id } = await beginUpload(guest.id, { name: "scan.tif", size: tiff.length }, limits)
  await appendPiece(guest.id, id, { offset: 0, body: new Response(new Uint8Array(tiff)).body, checksum: null })
  const first = await finalizeUpload(guest.id, id, {}, limits)
  expect(first).toMatchObject({ kind: "image", pages: 2 })
  expect(await finalizeUpload(guest.id, id, {}, limits)).toEqual(first)
  const all = await finalizeUpload(guest.id, id, { pages: "all" }, limits)
  expect(all.kind === "image" && all.images?.length).toBe(2)
  expect(await finalizeUpload(guest.id, id, { pages: "all" }, limits)).toEqual(all)
})

test("images are not fetched from internal addresses", async () => {
  const guest = await testGuest()
  const asked = async (url: string) => {
    const headers = { cookie: guest.cookie, origin: ORIGIN, host: "localhost:3000", "content-type": "application/json" }
    const body = JSON.stringify({ url })
    const response = await upload(new Request(`${ORIGIN}/api/uploads`, { method: "POST", headers, body }), undefined)
    return [response.status, (await response.json()).error.code]
  }
  expect(await asked("https://127.0.0.1/a.png")).toEqual([400, "fetch:refused"])
  expect(await asked("http://example.com/a.png")).toEqual([400, "fetch:refused"])
  expect(await asked("file:///etc/passwd")).toEqual([400, "fetch:refused"])
})

const sizeOf = async ({ base64 }: { base64: string }) => {
  const { width, height } = await sharp(Buffer.from(base64, "base64")).metadata()
  return `${width}x${height}`
}

test("a model gets the whole image at its size; with full detail, also crops at full resolution; with low, a small one", async () => {
  const guest = await testGuest()
  const image = await addImage(guest.id, await halves(4_000, 3_000).png().toBuffer(), "a.png")
  const shown = async (detail: "low" | "standard" | "full") => {
    const { sent } = await imagesForModel(guest.id, [{ id: image.id, detail, current: true }])
    return Promise.all((sent.get(image.id)?.images ?? []).map(sizeOf))
  }
  expect(await shown("standard")).toEqual(["2048x1536"])
  expect(await shown("low")).toEqual(["512x384"])
  const full = await shown("full")
  expect(full[0]).toBe("2048x1536")
  expect(full.length).toBe(1 + 6)
  // Created once.
  const tiles = await testDb.database.derivative.findMany({
    where: { fileId: image.id, variant: { startsWith: "tile-" } },
  })
  expect(tiles).toHaveLength(6)
  expect(await shown("full")).toEqual(full)
})

test("thirty photos in one message fit a request: they are downsized, none is omitted", async () => {
  const guest = await testGuest()
  const { id } = await addImage(guest.id, await photo({ width: 1_400, height: 1_000 }), "a.jpg")
  const { derivatives, ...file } = await testDb.database.file.findUniqueOrThrow({
    where: { id },
    include: { derivatives: true },
  })
  // The other 29 are copies of its rows: processing each would take a minute.
  const ids = [id, ...Array.from({ length: 29 }, () => randomUUID())]
  const { derivedFrom: _, ...copied } = file
  await testDb.database.file.createMany({ data: ids.slice(1).map((copy) => ({ ...copied, id: copy })) })
  await testDb.database.derivative.createMany({
    data: ids.slice(1).flatMap((fileId) => derivatives.map((made) => ({ ...made, fileId }))),
  })
  const { sent, dropped } = await imagesForModel(
    guest.id,
    ids.map((id) => ({ id, detail: "standard" as const, current: true })),
  )
  const length = [...sent.values()].flatMap(({ images }) => images).reduce((sum, { base64 }) => sum + base64.length, 0)
  expect([sent.size, dropped]).toEqual([30, 0])
  expect(length).toBeLessThan(9_500_000)
})
