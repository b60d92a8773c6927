/** The routes of links, as a browser and as an attacker would call them. */
import { v7 as uuidv7 } from "uuid"
import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { GET, POST } from "@/app/api/conversations/[id]/shares/route"
import { DELETE, PATCH } from "@/app/api/shares/[id]/route"
import { testGuest } from "@/lib/auth/guest.fixture"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { accessTo, NOBODY } from "@/lib/share/access"

let testDb: TestDatabase
beforeAll(async () => {
  testDb = await withTestDb()
})
afterAll(() => testDb.close())

const ORIGIN = "http://localhost:3000"
const share = z.object({ id: z.uuid(), path: z.string(), revokedAt: z.null() })
const failure = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

interface Call {
  guest?: { cookie: string }
  method?: string
  body?: unknown
  origin?: string
}

const ask = (handler: typeof GET, id: string, { guest, method = "GET", body, origin = ORIGIN }: Call = {}) =>
  handler(
    new Request(`${ORIGIN}/api/any`, {
      method,
      headers: { origin, host: "localhost:3000", ...(guest ? { cookie: guest.cookie } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    { params: Promise.resolve({ id }) },
  )

const newGuest = () => testGuest()

/** A guest with a conversation of one message. */
async function newOwner() {
  const { database } = testDb
  const guest = await newGuest()
  const conversationId = uuidv7()
  const messageId = uuidv7()
  await database.conversation.create({
    data: { id: conversationId, userId: guest.id, title: "A title", model: "demo", activeLeafId: "none" },
  })
  await database.message.create({
    data: { id: messageId, conversationId, role: "user", status: "complete", parts: [{ type: "text", text: "hello" }] },
  })
  await database.conversation.update({ where: { id: conversationId }, data: { activeLeafId: messageId } })
  return { guest, conversationId }
}

async function newShare() {
  const owner = await newOwner()
  const response = await ask(POST, owner.conversationId, { guest: owner.guest, method: "POST" })
  expect(response.status).toBe(201)
  return { ...owner, made: z.object({ share }).parse(await response.json()).share }
}

const opens = async ({ path }: { path: string }) =>
  (await accessTo(path.replace("/share/", ""), NOBODY)).state === "open"

test("a body may be missing, or an empty stream; invalid JSON is rejected", async () => {
  const { guest, conversationId } = await newOwner()
  const post = (body: BodyInit) =>
    POST(
      new Request(`${ORIGIN}/api/any`, {
        method: "POST",
        headers: { origin: ORIGIN, host: "localhost:3000", cookie: guest.cookie },
        ...{ body, duplex: "half" },
      }),
      { params: Promise.resolve({ id: conversationId }) },
    )
  expect((await post(new ReadableStream({ start: (controller) => controller.close() }))).status).toBe(201)
  expect((await post(" ")).status).toBe(400)
})

test("a link is created, listed, and revoked by PATCH or by DELETE", async () => {
  for (const end of [
    { handler: PATCH, method: "PATCH", body: { revoked: true } },
    { handler: DELETE, method: "DELETE" },
  ]) {
    const { guest, conversationId, made } = await newShare()
    const listed = z.object({ shares: z.array(share) }).parse(await (await ask(GET, conversationId, { guest })).json())
    expect(listed.shares).toEqual([expect.objectContaining({ id: made.id, path: made.path })])
    expect(await opens(made)).toBe(true)
    expect((await ask(end.handler, made.id, { guest, ...end })).status).toBe(204)
    expect(await opens(made)).toBe(false)
    expect((await ask(end.handler, made.id, { guest, ...end })).status).toBe(404)
  }
})

test("non-owners get the not-found response", async () => {
  const { conversationId, made } = await newShare()
  const guest = await newGuest()
  const calls = [
    ask(GET, conversationId, { guest }),
    ask(POST, conversationId, { guest, method: "POST" }),
    ask(PATCH, made.id, { guest, method: "PATCH", body: { revoked: true } }),
    ask(DELETE, made.id, { guest, method: "DELETE" }),
  ]
  for (const response of await Promise.all(calls)) expect(response.status).toBe(404)
  expect(await opens(made)).toBe(true)
})

test("without a session nothing is created, listed or revoked", async () => {
  const { conversationId, made } = await newShare()
  const calls = [
    ask(GET, conversationId),
    ask(POST, conversationId, { method: "POST" }),
    ask(PATCH, made.id, { method: "PATCH", body: { revoked: true } }),
    ask(DELETE, made.id, { method: "DELETE" }),
  ]
  for (const response of await Promise.all(calls)) expect(response.status).toBe(401)
  expect(await opens(made)).toBe(true)
})

test("another site can neither create nor revoke a link on the user's behalf", async () => {
  const { guest, conversationId, made } = await newShare()
  const evil = { guest, origin: "https://evil.example" }
  const calls = [
    ask(POST, conversationId, { ...evil, method: "POST" }),
    ask(PATCH, made.id, { ...evil, method: "PATCH", body: { revoked: true } }),
    ask(DELETE, made.id, { ...evil, method: "DELETE" }),
  ]
  for (const response of await Promise.all(calls)) expect(response.status).toBe(403)
  expect(await opens(made)).toBe(true)
})

test("a revoked link can't be changed in any other way", async () => {
  const { guest, made } = await newShare()
  for (const body of [{}, { revoked: false }, { revoked: true, title: "x" }, [], null, "x".repeat(2_000)]) {
    const response = await ask(PATCH, made.id, { guest, method: "PATCH", body })
    expect([400, 413]).toContain(response.status)
    expect(failure.parse(await response.json()).error.message).toMatch(/^[A-Z].*\.$/)
  }
  expect(await opens(made)).toBe(true)
})

test("malformed ids are not found", async () => {
  const guest = await newGuest()
  for (const id of ["", "1", "../x", "%00", "x".repeat(5_000)]) {
    expect((await ask(GET, id, { guest })).status).toBe(404)
    expect((await ask(DELETE, id, { guest, method: "DELETE" })).status).toBe(404)
  }
})
