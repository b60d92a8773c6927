/** Every route of a token × what may be wrong with it, and who asks. */
import { randomUUID } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { beforeEach, describe, expect, test } from "vitest"
import { testGuest } from "@/lib/auth/guest.fixture"
import { setUp, started } from "@/lib/generation/generation.fixture"
import { forgetThrottles } from "@/lib/throttle/kept"

setUp()

const ORIGIN = "http://localhost:3000"
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
const PASSCODE = "open sesame"
const WORDS = "roses are red"

type Handler = (request: Request, context: { params: Promise<Record<string, unknown>> }) => Promise<Response>

/** Each route of a token, with its status for who may read. */
const ROUTES = [
  { path: "shared/[token]", method: "GET", status: 200 },
  { path: "shared/[token]", method: "GET", query: "?as=md", status: 200 },
  { path: "shared/[token]/state", method: "GET", status: 200 },
  { path: "shared/[token]/picture", method: "GET", status: 200 },
  { path: "shared/[token]/unlock", method: "POST", body: { passcode: PASSCODE }, status: 204 },
  { path: "shared/[token]/report", method: "POST", body: { reason: "spam" }, status: 204 },
  { path: "shared/[token]/continue", method: "POST", status: 201 },
  { path: "images/[id]", method: "GET", status: 200 },
] as const
type Route = (typeof ROUTES)[number]

interface Shared {
  token: string
  id: string
  image: string
  cookie?: string
}

async function ask(route: Route, { token, image, cookie }: Shared): Promise<Response> {
  const routes: Record<string, Handler | undefined> = await import(`@/app/api/${route.path}/route`)
  const query = route.path === "images/[id]" ? `?share=${token}` : "query" in route ? route.query : ""
  const body = route.path.endsWith("continue") ? { id: uuidv7() } : "body" in route ? route.body : undefined
  const request = new Request(`${ORIGIN}/api/${route.path}${query}`, {
    method: route.method,
    headers: { origin: ORIGIN, host: "localhost:3000", ...(cookie ? { cookie } : {}) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const handler = routes[route.method]
  if (!handler) throw new Error(`no ${route.method} of ${route.path}`)
  return handler(request, { params: Promise.resolve({ token, id: image }) })
}

test("it is Markdown or JSON as `as` says, else as the reader's program asks for it", async () => {
  const { GET } = await import("@/app/api/shared/[token]/route")
  const { token } = await newShare()
  const typeOf = async (accept: string, query = "") => {
    const request = new Request(`${ORIGIN}/share/${token}${query}`, { headers: { accept } })
    const { status, headers } = await GET(request, { params: Promise.resolve({ token }) })
    return `${status} ${headers.get("content-type")?.split(";")[0]}`
  }
  // As behind the rewrite of `proxy.ts`, which keeps the page's address.
  expect(await typeOf("text/markdown")).toBe("200 text/markdown")
  expect(await typeOf("application/json, text/markdown;q=0.5")).toBe("200 application/json")
  expect(await typeOf("*/*")).toBe("200 application/json")
  expect(await typeOf("text/markdown", "?as=json&report=done")).toBe("200 application/json")
  expect(await typeOf("*/*", "?as=md")).toBe("200 text/markdown")
})

beforeEach(() => {
  forgetThrottles()
})

async function newShare(terms: Record<string, unknown> = {}) {
  const { createShareRow } = await import("@/lib/db/shares")
  const { addImage } = await import("@/lib/images/images")
  const owner = await testGuest()
  const { database } = started.testDb
  const image = await addImage(owner.id, Buffer.from(PNG, "base64"), "dot.png")
  const conversationId = uuidv7()
  await database.conversation.create({ data: { id: conversationId, userId: owner.id, title: "t" } })
  const parts = [
    { type: "file", url: `/api/images/${image.id}`, mediaType: "image/png" },
    { type: "text", text: WORDS },
  ]
  const [id, token] = [uuidv7(), randomUUID().replaceAll("-", "")]
  const snapshot = { messages: [{ id: "1", role: "user", parts }], imageIds: [image.id], title: "Roses" }
  await createShareRow(database, { id, token, userId: owner.id, conversationId, ...snapshot, ...terms })
  return { id, token, image: image.id, owner, conversationId }
}

const hash = async () => (await import("@/lib/hash/hash")).hashOf(PASSCODE)

/** For every route there is nothing, and none of the words. */
async function refuses(shared: Shared, why: string): Promise<void> {
  for (const route of ROUTES) {
    const response = await ask(route, shared)
    const text = await response.text()
    expect(response.status, `${why}: ${route.path} ${text}`).toBe(404)
    expect(text, `${why}: ${route.path}`).not.toContain(WORDS)
  }
}

async function opens(shared: Shared, why: string, except: Record<string, number> = {}): Promise<void> {
  for (const route of ROUTES) {
    const response = await ask(route, shared)
    const end = route.path.split("/").at(-1) ?? ""
    expect(response.status, `${why}: ${route.path}`).toBe(except[end] ?? route.status)
    await response.body?.cancel()
  }
}

describe("the routes of a token", () => {
  test("open for everybody with a live link, and for nobody without", async () => {
    const shared = await newShare()
    const other = await testGuest()
    await opens(shared, "nobody")
    await opens({ ...shared, cookie: other.cookie }, "another guest")
    await opens({ ...shared, cookie: shared.owner.cookie }, "its author")
    await refuses({ ...shared, token: randomUUID().replaceAll("-", "") }, "an unknown token")
    await refuses({ ...shared, token: "x" }, "no token")
  })

  test("are closed once it is revoked, expired, or its chat deleted; for its author as well", async () => {
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

  test("ask for a passcode, and open with the cookie that it gives, of this link", async () => {
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
    await opens({ ...shared, cookie }, "with its cookie", { picture: 404 })
  })

  test("open for named people only, while they are named", async () => {
    const shared = await newShare({ inside: true })
    const [friend, stranger] = [await testGuest(), await testGuest()]
    const { database } = started.testDb
    for (const { id } of [friend, stranger]) await database.user.update({ where: { id }, data: { guest: false } })
    await database.shareGrant.create({ data: { shareId: shared.id, userId: friend.id } })
    const { forgetSessions } = await import("@/lib/auth/sessions")
    forgetSessions()
    await refuses(shared, "nobody")
    await refuses({ ...shared, cookie: stranger.cookie }, "somebody else")
    await opens({ ...shared, cookie: friend.cookie }, "who is named", { picture: 404 })
    await database.shareGrant.deleteMany({ where: { shareId: shared.id } })
    await refuses({ ...shared, cookie: friend.cookie }, "who was named")
  })

  test("refuse what comes from another site", async () => {
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
