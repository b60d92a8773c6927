/** Resumable uploads, as browsers send them (tus-js-client), and by hand for what a browser would not send. */
import { createHash } from "node:crypto"
import { once } from "node:events"
import { createServer, type Server } from "node:http"
import { Readable } from "node:stream"
import sharp from "sharp"
import { Upload } from "tus-js-client"
import { afterAll, beforeAll, expect, test } from "vitest"
import * as one from "@/app/api/uploads/[id]/route"
import { POST as take } from "@/app/api/uploads/[id]/take/route"
import * as all from "@/app/api/uploads/route"
import { deleteAccount } from "@/lib/accounts/accounts"
import { type TestGuest, testGuest } from "@/lib/auth/guest.fixture"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { twoPages } from "@/lib/images/decode/corpus.fixture"
import { receivedBytes } from "@/lib/intake/stage"
import { sweepUploads } from "@/lib/intake/uploads"

let testDb: TestDatabase
let picture: Buffer
const ORIGIN = "http://localhost:3000"

beforeAll(async () => {
  process.env.MAX_IMAGE_MB = "2"
  process.env.UPLOADS_PER_MINUTE = "1000"
  testDb = await withTestDb()
  const noise = { width: 300, height: 300, mean: 128, sigma: 60, type: "gaussian" as const }
  picture = await sharp({ create: { width: 300, height: 300, channels: 3, background: "#000000", noise } })
    .png()
    .toBuffer()
})
afterAll(() => testDb.close())

interface Sent {
  method?: string
  headers?: Record<string, string>
  body?: BodyInit
}

function request(path: string, guest: TestGuest | undefined, { method = "POST", headers = {}, body }: Sent): Request {
  const cookie: Record<string, string> = guest ? { cookie: guest.cookie } : {}
  const init: RequestInit & { duplex: "half" } = {
    method,
    headers: { origin: ORIGIN, host: "localhost:3000", ...cookie, ...headers },
    body,
    duplex: "half",
  }
  return new Request(`${ORIGIN}${path}`, init)
}
const tus = { "tus-resumable": "1.0.0" }
const context = (id: string) => ({ params: Promise.resolve({ id }) })

async function begin(guest: TestGuest, size: number, name = "a.png"): Promise<string> {
  const metadata = `filename ${Buffer.from(name).toString("base64")}`
  const headers = { ...tus, "upload-length": String(size), "upload-metadata": metadata }
  const response = await all.POST(request("/api/uploads", guest, { headers }), undefined)
  expect(response.status).toBe(201)
  return response.headers.get("location")?.split("/").at(-1) ?? ""
}

const piece = (guest: TestGuest, id: string, offset: number, body: BodyInit, headers: Record<string, string> = {}) =>
  one.PATCH(
    request(`/api/uploads/${id}`, guest, {
      method: "PATCH",
      headers: {
        ...tus,
        "content-type": "application/offset+octet-stream",
        "upload-offset": String(offset),
        ...headers,
      },
      body,
    }),
    context(id),
  )
const offsetOf = async (guest: TestGuest, id: string) =>
  (await one.HEAD(request(`/api/uploads/${id}`, guest, { method: "HEAD", headers: tus }), context(id))).headers.get(
    "upload-offset",
  )
const taking = (guest: TestGuest, id: string, body?: string) =>
  take(request(`/api/uploads/${id}/take`, guest, { body }), context(id))

/** The routes behind a real server; `cut.after`: closes the connection after this many bytes of each chunk. */
async function serve(guest: TestGuest, cut: { after: number | null }): Promise<{ server: Server; url: string }> {
  const server = createServer(async (incoming, outgoing) => {
    const [, , , id = ""] = (incoming.url ?? "").split("/")
    const method = incoming.method ?? ""
    let seen = 0
    const body = Readable.from(
      (async function* () {
        for await (const bytes of incoming) {
          seen += bytes.length
          yield bytes
          if (cut.after !== null && seen >= cut.after) {
            cut.after = null
            await expect.poll(async () => (await receivedBytes(guest.id, id))?.bytes).toBeGreaterThan(0)
            incoming.destroy()
            throw new Error("cut")
          }
        }
      })(),
    )
    const headers = new Headers(
      Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
    )
    headers.set("cookie", guest.cookie)
    headers.set("origin", ORIGIN)
    headers.set("host", "localhost:3000")
    const init: RequestInit & { duplex: "half" } = { method, headers, duplex: "half" }
    if (method !== "HEAD" && method !== "GET") init.body = Readable.toWeb(body) as ReadableStream<Uint8Array>
    const asked = new Request(`${ORIGIN}${incoming.url}`, init)
    const handlers = { POST: all.POST, HEAD: one.HEAD, PATCH: one.PATCH, DELETE: one.DELETE } as const
    if (!(method in handlers)) return void outgoing.writeHead(405).end()
    const answer = await handlers[method as keyof typeof handlers](asked, context(id) as never)
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()))
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  if (typeof address !== "object" || !address) throw new Error("no port")
  return { server, url: `http://127.0.0.1:${address.port}/api/uploads` }
}

