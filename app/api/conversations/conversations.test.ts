/** The routes of the list, as a browser and as an attacker would call them. */
import { v7 as uuidv7 } from "uuid"
import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { PATCH as patchOne } from "@/app/api/conversations/[id]/route"
import { GET, PATCH } from "@/app/api/conversations/route"
import { DELETE as deleteFolder, PATCH as patchFolder } from "@/app/api/folders/[id]/route"
import { GET as getFolders, POST as postFolder } from "@/app/api/folders/route"
import { testGuest } from "@/lib/auth/guest.fixture"
import type { ListEvent } from "@/lib/chat/conversation.types"
import { subscribe } from "@/lib/chat/news/news"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"

let testDb: TestDatabase
beforeAll(async () => {
  testDb = await withTestDb()
})
afterAll(() => testDb.close())

const ORIGIN = "http://localhost:3000"
const page = z.object({ conversations: z.array(z.object({ id: z.string() })), cursor: z.string().nullable() })
const failure = z.object({ error: z.object({ code: z.string(), message: z.string() }) })
const outline = z.object({ folders: z.array(z.object({ id: z.string(), name: z.string(), count: z.number() })) })

interface Call {
  cookie?: string
  method?: string
  query?: string
  body?: unknown
  origin?: string
}

const request = ({ cookie, method = "GET", query = "", body, origin = ORIGIN }: Call) =>
  new Request(`${ORIGIN}/api/any${query}`, {
    method,
    headers: { origin, host: "localhost:3000", ...(cookie ? { cookie } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const at = (id: string) => ({ params: Promise.resolve({ id }) })
const list = (call: Call) => GET(request(call), undefined)
const bulk = (call: Call) => PATCH(request({ method: "PATCH", ...call }), undefined)
const make = (call: Call) => postFolder(request({ method: "POST", ...call }), undefined)

/** A guest with three conversations, newest first. */
async function newGuest() {
  const { id, cookie } = await testGuest()
  const rows = ["a", "b", "c"].map((title, place) => ({
    ...{ id: uuidv7(), userId: id, title, updatedAt: new Date(Date.now() - place * 1_000) },
  }))
  await testDb.database.conversation.createMany({ data: rows })
  return { id, cookie, ids: rows.map((row) => row.id) }
}

test("the list is paginated and limited to the owner", async () => {
  const [{ cookie, ids }, other] = [await newGuest(), await newGuest()]
  const first = page.parse(await (await list({ cookie, query: "?limit=2" })).json())
  expect(first.conversations.map(({ id }) => id)).toEqual(ids.slice(0, 2))
  const rest = await list({ cookie, query: `?limit=2&cursor=${encodeURIComponent(first.cursor ?? "")}` })
  expect(page.parse(await rest.json())).toMatchObject({ conversations: [{ id: ids[2] }], cursor: null })
  // Someone else's cursor is only a point in time.
  const strange = await list({ cookie: other.cookie, query: `?cursor=${encodeURIComponent(first.cursor ?? "")}` })
  for (const { id } of page.parse(await strange.json()).conversations) expect(other.ids).toContain(id)
  expect((await list({})).status).toBe(401)
})

test("malformed queries get a clear error", async () => {
  const { cookie } = await newGuest()
  for (const query of ["?limit=0", "?limit=201", "?in=x", "?in=folder:1", "?cursor=x", "?cursor=2026~x", "?x=1"]) {
    const answer = await list({ cookie, query })
    expect(answer.status, query).toBe(400)
    expect(failure.parse(await answer.json()).error.message).toMatch(/^[A-Z].*\.$/)
  }
})

test("one request changes many conversations, and open pages are notified in one event", async () => {
  const { id, cookie, ids } = await newGuest()
  const heard: ListEvent[] = []
  const leave = await subscribe(id, (event) => heard.push(event))
  expect((await bulk({ cookie, body: { ids, archived: true } })).status).toBe(204)
  expect((await bulk({ cookie, body: { ids: ids.slice(1), deleted: true } })).status).toBe(204)
  await expect.poll(() => heard.length).toBe(2)
  leave()
  expect(heard).toEqual([
    { changes: ids.map((of) => ({ id: of, conversation: expect.objectContaining({ id: of, archived: true }) })) },
    { changes: ids.slice(1).map((of) => ({ id: of, conversation: null })) },
  ])
})

test("malformed bulk changes are rejected and change nothing", async () => {
  const { cookie, ids } = await newGuest()
  const bodies = [
    {},
    { ids },
    { ids: [], archived: true },
    { ids: ["x"], archived: true },
    { ids, archived: "yes" },
    { ids, archived: true, pinned: true },
    { ids, title: "x" },
    { ids, folderId: "x" },
    { ids, tags: { add: ["  "] } },
    { ids: Array.from({ length: 501 }, () => uuidv7()), archived: true },
    { ids: Array.from({ length: 5_000 }, () => uuidv7()), archived: true },
    null,
  ]
  for (const body of bodies) {
    const answer = await bulk({ cookie, body })
    expect([400, 413], JSON.stringify(body)?.slice(0, 80)).toContain(answer.status)
    expect(failure.parse(await answer.json()).error.message).toMatch(/^[A-Z].*\.$/)
  }
  expect((await bulk({ cookie, body: { ids, archived: true }, origin: "https://evil.example" })).status).toBe(403)
  expect((await bulk({ body: { ids, archived: true } })).status).toBe(401)
  const archived = await list({ cookie, query: "?in=archived" })
  expect(page.parse(await archived.json()).conversations).toEqual([])
})

test("tags are normalized to a typeable form", async () => {
  const { cookie, ids } = await newGuest()
  const body = { tags: { add: ["  To  Do ", "#Überblick"] } }
  const answer = await patchOne(request({ cookie, method: "PATCH", body }), at(ids[0] ?? ""))
  expect(answer.status).toBe(204)
  const tagged = await list({ cookie, query: `?in=${encodeURIComponent("tag:to-do")}` })
  expect(await tagged.json()).toMatchObject({ conversations: [{ id: ids[0], tags: ["to-do", "überblick"] }] })
})

test("a folder can be created once, named, filled, deleted and restored; only by its owner", async () => {
  const [{ id: userId, cookie, ids }, other] = [await newGuest(), await newGuest()]
  const heard: ListEvent[] = []
  const leave = await subscribe(userId, (event) => heard.push(event))
  const id = uuidv7()
  const folders = async () => outline.parse(await (await getFolders(request({ cookie }), undefined)).json()).folders
  for (let time = 0; time < 2; time++) expect((await make({ cookie, body: { id, name: " Work " } })).status).toBe(201)
  expect(await folders()).toEqual([{ id, name: "Work", count: 0 }])
  expect((await bulk({ cookie, body: { ids, folderId: id } })).status).toBe(204)

  const theirs = { cookie: other.cookie }
  const gone = [
    make({ ...theirs, body: { id, name: "Mine" } }),
    patchFolder(request({ ...theirs, method: "PATCH", body: { name: "Mine" } }), at(id)),
    patchFolder(request({ ...theirs, method: "PATCH", body: { deleted: false } }), at(id)),
    deleteFolder(request({ ...theirs, method: "DELETE" }), at(id)),
    bulk({ ...theirs, body: { ids: other.ids, folderId: id } }),
    bulk({ ...theirs, body: { ids, folderId: null } }),
    deleteFolder(request({ cookie, method: "DELETE" }), at("../x")),
  ]
  for (const answer of await Promise.all(gone)) expect(answer.status).toBe(404)
  expect(await folders()).toEqual([{ id, name: "Work", count: 3 }])

  await patchFolder(request({ cookie, method: "PATCH", body: { name: "Office" } }), at(id))
  await deleteFolder(request({ cookie, method: "DELETE" }), at(id))
  expect(await folders()).toEqual([])
  await patchFolder(request({ cookie, method: "PATCH", body: { deleted: false } }), at(id))
  expect(await folders()).toEqual([{ id, name: "Office", count: 3 }])
  leave()
  expect(heard.filter((event) => "outline" in event)).toHaveLength(5)
})
