import { randomUUID } from "node:crypto"
import sharp from "sharp"
import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { GET } from "@/app/api/images/[id]/route"
import { POST } from "@/app/api/images/route"
import { testGuest } from "@/lib/auth/guest.fixture"
import { createShareRow } from "@/lib/db/shares"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { fileStorage } from "@/lib/files/storage"
import { imagesForModel } from "@/lib/images/for-model"
import { requireImages } from "@/lib/images/images"
import { revokeShare } from "@/lib/share/shares"

let testDb: TestDatabase
let picture: Buffer
const ORIGIN = "http://localhost:3000"

beforeAll(async () => {
  process.env.MAX_IMAGE_MB = "1"
  testDb = await withTestDb()
  picture = await sharp({ create: { width: 30, height: 20, channels: 3, background: "#336699" } })
    .png()
    .toBuffer()
})
afterAll(() => testDb.close())

const forModel = async (userId: string, ...ids: string[]) =>
  (
    await imagesForModel(
      userId,
      ids.map((id) => ({ id, detail: "standard" as const, current: true })),
    )
  ).sent

const newGuest = () => testGuest()
type Guest = Awaited<ReturnType<typeof newGuest>>

function post(files: { name: string; bytes: Uint8Array }[], guest?: Guest, headers: Record<string, string> = {}) {
  const body = new FormData()
  for (const { name, bytes } of files) body.append("file", new File([new Uint8Array(bytes)], name))
  const request = new Request(`${ORIGIN}/api/images`, { method: "POST", body, headers })
  if (guest) request.headers.set("cookie", guest.cookie)
  return POST(request, undefined)
}

const answer = z.object({
  images: z.array(
    z.object({
      id: z.uuid(),
      url: z.string(),
      mediaType: z.string(),
      width: z.number(),
      height: z.number(),
      bytes: z.number(),
      name: z.string(),
    }),
  ),
})
const failure = z.object({ error: z.looseObject({ code: z.string(), message: z.string() }) })

async function upload(guest: Guest, ...names: string[]) {
  const response = await post(
    names.map((name) => ({ name, bytes: picture })),
    guest,
  )
  expect(response.status).toBe(201)
  return answer.parse(await response.json()).images
}

interface Asked {
  share?: string
  etag?: string
  range?: string
}

function get(id: string, guest?: Guest, { share, etag, range }: Asked = {}) {
  const request = new Request(`${ORIGIN}/api/images/${id}${share === undefined ? "" : `?share=${share}`}`)
  if (guest) request.headers.set("cookie", guest.cookie)
  if (etag) request.headers.set("if-none-match", etag)
  if (range) request.headers.set("range", range)
  return GET(request, { params: Promise.resolve({ id }) })
}

test("an image is uploaded, and served to its owner with its real type", async () => {
  const guest = await newGuest()
  const [image, second] = await upload(guest, "../../../it's (1).html", "b.png")
  expect(image).toMatchObject({ mediaType: "image/png", width: 30, height: 20, name: "it's (1).html" })
  expect(second?.name).toBe("b.png")
  const response = await get(image?.id ?? "", guest)
  expect(response.status).toBe(200)
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(bytes.length).toBe(image?.bytes)
  expect(await sharp(bytes).metadata()).toMatchObject({ width: 30, height: 20, format: "png" })
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "image/png",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "content-disposition": "inline; filename*=UTF-8''it%27s%20%281%29.png",
    "cache-control": "private, max-age=31536000, immutable",
  })
})

test("a cached image is not sent again", async () => {
  const guest = await newGuest()
  const [image] = await upload(guest, "a.png")
  const etag = (await get(image?.id ?? "", guest)).headers.get("etag") ?? ""
  expect(etag).not.toBe("")
  const again = await get(image?.id ?? "", guest, { etag })
  expect(again.status).toBe(304)
  expect(await again.text()).toBe("")
})

test("no response reveals that another user has the same image", async () => {
  const told = async () => {
    const guest = await newGuest()
    const [image] = await upload(guest, "a.png")
    const response = await get(image?.id ?? "", guest)
    await response.body?.cancel()
    return [...response.headers].map(([name, value]) => `${name}: ${value.replaceAll(image?.id ?? "", "its id")}`)
  }
  const { objectKey } = (await testDb.database.file.findFirst({ where: { name: "a.png" } })) ?? { objectKey: "" }
  expect(objectKey).not.toBe("")
  expect((await told()).join("\n")).not.toContain(objectKey)
  expect(await told()).toEqual(await told())
})

test("a range is sent alone, and an unsatisfiable one is rejected with the size", async () => {
  const guest = await newGuest()
  const [image] = await upload(guest, "a.png")
  const id = image?.id ?? ""
  const whole = Buffer.from(await (await get(id, guest)).arrayBuffer())
  const piece = await get(id, guest, { range: "bytes=8-15" })
  expect(piece.status).toBe(206)
  expect(Object.fromEntries(piece.headers)).toMatchObject({
    "content-range": `bytes 8-15/${whole.length}`,
    "content-length": "8",
    "accept-ranges": "bytes",
    "x-content-type-options": "nosniff",
  })
  expect(Buffer.from(await piece.arrayBuffer()).equals(whole.subarray(8, 16))).toBe(true)
  const beyond = await get(id, guest, { range: `bytes=${whole.length}-` })
  expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, `bytes */${whole.length}`])
  expect((await get(id, await newGuest(), { range: "bytes=0-1" })).status).toBe(404)
})

