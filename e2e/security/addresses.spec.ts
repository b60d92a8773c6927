/** URLs that no browser sends, as an attacker would. */
import { get, type IncomingHttpHeaders } from "node:http"
import { expect, test } from "@/e2e/support/fixtures"

/** The response headers for a URL sent exactly as written; the connection is then closed. */
function headOf(url: string, path: string, cookie = ""): Promise<{ status: number; headers: IncomingHttpHeaders }> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const request = get({ hostname, port, path, headers: { cookie } }, (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers })
      response.destroy()
    })
    request.on("error", reject)
  })
}

const cookieOf = async (context: { cookies(): Promise<{ name: string; value: string }[]> }) =>
  (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ")

test("invalid percent-escapes lead to a page; API clients get an API error", async ({ app }) => {
  for (const path of ["/api/conversations/%ff", "/api/search?q=%", "/_next/static/%ff"]) {
    const { status, headers } = await headOf(app.url, path)
    expect([path, status, headers["content-type"]]).toEqual([path, 400, "application/json"])
  }
  for (const path of ["/c/%ff", "/share/%ff", "/%", "/%E0%A4%A"]) {
    const { status, headers } = await headOf(app.url, path)
    expect([path, status, headers["content-type"]]).toEqual([path, 404, "text/html; charset=utf-8"])
  }
  expect((await headOf(app.url, "/?q=100%")).status).toBe(200)
})

test("path traversal through the diagrams route reaches the normal events route, and reveals no internals", async ({
  chat,
}) => {
  const cookie = await cookieOf(chat.page.context())
  const { status, headers } = await headOf(chat.app.url, "/api/diagrams/../events", cookie)
  expect([status, headers["x-sparkler-writer"]]).toEqual([200, undefined])
  expect(headers["content-type"]).toContain("text/event-stream")
})

test("every page has a content security policy, whatever its URL ends in", async ({ app }) => {
  for (const path of ["/", "/c/x.png", "/share/x.txt", "/nowhere.svg"])
    expect((await headOf(app.url, path)).headers["content-security-policy"], path).toContain("script-src")
})

test("user data is never cached by intermediaries", async ({ chat }) => {
  await chat.askAndWait("[[echo]] private")
  const id = chat.conversationId()
  const cookie = await cookieOf(chat.page.context())
  const of = `/api/conversations/${id}`
  for (const path of [of, `${of}/messages`, `${of}/totals`, `${of}/shares`, "/api/presets", "/api/prompts"]) {
    const { status, headers } = await headOf(chat.app.url, path, cookie)
    expect([path, status, headers["cache-control"]]).toEqual([path, 200, "no-store"])
  }
})
