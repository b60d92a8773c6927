/** Every route of a token × every invalid state and kind of reader. */
import { randomUUID } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { beforeEach, describe, expect, test } from "vitest"
import { testGuest } from "@/lib/auth/guest.fixture"
import { plainPdf } from "@/lib/documents/read/pdf.fixture"
import { setUp, started } from "@/lib/generation/generation.fixture"
import { resetThrottles } from "@/lib/throttle/kept"

setUp()

const ORIGIN = "http://localhost:3000"
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
const PASSCODE = "open sesame"
/** Of the message, and of the document's page. */
const WORDS = ["roses are red", "word1"]

type Handler = (request: Request, context: { params: Promise<Record<string, unknown>> }) => Promise<Response>

/** Each route of a token, with its status for readers with access. */
const ROUTES = [
  { path: "shared/[token]", method: "GET", status: 200 },
  { path: "shared/[token]", method: "GET", query: "?as=md", status: 200 },
  { path: "shared/[token]/state", method: "GET", status: 200 },
  { path: "shared/[token]/picture", method: "GET", status: 200 },
  { path: "shared/[token]/unlock", method: "POST", body: { passcode: PASSCODE }, status: 204 },
  { path: "shared/[token]/report", method: "POST", body: { reason: "spam" }, status: 204 },
  { path: "shared/[token]/continue", method: "POST", status: 201 },
  { path: "images/[id]", method: "GET", status: 200 },
  { path: "documents/[id]", method: "GET", status: 200 },
  { path: "documents/[id]/pages", method: "GET", query: "from=1&to=2", status: 200 },
  { path: "documents/[id]/pages/[number]/picture", method: "GET", query: "size=320", status: 200 },
] as const
type Route = (typeof ROUTES)[number]

interface Shared {
  token: string
  id: string
  image: string
  document: string
  cookie?: string
}

/** File routes take the token as a query parameter. */
const isOfFile = ({ path }: { path: string }) => !path.startsWith("shared/")

async function ask(route: Route, { token, image, document, cookie }: Shared, more: HeadersInit = {}) {
  const routes: Record<string, Handler | undefined> = await import(`@/app/api/${route.path}/route`)
  const own = "query" in route ? route.query : ""
  const query = isOfFile(route) ? `?share=${token}&${own}` : own
  const body = route.path.endsWith("continue") ? { id: uuidv7() } : "body" in route ? route.body : undefined
  const request = new Request(`${ORIGIN}/api/${route.path}${query}`, {
    method: route.method,
    headers: { origin: ORIGIN, host: "localhost:3000", ...(cookie ? { cookie } : {}), ...more },
    ...(body && { body: JSON.stringify(body) }),
  })
  const handler = routes[route.method]
  if (!handler) throw new Error(`no ${route.method} of ${route.path}`)
  const id = route.path.startsWith("documents/") ? document : image
  return handler(request, { params: Promise.resolve({ token, id, number: "1" }) })
}

test("the format is Markdown or JSON per `as`, else per the client's Accept header", async () => {
  const { GET } = await import("@/app/api/shared/[token]/route")
  const { token } = await newShare()
  const typeOf = async (accept: string, query = "") => {
    const request = new Request(`${ORIGIN}/share/${token}${query}`, { headers: { accept } })
    const { status, headers } = await GET(request, { params: Promise.resolve({ token }) })
    return `${status} ${headers.get("content-type")?.split(";")[0]}`
  }
  // As after the rewrite of `proxy.ts`, which keeps the page's URL.
  expect(await typeOf("text/markdown")).toBe("200 text/markdown")
  expect(await typeOf("application/json, text/markdown;q=0.5")).toBe("200 application/json")
  expect(await typeOf("*/*")).toBe("200 application/json")
  expect(await typeOf("text/markdown", "?as=json&report=done")).toBe("200 application/json")
  expect(await typeOf("*/*", "?as=md")).toBe("200 text/markdown")
})

beforeEach(() => {
  resetThrottles()
})

async function newShare(terms: Record<string, unknown> = {}) {
  const { createShareRow } = await import("@/lib/db/shares")
  const { addImage } = await import("@/lib/images/images")
  const { addDocument } = await import("@/lib/documents/store/documents")
  const owner = await testGuest()
  const { database } = started.testDb
  const image = await addImage(owner.id, Buffer.from(PNG, "base64"), "dot.png")
  const document = await addDocument(owner.id, await plainPdf(2), { name: "Report.pdf", mostBytes: null })
  const conversationId = uuidv7()
  await database.conversation.create({ data: { id: conversationId, userId: owner.id, title: "t" } })
  const parts = [
    { type: "file", url: `/api/images/${image.id}`, mediaType: "image/png" },
    { type: "data-document", data: { documentId: document.id, ...CARD, range: [[1, 1]] } },
    { type: "text", text: WORDS[0] },
  ]
  const [id, token] = [uuidv7(), randomUUID().replaceAll("-", "")]
  const snapshot = { messages: [{ id: "1", role: "user", parts }], imageIds: [image.id, document.id], title: "Roses" }
  await createShareRow(database, { id, token, userId: owner.id, conversationId, ...snapshot, ...terms })
  return { id, token, image: image.id, document: document.id, owner, conversationId }
}

const CARD = { name: "Report.pdf", kind: "pdf", bytes: 1_000, pages: 2, mode: "auto", tokens: 10, pictures: 0 }

const hash = async () => (await import("@/lib/hash/hash")).hashOf(PASSCODE)

