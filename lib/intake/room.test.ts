/** Open uploads and the storage quota. */
import { truncate, utimes } from "node:fs/promises"
import path from "node:path"
import { v7 as uuidv7 } from "uuid"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { MAX_UPLOADS } from "@/lib/intake/room"
import { bytesOf, makeUpload, receivedBytes } from "@/lib/intake/stage"
import { appendPiece, beginUpload, finalizeUpload } from "@/lib/intake/uploads"

const MB = 1_000_000
const QUOTA = { mostBytes: 10 * MB }

let testDb: TestDatabase
beforeAll(async () => {
  testDb = await withTestDb()
})
afterAll(() => testDb.close())

const begin = async (userId: string, size: number, limits: { mostBytes: number | null } = QUOTA) =>
  (await beginUpload(userId, { name: "a.txt", size }, limits)).id
const uploading = { key: "limit:reached/uploading" }
const isThere = async (userId: string, id: string) => (await receivedBytes(userId, id)) !== null
/** Makes an upload look idle for this many minutes. */
async function age(userId: string, id: string, minutes: number): Promise<void> {
  const at = new Date(Date.now() - minutes * 60_000)
  await utimes(bytesOf(userId, id), at, at)
}
const bodyOf = (text: string) => new Blob([text]).stream()
async function takeText(userId: string, text: string, limits: { mostBytes: number | null } = QUOTA) {
  const id = await begin(userId, text.length, limits)
  await appendPiece(userId, id, { offset: 0, body: bodyOf(text), checksum: null })
  return { id, taken: await finalizeUpload(userId, id, {}, limits) }
}

test("a user's uploads in progress never exceed their storage limit, even if started concurrently", async () => {
  const userId = uuidv7()
  const begun = await Promise.allSettled(Array.from({ length: 8 }, () => begin(userId, 3 * MB)))
  expect(begun.filter(({ status }) => status === "fulfilled")).toHaveLength(3)
  for (const one of begun) if (one.status === "rejected") expect(one.reason).toMatchObject(uploading)
  await begin(uuidv7(), 3 * MB)
})

test("abandoned uploads are evicted, the longest idle first and only as many as needed", async () => {
  const userId = uuidv7()
  const [older, old, fresh] = [await begin(userId, 4 * MB), await begin(userId, 3 * MB), await begin(userId, 3 * MB)]
  await expect(begin(userId, MB)).rejects.toMatchObject(uploading)
  await age(userId, older, 60)
  await age(userId, old, 30)
  // Even removing all of it would not make enough room, so nothing is removed.
  await expect(begin(userId, 8 * MB)).rejects.toMatchObject(uploading)
  expect(await isThere(userId, older)).toBe(true)
  await begin(userId, 4 * MB)
  expect([await isThere(userId, older), await isThere(userId, old), await isThere(userId, fresh)]).toEqual([
    ...[false, true, true],
  ])
})

test("an upload still receiving data is kept, however slow", async () => {
  const userId = uuidv7()
  const id = await begin(userId, 10 * MB)
  let end = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(Buffer.from("abc"))
      end = () => controller.close()
    },
  })
  const hanging = appendPiece(userId, id, { offset: 0, body, checksum: null })
  await expect.poll(async () => (await receivedBytes(userId, id))?.bytes).toBe(3)
  await age(userId, id, 60)
  await expect(begin(userId, 4 * MB)).rejects.toMatchObject(uploading)
  end()
  expect(await hanging).toMatchObject({ offset: 3 })
})

test("a finished upload counts together with its stored copy, and can be evicted immediately", async () => {
  const userId = uuidv7()
  const limits = { mostBytes: 250_000 }
  const text = "x".repeat(100_000)
  const first = await takeText(userId, text, limits)
  // Repeating the request returns the same result, while there is room.
  expect(await finalizeUpload(userId, first.id, {}, limits)).toEqual(first.taken)
  await takeText(userId, text, limits)
  await takeText(userId, text, limits)
  await expect(finalizeUpload(userId, first.id, {}, limits)).rejects.toMatchObject({ code: "upload:not_found" })
})

test("pages of a file that may still be requested are kept for a while", async () => {
  const userId = uuidv7()
  const id = uuidv7()
  const image = { id, url: "", mediaType: "image/png", name: "a", width: 1, height: 1, bytes: 1 }
  await makeUpload(userId, id, { name: "a.tif", size: 8 * MB, taken: { kind: "image", image, pages: 2 } })
  await truncate(bytesOf(userId, id), 8 * MB)
  await expect(begin(userId, 4 * MB)).rejects.toMatchObject(uploading)
  const meta = path.join(path.dirname(bytesOf(userId, id)), "meta.json")
  const at = new Date(Date.now() - 11 * 60_000)
  await utimes(meta, at, at)
  await begin(userId, 4 * MB)
  expect(await isThere(userId, id)).toBe(false)
})

test("more files than the limit of concurrent uploads can be processed one after another", async () => {
  const userId = uuidv7()
  for (let n = 0; n < MAX_UPLOADS + 5; n++) await takeText(userId, `text ${n}`, { mostBytes: null })
  const open = await Promise.all(Array.from({ length: MAX_UPLOADS }, () => begin(userId, 1, { mostBytes: null })))
  await expect(begin(userId, 1, { mostBytes: null })).rejects.toMatchObject(uploading)
  expect(await isThere(userId, open[0] ?? "")).toBe(true)
})
