/** Limits per account, at the routes: they say when to retry, and don't affect others at the same address. */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import { type TestGuest, testGuest } from "@/lib/auth/guest.fixture"
import { ask, MODEL, setUp, started } from "@/lib/generation/generation.fixture"

setUp({ MESSAGES_PER_MINUTE: "2", UPLOADS_PER_MINUTE: "2", SEARCHES_PER_MINUTE: "2" })

const ORIGIN = "http://localhost:3000"
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="

type Handler = (request: Request, context: { params: Promise<{ id: string }> }) => Promise<Response>

async function call(
  handler: Handler,
  guest: TestGuest,
  path: string,
  body?: FormData | string,
  id = "",
): Promise<Response> {
  const headers = { origin: ORIGIN, host: "localhost:3000", cookie: guest.cookie, "accept-language": "en" }
  const request = new Request(`${ORIGIN}${path}`, { method: body ? "POST" : "GET", headers, body })
  const response = await handler(request, { params: Promise.resolve({ id }) })
  if (response.ok) await response.body?.cancel()
  return response
}

const picture = () => {
  const form = new FormData()
  form.append("file", new File([Buffer.from(PNG, "base64")], "dot.png"))
  return form
}

const KINDS = {
  searches: async (guest: TestGuest) => call((await import("@/app/api/search/route")).GET, guest, "/api/search?q=x"),
  uploads: async (guest: TestGuest) =>
    call((await import("@/app/api/images/route")).POST, guest, "/api/images", picture()),
  messages: async (guest: TestGuest) =>
    call((await import("@/app/api/chat/route")).POST, guest, "/api/chat", JSON.stringify(ask("[[words n=1]]"))),
}

test.each(Object.entries(KINDS))("%s per minute", async (_kind, once) => {
  const [guest, beside] = [await testGuest(), await testGuest()]
  for (let n = 0; n < 2; n++) expect((await once(guest)).ok).toBe(true)
  const refused = await once(guest)
  expect(refused.status).toBe(429)
  const seconds = Number(refused.headers.get("retry-after"))
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(30)
  expect(await refused.json()).toMatchObject({
    error: { code: "limit:reached", message: expect.stringMatching(/very fast\. Try again in \d+ seconds?\./) },
  })
  expect((await once(beside)).ok, "another user at the same address").toBe(true)
})

test("retrying an accepted question does not count toward the limit", async () => {
  const guest = await testGuest()
  const body = JSON.stringify(ask("[[words n=1]]", { id: uuidv7() }))
  const { POST } = await import("@/app/api/chat/route")
  for (let n = 0; n < 6; n++) expect((await call(POST, guest, "/api/chat", body)).ok).toBe(true)
})

test("a rate-limited user can still pause a grid", async () => {
  const guest = await testGuest()
  const id = uuidv7()
  const asked = { output: { type: "json_schema", name: "x", schema: {} }, models: [MODEL], settings: {}, columns: [] }
  await started.testDb.database.grid.create({
    data: { id, userId: guest.id, title: "g", instructions: "", ...asked },
  })
  const { POST } = await import("@/app/api/grids/[id]/run/route")
  const run = async (action: string) =>
    (await call(POST, guest, `/api/grids/${id}/run`, JSON.stringify({ action }), id)).status
  // The grid has no rows.
  for (let n = 0; n < 2; n++) expect(await run("start")).toBe(400)
  expect(await run("start")).toBe(429)
  expect(await run("pause")).toBe(200)
})