test("an interrupted browser upload resumes where it was, and is stored with its real type", async () => {
  const guest = await testGuest()
  const cut = { after: 50_000 as number | null }
  const { server, url } = await serve(guest, cut)
  const offsets: number[] = []
  const id = await new Promise<string>((resolve, reject) => {
    const upload = new Upload(picture, {
      endpoint: url,
      metadata: { filename: "Grüße 照片.txt" },
      retryDelays: [0, 0, 0],
      onBeforeRequest: (sent) => {
        if (sent.getMethod() === "PATCH") offsets.push(Number(sent.getHeader("Upload-Offset")))
      },
      onError: reject,
      onSuccess: () => resolve(upload.url?.split("/").at(-1) ?? ""),
    })
    upload.start()
  })
  server.close()
  expect(cut.after).toBe(null)
  expect(offsets).toHaveLength(2)
  expect(offsets[1]).toBeGreaterThan(0)
  const response = await taking(guest, id)
  expect(response.status).toBe(200)
  const taken = await response.json()
  expect(taken).toMatchObject({ kind: "image", image: { width: 300, height: 300, name: "Grüße 照片.txt" } })
  // Repeated as after a lost response: the same image, and no second one.
  expect(await (await taking(guest, id)).json()).toEqual(taken)
  expect(await testDb.database.file.count({ where: { userId: guest.id } })).toBe(1)
})

test("a text becomes part of the message, regardless of its file name", async () => {
  const guest = await testGuest()
  const text = "\ufefftitle;price\nRosé;9,50\n"
  const id = await begin(guest, Buffer.byteLength(text), "../prices.csv")
  expect((await piece(guest, id, 0, text)).status).toBe(204)
  expect(await (await taking(guest, id)).json()).toEqual({
    kind: "text",
    file: { name: "prices.csv", mediaType: "text/csv", text: text.slice(1) },
  })
})

