import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { newKey } from "@/lib/files/keys"
import { startS3, type TestS3 } from "@/lib/files/s3.fixture"
import { S3Client } from "@/lib/files/s3-client"
import { s3Storage } from "@/lib/files/s3-storage"
import { type FileStorage, inOne, readWhole } from "@/lib/files/storage"
import { storageCases } from "@/lib/files/storage.cases"

/** s3rver accepts parts of any size. */
const PART = 64 * 1024

let s3: TestS3
let storage: FileStorage
beforeAll(async () => {
  s3 = await startS3()
  storage = s3Storage(s3.config, { partBytes: PART })
})
afterAll(() => s3.close())
beforeEach(() => {
  s3.requests.length = 0
  s3.faults.length = 0
})

storageCases(() => storage)

const isPut = (line: string) => line.startsWith("PUT")

test("large files are uploaded in parts, with at most one in memory", async () => {
  const key = newKey()
  let ahead = 0
  async function* sent() {
    for (let n = 0; n < 40; n++) {
      ahead = Math.max(ahead, n * 10_000 - s3.requests.filter(isPut).length * PART)
      yield Buffer.alloc(10_000, n)
    }
  }
  const { size } = await storage.put(key, sent())
  expect(size).toBe(400_000)
  expect(ahead).toBeLessThanOrEqual(PART + 10_000)
  expect(s3.requests.filter((line) => line.includes("partNumber=")).length).toBe(Math.ceil(400_000 / PART))
  const read = await readWhole(storage, key)
  expect([read?.length, read?.[0], read?.[399_999]]).toEqual([400_000, 0, 39])
})

test.each([0, 1, PART - 1, PART, PART + 1, 3 * PART])("%d bytes are stored whole", async (bytes) => {
  const key = newKey()
  const data = Buffer.alloc(bytes, "some bytes")
  expect((await storage.put(key, inOne(data))).size).toBe(bytes)
  expect((await readWhole(storage, key))?.equals(data)).toBe(true)
})

test("a failed multipart upload is aborted on the server", async () => {
  async function* broken() {
    yield Buffer.alloc(3 * PART)
    throw new Error("the sender has gone")
  }
  await expect(storage.put(newKey(), broken())).rejects.toThrow("the sender has gone")
  expect(s3.requests.at(-1)).toMatch(/^DELETE .*uploadId=/)
})

test("a busy server and a dropped connection are retried, and the data arrives once and complete", async () => {
  const key = newKey()
  const data = Buffer.alloc(2 * PART, "x")
  s3.faults.push(
    { when: (line) => line.includes("uploads="), fault: "busy" },
    { when: (line) => line.includes("partNumber=1"), fault: "cut" },
    { when: (line) => line.startsWith("POST") && line.includes("uploadId="), fault: "busy" },
    { when: (line) => line.startsWith("GET"), fault: "busy" },
  )
  await storage.put(key, inOne(data))
  expect((await readWhole(storage, key))?.equals(data)).toBe(true)
  expect(s3.faults).toEqual([])
})

test("a completed upload whose response was lost counts as stored; an upload that is gone does not", async () => {
  const key = newKey()
  const data = Buffer.alloc(2 * PART, "x")
  const isEnd = (line: string) => line.startsWith("POST") && line.includes("uploadId=")
  s3.faults.push({ when: isEnd, fault: "lost" })
  expect((await storage.put(key, inOne(data))).size).toBe(data.length)
  expect(s3.requests.filter(isEnd).length).toBe(2)
  expect((await readWhole(storage, key))?.equals(data)).toBe(true)
  const [gone = ""] = s3.over
  const complete = new S3Client(s3.config).complete(`team/sparkler/${newKey()}`, gone, ["tag"])
  await expect(complete).rejects.toThrow("NoSuchUpload")
})

test("a truncated response is an error, never a shorter file", async () => {
  const key = newKey()
  await storage.put(key, inOne(Buffer.alloc(50_000)))
  s3.faults.push({ when: (line) => line.startsWith("GET"), fault: "half" })
  await expect(readWhole(storage, key)).rejects.toThrow()
})

test("a stalled response is an error, including for lists", async () => {
  const key = newKey()
  const impatient = s3Storage(s3.config, { silenceMs: 200 })
  await impatient.put(key, inOne(Buffer.alloc(50_000)))
  const listed = async () => {
    for await (const _ of impatient.list());
  }
  for (const read of [() => readWhole(impatient, key), listed, () => impatient.ready()]) {
    s3.faults.push({ when: (line) => line.startsWith("GET"), fault: "stuck" })
    await expect(read()).rejects.toThrow("no data received for a while")
  }
})

test("foreign objects in the bucket are left alone, and lists are read page by page", async () => {
  const other = s3Storage({ ...s3.config, prefix: "" })
  const [ours, theirs] = [newKey(), newKey()]
  await storage.put(ours, inOne(Buffer.from("a")))
  await other.put(theirs, inOne(Buffer.from("b")))
  const keysOf = async (of: FileStorage) => {
    const keys: string[] = []
    for await (const { key } of of.list()) keys.push(key)
    return keys
  }
  expect(await keysOf(storage)).toContain(ours)
  expect(await keysOf(storage)).not.toContain(theirs)
  expect(await keysOf(other)).toEqual([theirs])
  const paged = s3Storage(s3.config, { page: 10 })
  const many = Array.from({ length: 15 }, newKey)
  await Promise.all(many.map((key) => storage.put(key, inOne(Buffer.from("many")))))
  s3.requests.length = 0
  const keys = await keysOf(paged)
  expect([...keys].sort()).toEqual((await keysOf(storage)).sort())
  expect(keys).toEqual(expect.arrayContaining(many))
  expect(s3.requests.length).toBe(Math.ceil(keys.length / 10) + 1)
})

test("a wrong secret or bucket is reported, as is a store that rejects writes", async () => {
  await expect(storage.ready()).resolves.toBeUndefined()
  await expect(s3Storage({ ...s3.config, secretAccessKey: "wrong" }).ready()).rejects.toThrow("SignatureDoesNotMatch")
  await expect(
    s3Storage({ ...s3.config, secretAccessKey: "wrong" }).put(newKey(), inOne(Buffer.from("x"))),
  ).rejects.toThrow("SignatureDoesNotMatch")
  await expect(s3Storage({ ...s3.config, bucket: "nowhere" }).ready()).rejects.toThrow("NoSuchBucket")
  s3.requests.length = 0
  s3.faults.push({ when: () => true, fault: "busy" })
  await expect(storage.ready()).rejects.toThrow("SlowDown")
  expect(s3.requests.length).toBe(1)
})

test("a signed link works without credentials, with the declared type, and fails when tampered with", async () => {
  const key = newKey()
  await storage.put(key, inOne(Buffer.from("picture")))
  expect(storage.link).toBeUndefined()
  const linked = s3Storage({ ...s3.config, signedLinks: true })
  const disposition = `attachment; filename*=UTF-8''Bild%20(1)!.png`
  const link = (await linked.link?.(key, { type: "image/png", disposition })) ?? ""
  const response = await fetch(link)
  expect([response.status, await response.text()]).toEqual([200, "picture"])
  expect([response.headers.get("content-type"), response.headers.get("content-disposition")]).toEqual([
    "image/png",
    disposition,
  ])
  expect(Number(new URL(link).searchParams.get("X-Amz-Expires"))).toBeLessThanOrEqual(60)
  expect((await fetch(link.replace(key, newKey()))).status).toBe(403)
  expect((await fetch(link.replace("image%2Fpng", "text%2Fhtml"))).status).toBe(403)
})
