/** What every route that changes something rejects: cross-site requests, and malicious bodies. */
import { describe, expect, test } from "vitest"
import { call, EMPTY, worldOf } from "@/app/api/rights.fixture"
import { type Row, rows } from "@/app/api/rights.rows"
import { testAccount } from "@/lib/auth/guest.fixture"
import { setUp } from "@/lib/generation/generation.fixture"

setUp()

/** One row for each route and method that changes something. */
const changing = [...new Map(rows.map((row) => [`${row.method} ${row.path}`, row])).values()].filter(
  ({ method }) => method !== "GET",
)

/** Headers that browsers send for a cross-site request. */
const ELSEWHERE: Record<string, Record<string, string>> = {
  "another site": { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
  "another host of the same domain": { origin: "http://evil.localhost:3000", "sec-fetch-site": "same-site" },
  "a frame without an origin": { origin: "null", "sec-fetch-site": "cross-site" },
  "another port": { origin: "http://localhost:3001", "sec-fetch-site": "same-site" },
}

test.each(Object.entries(ELSEWHERE))("%s can't change anything", async (_, headers) => {
  const owner = await testAccount({ admin: true })
  expect(changing.length).toBeGreaterThan(70)
  for (const row of changing) {
    const response = await call({ ...row, headers: { ...row.headers, ...headers } }, EMPTY, owner.cookie)
    const { error } = await response.json()
    expect([response.status, error.code], `${row.method} ${row.path}`).toEqual([403, "request:origin"])
  }
})

/** Routes that accept files: their content is validated where it is read. */
const OF_FILES = ["import", "images", "documents", "uploads", "uploads/[id]", "chat/[id]/files"]
const withJson = changing.filter(({ path, body }) => body && !OF_FILES.includes(path))

/** Bodies as texts. */
const BODIES: Record<string, () => string> = {
  "deep lists": () => `${"[".repeat(50_000)}${"]".repeat(50_000)}`,
  "deep objects": () => `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`,
  "half a million keys": () => `{${Array.from({ length: 500_000 }, (_, n) => `"${n}":1`).join(",")}}`,
  "twenty megabytes": () => `{"title":"${"x".repeat(20_000_000)}"}`,
  "invalid JSON": () => "{not json",
  "invalid text": () => "\ufffd\u0000",
  "a number": () => "1e999",
  null: () => "null",
}

describe.each(Object.entries(BODIES))("%s", (_, make) => {
  test("is rejected promptly with an error message", async () => {
    const owner = await testAccount()
    const admin = await testAccount({ admin: true })
    const world = { ...EMPTY, ...(await worldOf(owner, BARE)) }
    const bytes = Buffer.from(make())
    for (const row of withJson) {
      const body = () => new Blob([bytes], { type: "application/json" })
      const { cookie } = row.path.startsWith("admin/") ? admin : owner
      const response = await call({ ...row, body }, world, cookie)
      const what = `${row.method} ${row.path}`
      expect(response.status, what).toBeGreaterThanOrEqual(400)
      expect(response.status, what).toBeLessThan(500)
      expect((await response.json()).error.message, what).toMatch(/\S/)
    }
  })
})

/** A row that needs none of the data that is slow to create. */
const BARE: Row = { path: "folders", method: "GET", owner: 200, other: 200 }
