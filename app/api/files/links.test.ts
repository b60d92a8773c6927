/** Files in a bucket, loaded through signed links: after the same permission check, and never for scripts. */
import { createHash, randomUUID } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { GET as DOCUMENT } from "@/app/api/documents/[id]/original/route"
import { GET as FILE } from "@/app/api/files/[id]/route"
import { GET as IMAGE } from "@/app/api/images/[id]/route"
import { testGuest } from "@/lib/auth/guest.fixture"
import { config } from "@/lib/config"
import { linksOrigin } from "@/lib/config-store"
import type { FileRow } from "@/lib/db/files"
import { createShareRow } from "@/lib/db/shares"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { storeFile } from "@/lib/files/files"
import { startS3, type TestS3 } from "@/lib/files/s3.fixture"
import { contentSecurityPolicy } from "@/lib/http/csp"

let s3: TestS3
let testDb: TestDatabase
beforeAll(async () => {
  s3 = await startS3()
  const { endpoint, bucket, region, prefix, accessKeyId, secretAccessKey } = s3.config
  Object.assign(process.env, { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region, S3_PREFIX: prefix })
  Object.assign(process.env, {
    S3_ACCESS_KEY_ID: accessKeyId,
    S3_SECRET_ACCESS_KEY: secretAccessKey,
    S3_SIGNED_LINKS: "true",
  })
  testDb = await withTestDb()
})
afterAll(async () => {
  await testDb.close()
  await s3.close()
})

async function newFile(userId: string, kind: FileRow["kind"], mediaType: string) {
  const data = Buffer.from(`some ${kind}`)
  const id = randomUUID()
  const size = { size: data.length, width: kind === "image" ? 3 : null, height: kind === "image" ? 4 : null }
  const sha256 = createHash("sha256").update(data).digest("hex")
  await storeFile({ id, userId, kind, mediaType, name: "Bild (1).x", ...size }, { bytes: data, sha256 })
  return id
}

test.each([
  ["image", IMAGE, "image/png", "image/png", `inline; filename*=UTF-8''Bild%20%281%29.png`],
  ["output", FILE, "text/html", "application/octet-stream", `attachment; filename="Bild (1).x"`],
  ["document", DOCUMENT, "application/pdf", "application/octet-stream", `attachment; filename="Bild (1).x"`],
] as const)(
  "a browser gets an %s through a signed link, a script gets it from this process, and others get neither",
  async (kind, GET, mediaType, type, disposition) => {
    const [owner, other] = [await testGuest(), await testGuest()]
    const id = await newFile(owner.id, kind, mediaType)
    const ask = (cookie: string, mode: string) =>
      GET(new Request(`http://localhost:3000/api/x/${id}`, { headers: { cookie, "sec-fetch-mode": mode } }), {
        params: Promise.resolve({ id }),
      })
    const led = await ask(owner.cookie, kind === "image" ? "no-cors" : "navigate")
    expect([led.status, led.headers.get("cache-control")]).toEqual([302, "no-store"])
    const there = await fetch(led.headers.get("location") ?? "")
    expect([there.status, await there.text(), there.headers.get("content-type")]).toEqual([200, `some ${kind}`, type])
    expect(there.headers.get("content-disposition")).toContain(disposition)
    const here = await ask(owner.cookie, "cors")
    expect([here.status, await here.text(), here.headers.get("x-content-type-options")]).toEqual([
      200,
      `some ${kind}`,
      "nosniff",
    ])
    expect((await ask(other.cookie, "no-cors")).status).toBe(404)
  },
)

test("an image of a share is proxied through this process, and no link outlives its revocation", async () => {
  const [owner, reader] = [await testGuest(), await testGuest()]
  const id = await newFile(owner.id, "image", "image/png")
  const conversationId = randomUUID()
  await testDb.database.conversation.create({ data: { id: conversationId, userId: owner.id, title: "t" } })
  const [shareId, token] = [randomUUID(), randomUUID().replaceAll("-", "")]
  await createShareRow(testDb.database, {
    ...{ id: shareId, token, userId: owner.id, conversationId, title: "t", messages: [], imageIds: [id] },
  })
  const ask = () =>
    IMAGE(
      new Request(`http://localhost:3000/api/images/${id}?share=${token}`, {
        headers: { cookie: reader.cookie, "sec-fetch-mode": "no-cors" },
      }),
      { params: Promise.resolve({ id }) },
    )
  const shown = await ask()
  expect([shown.status, shown.headers.get("x-content-type-options"), await shown.text()]).toEqual([
    200,
    "nosniff",
    "some image",
  ])
  await testDb.database.share.update({ where: { id: shareId }, data: { revokedAt: new Date() } })
  expect((await ask()).status).toBe(404)
})

test("the page's CSP allows the single origin of signed links", () => {
  const origin = linksOrigin(config().store)
  expect(origin).toBe(s3.config.endpoint)
  expect(contentSecurityPolicy("n", false, null, origin)).toContain(`img-src 'self' blob: data: ${origin};`)
  expect(contentSecurityPolicy("n", false, null, null)).toContain("img-src 'self' blob: data:;")
  expect(
    linksOrigin({
      ...config().store,
      s3: { ...s3.config, endpoint: "https://s3.example.com", pathStyle: false, signedLinks: true },
    }),
  ).toBe("https://sparkler-test.s3.example.com")
})