test.each([
  ["bytes of unknown type", Buffer.from([1, 2, 3, 0, 5, 6]), 415, /“x.png” can't be attached/],
  ["nothing", Buffer.alloc(0), 415, /“x.png” is empty/],
  ["half an image", () => picture.subarray(0, 1_000), 422, /“x.png” is damaged/],
  [
    "text that stops being UTF-8 after its beginning",
    Buffer.concat([Buffer.alloc(5_000, 65), Buffer.from([0xe9, 0x20])]),
    415,
    /UTF-8/,
  ],
])("%s is rejected with its name and the reason, and can be retried", async (_, given, status, sentence) => {
  const guest = await testGuest()
  const bytes = typeof given === "function" ? given() : given
  const id = await begin(guest, bytes.length, "x.png")
  if (bytes.length > 0) await piece(guest, id, 0, new Uint8Array(bytes))
  for (let tries = 0; tries < 2; tries++) {
    const response = await taking(guest, id)
    const { error } = await response.json()
    expect([response.status, error.message, error.name]).toEqual([status, expect.stringMatching(sentence), "x.png"])
  }
})

test("the first page of a multi-page file is added, and all of them on request", async () => {
  const guest = await testGuest()
  const tiff = await twoPages()
  const id = await begin(guest, tiff.length, "scan.tif")
  expect((await piece(guest, id, 0, new Uint8Array(tiff))).status).toBe(204)
  const first = await (await taking(guest, id)).json()
  expect(first).toMatchObject({ kind: "image", pages: 2, image: { width: 64, height: 48 } })
  expect(first.images).toBeUndefined()
  const { images } = await (await taking(guest, id, JSON.stringify({ pages: "all" }))).json()
  expect(images).toHaveLength(2)
  // Its bytes are gone by now; repeating the request returns the same result.
  expect((await receivedBytes(guest.id, id))?.bytes).toBeUndefined()
  expect((await (await taking(guest, id, JSON.stringify({ pages: "all" }))).json()).images).toEqual(images)
})

test("chunks must be contiguous: one at a wrong offset is told the right one", async () => {
  const guest = await testGuest()
  const id = await begin(guest, 10)
  expect(await offsetOf(guest, id)).toBe("0")
  const first = await piece(guest, id, 0, "hello")
  expect([first.status, first.headers.get("upload-offset")]).toEqual([204, "5"])
  const twice = await piece(guest, id, 0, "hello")
  expect([twice.status, (await twice.json()).error.offset]).toEqual([409, 5])
  expect((await taking(guest, id)).status).toBe(409)
  const beyond = await piece(guest, id, 5, "too much of it")
  expect([beyond.status, (await beyond.json()).error.code]).toEqual([413, "upload:too_large"])
  expect((await piece(guest, id, 5, "world")).status).toBe(204)
  expect(await (await taking(guest, id)).json()).toMatchObject({ file: { text: "helloworld" } })
})

test("a chunk with a wrong checksum is discarded", async () => {
  const guest = await testGuest()
  const id = await begin(guest, 5)
  const digest = (text: string) => `sha1 ${createHash("sha1").update(text).digest("base64")}`
  expect((await piece(guest, id, 0, "hellO", { "upload-checksum": digest("hello") })).status).toBe(460)
  expect(await offsetOf(guest, id)).toBe("0")
  expect((await piece(guest, id, 0, "hello", { "upload-checksum": digest("hello") })).status).toBe(204)
  expect((await piece(guest, id, 5, "", { "upload-checksum": "crc32 AAAA" })).status).toBe(400)
})

test("a returning browser aborts its hanging chunk", async () => {
  const guest = await testGuest()
  const id = await begin(guest, 10)
  const start = (controller: ReadableStreamDefaultController<Uint8Array>) => controller.enqueue(Buffer.from("abc"))
  const hanging = piece(guest, id, 0, new ReadableStream({ start }))
  await expect.poll(async () => (await receivedBytes(guest.id, id))?.bytes).toBe(3)
  expect(await offsetOf(guest, id)).toBe("3")
  expect((await hanging).status).toBe(409)
  expect((await piece(guest, id, 3, "defghij")).status).toBe(204)
})

test("requests without tus headers or a size are rejected", async () => {
  const guest = await testGuest()
  const asked = async (headers: Record<string, string>) =>
    (await all.POST(request("/api/uploads", guest, { headers }), undefined)).status
  expect(await asked({ "upload-length": "5" })).toBe(412)
  expect(await asked({ ...tus, "upload-length": "-5" })).toBe(400)
  expect(await asked({ ...tus, "upload-length": "999999999999" })).toBe(413)
  const id = await begin(guest, 5)
  const typed = request(`/api/uploads/${id}`, guest, {
    method: "PATCH",
    headers: { ...tus, "upload-offset": "0" },
    body: "hello",
  })
  expect((await one.PATCH(typed, context(id))).status).toBe(415)
  expect(Object.fromEntries(all.OPTIONS().headers)).toMatchObject({ "tus-version": "1.0.0" })
})

test("an upload may include its first chunk in the creation request", async () => {
  const guest = await testGuest()
  const headers = { ...tus, "upload-length": "5", "content-type": "application/offset+octet-stream" }
  const response = await all.POST(request("/api/uploads", guest, { headers, body: "hello" }), undefined)
  expect([response.status, response.headers.get("upload-offset")]).toEqual([201, "5"])
})

test("another user's upload can't be seen, written, used, or deleted", async () => {
  const [owner, other] = [await testGuest(), await testGuest()]
  const id = await begin(owner, 5)
  await piece(owner, id, 0, "hello")
  const asked = (method: string) => request(`/api/uploads/${id}`, other, { method, headers: tus })
  expect((await one.HEAD(asked("HEAD"), context(id))).status).toBe(404)
  expect((await piece(other, id, 5, "")).status).toBe(404)
  expect((await taking(other, id)).status).toBe(404)
  expect((await one.DELETE(asked("DELETE"), context(id))).status).toBe(404)
  expect((await one.HEAD(asked("HEAD"), context("../../etc"))).status).toBe(404)
  expect((await taking(owner, id)).status).toBe(200)
})

test("uploads that are terminated, abandoned, or of a deleted account are gone", async () => {
  const guest = await testGuest()
  const [ended, old] = [await begin(guest, 5), await begin(guest, 5)]
  await one.DELETE(request(`/api/uploads/${ended}`, guest, { method: "DELETE", headers: tus }), context(ended))
  expect(await receivedBytes(guest.id, ended)).toBe(null)
  await sweepUploads(new Date(Date.now() + 23 * 3_600_000))
  expect(await receivedBytes(guest.id, old)).not.toBe(null)
  await sweepUploads(new Date(Date.now() + 25 * 3_600_000))
  expect(await receivedBytes(guest.id, old)).toBe(null)
  const last = await begin(guest, 5)
  await deleteAccount(guest.id)
  expect(await receivedBytes(guest.id, last)).toBe(null)
})

test("a user can have at most a hundred concurrent uploads", async () => {
  const guest = await testGuest()
  const ids = await Promise.all(Array.from({ length: 100 }, () => begin(guest, 1)))
  const headers = { ...tus, "upload-length": "1" }
  expect((await all.POST(request("/api/uploads", guest, { headers }), undefined)).status).toBe(429)
  await Promise.all(
    ids.slice(0, 1).map((id) => one.DELETE(request(`/api/uploads/${id}`, guest, { method: "DELETE" }), context(id))),
  )
  expect((await all.POST(request("/api/uploads", guest, { headers }), undefined)).status).toBe(201)
})