/** Every route returns a 404 without any of the words. */
async function refuses(shared: Shared, why: string, routes: readonly Route[] = ROUTES): Promise<void> {
  for (const route of routes) {
    // A browser with a cached copy revalidates it.
    const known: Record<string, string> = isOfFile(route)
      ? { "if-none-match": etagOf(route, shared), range: "bytes=0-1" }
      : {}
    for (const headers of [{}, known]) {
      const response = await ask(route, shared, headers)
      const text = await response.text()
      expect(response.status, `${why}: ${route.path} ${text}`).toBe(404)
      for (const words of WORDS) expect(text, `${why}: ${route.path}`).not.toContain(words)
    }
  }
}

const etagOf = ({ path }: Route, { image, document }: Shared) =>
  path === "images/[id]" ? `"${image}"` : `"${document}-1-320"`

async function opens(shared: Shared, why: string, except: Record<string, number> = {}): Promise<void> {
  for (const route of ROUTES) {
    const response = await ask(route, shared)
    expect(response.status, `${why}: ${route.path}`).toBe(except[route.path] ?? route.status)
    await response.body?.cancel()
  }
}

describe("routes of a token", () => {
  test("are open to anyone with a live link, and to nobody without one", async () => {
    const shared = await newShare()
    const other = await testGuest()
    await opens(shared, "nobody")
    await opens({ ...shared, cookie: other.cookie }, "another guest")
    await opens({ ...shared, cookie: shared.owner.cookie }, "its author")
    await refuses({ ...shared, token: randomUUID().replaceAll("-", "") }, "an unknown token")
    await refuses({ ...shared, token: "x" }, "no token")
  })

  test("are closed once it is revoked, expired, or its chat deleted; also for its author", async () => {
    const { database } = started.testDb
    const past = new Date(Date.now() - 1_000)
    for (const state of ["revokedAt", "expiresAt", "deletedAt"] as const) {
      const shared = await newShare()
      if (state === "deletedAt")
        await database.conversation.update({ where: { id: shared.conversationId }, data: { deletedAt: past } })
      else await database.share.update({ where: { id: shared.id }, data: { [state]: past } })
      await refuses(shared, state)
      await refuses({ ...shared, cookie: shared.owner.cookie }, `${state}, its author`)
    }
  })

  test("for files serve what is in this link, but not files of another link or omitted ones", async () => {
    const files = ROUTES.filter(isOfFile)
    const [shared, other] = [await newShare(), await newShare()]
    await refuses({ ...shared, image: other.image, document: other.document }, "another link's files", files)
    const { database } = started.testDb
    await database.share.update({ where: { id: shared.id }, data: { imageIds: [] } })
    await refuses(shared, "without images and documents", files)
    await database.share.update({ where: { id: shared.id }, data: { imageIds: [shared.document] } })
    await refuses(shared, "without images", [ROUTES[7]])
    // An image isn't a document, and a document isn't an image.
    await refuses({ ...shared, image: shared.document, document: shared.image }, "of the other kind", files)
    const pages = await ask(ROUTES[9], shared)
    expect((await pages.json()).pages.map(({ number }: { number: number }) => number)).toEqual([1])
  })

  test("ask for a passcode, and open with the cookie it grants, for this link only", async () => {
    const shared = await newShare({ passcodeHash: await hash() })
    const elsewhere = await newShare({ passcodeHash: await hash() })
    const unlock = ROUTES.find(({ path }) => path.endsWith("unlock"))
    const cookieOf = async (of: Shared) => (unlock && (await ask(unlock, of)).headers.get("set-cookie"))?.split(";")[0]
    const [cookie, foreign] = [await cookieOf(shared), await cookieOf(elsewhere)]
    for (const [why, wrong] of [
      ["no cookie", undefined],
      ["another link's cookie", foreign],
      ["a forged cookie", `${cookie?.slice(0, -3)}abc`],
    ] as const) {
      const json = await ask(ROUTES[0], { ...shared, cookie: wrong })
      expect([json.status, (await json.json()).error.code], why).toEqual([403, "share:passcode"])
      for (const route of ROUTES.slice(2).filter(({ path }) => !path.endsWith("unlock"))) {
        const response = await ask(route, { ...shared, cookie: wrong })
        expect(response.status, `${why}: ${route.path}`).toBe(404)
      }
    }
    // The picture is for messengers, which have no passcode.
    await opens({ ...shared, cookie }, "with its cookie", { "shared/[token]/picture": 404 })
  })

  test("are open to named users only, while they are named", async () => {
    const shared = await newShare({ inside: true })
    const [friend, stranger] = [await testGuest(), await testGuest()]
    const { database } = started.testDb
    for (const { id } of [friend, stranger]) await database.user.update({ where: { id }, data: { guest: false } })
    await database.shareGrant.create({ data: { shareId: shared.id, userId: friend.id } })
    const { clearSessionCache } = await import("@/lib/auth/sessions")
    clearSessionCache()
    await refuses(shared, "nobody")
    await refuses({ ...shared, cookie: stranger.cookie }, "somebody else")
    await opens({ ...shared, cookie: friend.cookie }, "who is named", { "shared/[token]/picture": 404 })
    await database.shareGrant.deleteMany({ where: { shareId: shared.id } })
    await refuses({ ...shared, cookie: friend.cookie }, "who was named")
  })

  test("reject cross-site requests", async () => {
    const shared = await newShare()
    for (const { path, method } of ROUTES.filter((route) => route.method === "POST")) {
      const routes: Record<string, Handler | undefined> = await import(`@/app/api/${path}/route`)
      const headers = { origin: "https://evil.example", host: "localhost:3000" }
      const request = new Request(`${ORIGIN}/api/${path}`, { method, headers, body: "{}" })
      const response = await routes[method]?.(request, { params: Promise.resolve({ token: shared.token }) })
      expect(response?.status, path).toBe(403)
    }
  })
})
