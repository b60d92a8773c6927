/**
 * Every header that contains a person's text is one line of ASCII characters and injects nothing, whatever the text.
 */
import { expect, test } from "vitest"
import { call, EMPTY, worldOf } from "@/app/api/rights.fixture"
import type { Row, World } from "@/app/api/rights.rows"
import { testAccount } from "@/lib/auth/guest.fixture"
import { addOutput } from "@/lib/files/outputs"
import { setUp, started } from "@/lib/generation/generation.fixture"

setUp()

/** Text that would end a header, start another one, break out of quotes, or isn't allowed in one. */
const HOSTILE = [
  "a\r\nset-cookie: stolen=1",
  "a\nlocation: https://evil.example/",
  "a\rb",
  "a\u0000b",
  'a"; filename="b.html',
  "a\\",
  "%0d%0aset-cookie:%20stolen=1",
  "a\u2028b\u2029c\u0085d",
  "Ünïcode 日本語 🌹",
  "half \ud83d of one",
  "嘊嘍set-cookie: stolen=1",
  "\u202egnp.exe",
  "../../etc/passwd",
  "a;b=c, d",
  "x".repeat(5_000),
]

const title = (value: string) => ({ data: { title: value } })

/** Stores the value where the row's route reads it. */
const places: { row: Row; put?: (world: World, value: string) => Promise<unknown> }[] = [
  ...["md", "json", "html", "zip"].map((as) => ({
    row: get("conversations/[id]/export", ({ conversation }) => conversation, `?as=${as}`),
    put: ({ conversation: id }: World, value: string) =>
      started.testDb.database.conversation.update({ where: { id }, ...title(value) }),
  })),
  ...["images/[id]", "documents/[id]/original", "files/[id]"].map((path) => ({
    row: get(path, (world) =>
      path.startsWith("images") ? world.image : path.startsWith("files") ? world.upload : world.document,
    ),
    put: (world: World, name: string) =>
      started.testDb.database.file.updateMany({ where: { userId: world.owner }, data: { name } }),
  })),
  ...["json", "md"].map((as) => ({
    row: get("shared/[token]", () => "", `?as=${as}`),
    put: ({ share: id }: World, value: string) =>
      started.testDb.database.share.update({
        where: { id },
        data: { title: value, authorName: value, listed: true },
      }),
  })),
]

function get(path: string, id: (world: World) => string, query = ""): Row {
  return { path, method: "GET", id, query: () => query, owner: 200, other: 404 }
}

/** Rows whose request itself contains the text. */
const said: ((value: string) => Row)[] = [
  (value) => ({
    ...get("mcp/callback", () => "", `?${new URLSearchParams({ state: value, code: value, error: value })}`),
  }),
  (value) => ({ ...post("account/invitation"), body: () => ({ token: value }) }),
  (value) => ({ ...post("account/issuers"), body: () => ({ issuer: value }) }),
  (value) => ({ ...post("account/forgot"), body: () => ({ email: `${value}@example.com` }) }),
  (value) => ({ ...post("import"), query: () => `?${new URLSearchParams({ name: value })}`, body: () => [] }),
  (value) => ({ ...post("setup"), body: () => ({ token: value }) }),
  (value) => ({
    ...post("uploads"),
    headers: {
      ...{ "tus-resumable": "1.0.0", "upload-length": "5" },
      "upload-metadata": `filename ${Buffer.from(value).toString("base64")}`,
    },
  }),
  ...["unlock", "report"].map((end) => (value: string) => ({
    ...post(`shared/[token]/${end}`),
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: () => new Blob([new URLSearchParams({ passcode: value, reason: value, to: value, page: value }).toString()]),
  })),
]

function post(path: string): Row {
  return { path, method: "POST", id: () => "", owner: 200, other: 404 }
}

/** Each header is one line of allowed characters; there is no cookie and no redirect that we didn't set. */
function check({ headers, status }: Response, what: string): void {
  expect(status, what).toBeLessThan(500)
  for (const [name, value] of headers) {
    expect(value, `${what}: ${name}`).toMatch(/^[\x20-\x7e]*$/)
    if (name === "set-cookie")
      expect(value, what).toMatch(/^(?:__Host-|__Secure-)?(?:sparkler|next-auth)[\w.-]*=[^;,\s]*;/)
    if (name === "location") expect(value, what).toMatch(/^\/(?![/\\])/)
  }
}

/** The name under which a browser saves a file: RFC 6266. */
function nameIn(disposition: string): string {
  const [, encoded = ""] = /filename\*=UTF-8''([^;\s]+)$/.exec(disposition) ?? []
  return decodeURIComponent(encoded)
}

test.each(places.map((place) => ({ ...place, what: `${place.row.path}${place.row.query?.(EMPTY) ?? ""}` })))(
  "$what",
  async ({ row, put }) => {
    const owner = await testAccount()
    const world = await worldOf(owner)
    if (row.path === "files/[id]") world.upload = await outputOf(owner.id, world.conversation)
    for (const value of HOSTILE) {
      await put?.(world, value)
      const response = await call(row, world, owner.cookie)
      expect(response.status, JSON.stringify(value)).toBe(200)
      check(response, JSON.stringify(value))
      await response.body?.cancel()
      const disposition = response.headers.get("content-disposition")
      if (disposition === null) continue
      expect(disposition, value).toMatch(
        /^(?:attachment|inline); (?:filename="[^"\\]*"; )?filename\*=UTF-8''[\w.~%!#$&+^`|-]+$/,
      )
      expect(nameIn(disposition).length, value).toBeGreaterThan(0)
    }
  },
)

async function outputOf(userId: string, conversationId: string): Promise<string> {
  const bytes = Buffer.from("hello")
  const { id } = await addOutput({ userId, conversationId, name: "a.txt", bytes, mostBytes: null })
  return id
}

test("request data is never reflected in response headers", async () => {
  const owner = await testAccount()
  const world = await worldOf(owner)
  for (const value of HOSTILE)
    for (const row of said.map((rowOf) => rowOf(value))) {
      const response = await call(row, world, owner.cookie)
      check(response, `${row.path} ${JSON.stringify(value)}`)
      await response.body?.cancel()
    }
})
