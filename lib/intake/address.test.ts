/**
 * A picture at a pasted URL: from a real https server, with the operator's own certificate authority, to the stored
 * image.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import type { IncomingMessage, ServerResponse } from "node:http"
import { createServer } from "node:https"
import net from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import sharp from "sharp"
import { afterAll, beforeAll, expect, test } from "vitest"
import { GET as show } from "@/app/api/images/[id]/route"
import { type TestGuest, testGuest } from "@/lib/auth/guest.fixture"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { makeCertificates } from "@/lib/http/outgoing/certificate.fixture"
import type { Network } from "@/lib/http/outgoing/network"
import { takeAddress } from "@/lib/intake/address"

const NAME = "pictures.example"
const PUBLIC = "93.184.216.34"
const INSIDE: Record<string, string> = { "inside.example": "10.0.0.7" }

const folder = mkdtempSync(path.join(tmpdir(), "sparkler-test-"))
const certificates = makeCertificates([NAME, "inside.example"])
let testDb: TestDatabase
let guest: TestGuest
let photo: Buffer
let port = 0
/** Requests the server received. */
const asked: IncomingMessage[] = []

const server = createServer({ key: certificates.key, cert: certificates.cert }, (request, response) => {
  asked.push(request)
  answers[new URL(request.url ?? "/", `https://${NAME}`).pathname]?.(response)
})

const send = (response: ServerResponse, bytes: Buffer, type: string) =>
  void response.writeHead(200, { "content-type": type }).end(bytes)
const leadTo = (location: string) => (response: ServerResponse) => void response.writeHead(302, { location }).end()

const answers: Record<string, ((response: ServerResponse) => void) | undefined> = {
  // The type is detected from its bytes.
  "/album/My%20caf%C3%A9.jpg": (response) => send(response, photo, "text/plain"),
  "/moved": leadTo("/album/My%20caf%C3%A9.jpg?from=moved"),
  "/around": leadTo("/around"),
  "/inside": leadTo("https://inside.example/secret.png"),
  "/plain": leadTo(`http://${NAME}/album/My%20caf%C3%A9.jpg`),
  "/page.png": (response) => send(response, Buffer.from("<!doctype html><title>No picture</title>"), "image/png"),
  "/paper.png": (response) => send(response, Buffer.from("%PDF-1.7\n1 0 obj<<>>endobj"), "image/png"),
  "/half.jpg": (response) => send(response, photo.subarray(0, photo.length / 2), "image/jpeg"),
  "/empty.jpg": (response) => send(response, Buffer.alloc(0), "image/jpeg"),
  "/huge.png": (response) => send(response, Buffer.alloc(1_000_001), "image/png"),
  // Without a content length.
  "/endless.png": (response) => {
    response.writeHead(200, { "content-type": "image/png" })
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    }
    response.on("drain", more)
    more()
  },
  "/gone.png": (response) => void response.writeHead(404, { "content-type": "image/png" }).end(photo),
}

/** Resolves every name to the test server, presented as a public address. */
const network: Network = {
  resolve: async (name) => [{ address: INSIDE[name] ?? PUBLIC, family: 4 }],
  connect: () => net.connect(port, "127.0.0.1"),
}

beforeAll(async () => {
  const caFile = path.join(folder, "ca.pem")
  writeFileSync(caFile, certificates.authority)
  Object.assign(process.env, { CA_FILE: caFile, MAX_IMAGE_MB: "1" })
  testDb = await withTestDb()
  guest = await testGuest()
  photo = await sharp({ create: { width: 80, height: 60, channels: 3, background: "#ff0000" } })
    .jpeg()
    .withExif({ IFD0: { Copyright: "Jane Doe" } })
    .withMetadata({ orientation: 6 })
    .toBuffer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  port = typeof address === "object" && address ? address.port : 0
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
  await testDb.close()
})

const take = (place: string, mostBytes: number | null = null) =>
  takeAddress(guest.id, place.startsWith("/") ? `https://${NAME}${place}` : place, { mostBytes }, undefined, network)

const rowsOf = () => testDb.database.file.findMany({ where: { userId: guest.id } })

test("an image is fetched once and stored upright without metadata, named after its URL", async () => {
  asked.length = 0
  const taken = await take("/album/My%20caf%C3%A9.jpg")
  if (taken.kind !== "image") throw new Error(taken.kind)
  expect(taken.image).toMatchObject({ name: "My café.jpg", mediaType: "image/jpeg", width: 60, height: 80 })
  expect(asked).toHaveLength(1)
  expect(asked[0]?.headers).toMatchObject({ host: NAME, accept: "image/*" })
  for (const header of ["cookie", "referer", "origin"]) expect(asked[0]?.headers[header]).toBeUndefined()
  const request = new Request(`http://localhost:3000${taken.image.url}`, { headers: { cookie: guest.cookie } })
  const shown = await show(request, { params: Promise.resolve({ id: taken.image.id }) })
  const bytes = Buffer.from(await shown.arrayBuffer())
  expect(bytes.includes("Jane Doe")).toBe(false)
  const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
  expect(data[0]).toBeGreaterThan(240)
  // The image is served from here, without another request.
  expect(asked).toHaveLength(1)
})

test("a redirect is followed; one that loops, leads to a private address, or to http is not", async () => {
  const taken = await take("/moved")
  expect(taken).toMatchObject({ kind: "image", image: { name: "My café.jpg" } })
  const before = await rowsOf()
  for (const place of ["/around", "/inside", "/plain", "https://inside.example/secret.png", `http://${NAME}/x.png`]) {
    asked.length = 0
    await expect(take(place), place).rejects.toMatchObject({ code: "fetch:refused" })
    expect(asked.map(({ url }) => url)).not.toContain("/secret.png")
  }
  expect(await rowsOf()).toHaveLength(before.length)
})

test.each([
  ["/page.png", "upload:unsupported"],
  ["/paper.png", "upload:unsupported"],
  ["/half.jpg", "image:broken"],
  ["/empty.jpg", "upload:unsupported"],
  ["/huge.png", "fetch:too_large"],
  ["/endless.png", "fetch:too_large"],
  ["/gone.png", "fetch:failed"],
])("an invalid or oversized image is rejected, and nothing is stored: %s", async (place, code) => {
  const before = await rowsOf()
  await expect(take(place)).rejects.toMatchObject({ code })
  expect(await rowsOf()).toHaveLength(before.length)
})

test("the user's storage limit applies", async () => {
  await expect(take("/album/My%20caf%C3%A9.jpg", 10)).rejects.toMatchObject({ code: "limit:reached" })
})

test("an untrusted certificate is rejected", async () => {
  await expect(take("https://other.example/x.png")).rejects.toMatchObject({ code: "fetch:failed" })
})