test("the same image of two users is stored once, with separate image records", async () => {
  const [one, two] = [await newGuest(), await newGuest()]
  const [[a], [b]] = [await upload(one, "a.png"), await upload(two, "b.png")]
  expect(a?.id).not.toBe(b?.id)
  const rows = await testDb.database.file.findMany({ where: { userId: { in: [one.id, two.id] } } })
  expect(new Set(rows.map(({ objectKey }) => objectKey)).size).toBe(1)
  expect((await get(a?.id ?? "", two)).status).toBe(404)
})

test("an image is not found for other users or for invalid ids", async () => {
  const [owner, stranger] = [await newGuest(), await newGuest()]
  const [image] = await upload(owner, "a.png")
  for (const response of [
    await get(image?.id ?? "", stranger),
    await get(image?.id ?? "", stranger, { share: "" }),
    await get(image?.id ?? "", owner, { share: "A".repeat(32) }),
    await get(randomUUID(), owner),
    await get("../../etc/passwd", owner),
  ]) {
    expect(response.status).toBe(404)
    expect(failure.parse(await response.json()).error.code).toBe("image:not_found")
  }
  expect((await get(image?.id ?? "")).status).toBe(401)
  await expect(requireImages(stranger.id, [image?.id ?? ""])).rejects.toMatchObject({ code: "image:not_found" })
  expect((await forModel(stranger.id, image?.id ?? "")).size).toBe(0)
})

test("a share shows its images to anyone, until it is revoked", async () => {
  const owner = await newGuest()
  const [held, other] = await upload(owner, "held.png", "other.png")
  const conversationId = randomUUID()
  await testDb.database.conversation.create({
    data: { id: conversationId, userId: owner.id, title: "Pictures", model: "demo", activeLeafId: "none" },
  })
  const share = await createShareRow(testDb.database, {
    id: randomUUID(),
    token: "s".repeat(32),
    userId: owner.id,
    conversationId,
    title: "Pictures",
    messages: [],
    imageIds: [held?.id ?? ""],
  })
  const seen = await get(held?.id ?? "", undefined, { share: share.token })
  expect(seen.status).toBe(200)
  // Revalidated each time, so that a revoked link shows nothing.
  expect(seen.headers.get("cache-control")).toBe("private, no-cache")
  expect((await get(other?.id ?? "", undefined, { share: share.token })).status).toBe(404)
  await revokeShare(owner.id, share.id)
  expect((await get(held?.id ?? "", undefined, { share: share.token })).status).toBe(404)
})

test("a model is sent the stored bytes", async () => {
  const guest = await newGuest()
  const [image] = await upload(guest, "a.png")
  const images = await forModel(guest.id, image?.id ?? "", randomUUID())
  expect([...images.keys()]).toEqual([image?.id])
  const { mediaType, base64 } = images.get(image?.id ?? "")?.images[0] ?? { mediaType: "", base64: "" }
  expect(mediaType).toBe("image/png")
  expect(Buffer.from(base64, "base64").length).toBe(image?.bytes)
})

test("an image whose bytes are lost is not found, and is omitted for the model", async () => {
  const guest = await newGuest()
  const lost = await sharp({ create: { width: 3, height: 3, channels: 3, background: "#123456" } })
    .png()
    .toBuffer()
  const { images } = answer.parse(await (await post([{ name: "lost.png", bytes: lost }], guest)).json())
  const row = await testDb.database.file.findUniqueOrThrow({ where: { id: images[0]?.id } })
  await fileStorage().remove(row.objectKey)
  expect((await get(row.id, guest)).status).toBe(404)
  expect((await forModel(guest.id, row.id)).size).toBe(0)
})

test("a rejected file is named, along with the files accepted before it", async () => {
  const response = await post(
    [
      { name: "good.png", bytes: picture },
      { name: "notes.png", bytes: Buffer.from("just text") },
    ],
    await newGuest(),
  )
  expect(response.status).toBe(415)
  expect(failure.parse(await response.json()).error).toMatchObject({
    code: "image:unsupported",
    message: expect.stringContaining("“notes.png” is a text file, not an image."),
    name: "notes.png",
    images: [{ name: "good.png", width: 30 }],
  })
})

test("a file over MAX_IMAGE_MB is rejected with both sizes", async () => {
  const response = await post([{ name: "big.png", bytes: new Uint8Array(1_500_000) }], await newGuest())
  expect(response.status).toBe(413)
  expect(failure.parse(await response.json()).error.message).toBe(
    "“big.png” is 1.5 MB; the limit is 1 MB. Resize it and add it again.",
  )
})

test("uploads without a session or from another site are rejected", async () => {
  const file = [{ name: "a.png", bytes: picture }]
  expect((await post(file)).status).toBe(401)
  const foreign = await post(file, await newGuest(), { "sec-fetch-site": "cross-site" })
  expect(foreign.status).toBe(403)
})
