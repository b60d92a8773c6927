/** What the server process rejects before any route, and the guard of next-auth's routes. */
import { connect } from "node:net"
import { type App, startApp } from "@/e2e/support/app"
import { expect, fireworksEnv, test } from "@/e2e/support/fixtures"

/** The response to raw bytes: HTTP clients refuse to send most of these. */
function sendRaw(app: App, bytes: string): Promise<string> {
  const { hostname, port } = new URL(app.url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    let answer = ""
    socket.setEncoding("utf8")
    socket.on("data", (data) => {
      answer += data
    })
    socket.on("end", () => resolve(answer))
    socket.on("error", reject)
  })
}

const raw = (app: App, line: string) => sendRaw(app, `${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)

test("idle connections are kept alive longer than typical proxy timeouts", async ({ app }) => {
  expect((await fetch(`${app.url}/api/health`)).headers.get("keep-alive")).toBe("timeout=75")
})

test("unsupported methods and paths are rejected with the standard security headers", async ({ app }) => {
  const answers = {
    "TRACE /": 405,
    "TRACE /api/health": 405,
    "PROPFIND /": 405,
    "DELETE /": 405,
    "POST /c/0197ec3c-0000-7000-8000-000000000000": 405,
    "OPTIONS *": 204,
    "GET *": 400,
    "GET http://elsewhere.example/": 400,
    "GET /api/conversations/%ff": 400,
    "GET /_next/image?url=%2Fscreenshot.png&w=64&q=75": 404,
  }
  for (const [line, status] of Object.entries(answers)) {
    const answer = await raw(app, line)
    expect(answer.split("\r\n")[0], line).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(answer.toLowerCase(), line).toContain("x-content-type-options: nosniff")
    expect(answer.toLowerCase(), line).toContain("cross-origin-resource-policy: same-origin")
    expect(answer, line).not.toMatch(/\n\s+at /)
  }
  const expects = await sendRaw(app, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nExpect: tea\r\n\r\n")
  expect(expects).toMatch(/^HTTP\/1.1 417 /)
  expect(expects.toLowerCase()).toContain("x-content-type-options: nosniff")
  const broken = await sendRaw(app, "NOT HTTP\r\n\r\n")
  expect(broken).toMatch(/^HTTP\/1.1 400 /)
  expect(broken).toContain("X-Content-Type-Options: nosniff")
  expect(app.log()).not.toMatch(/\n\s+at /)
})

test("every response has security headers, including HSTS when the public URL is https", async () => {
  const safe = await startApp({ env: { APP_URL: "https://chat.example.com" } })
  const plain = await startApp()
  for (const [{ url }, transport] of [
    [safe, "max-age=31536000"],
    [plain, null],
  ] as const) {
    for (const path of ["/api/health", "/icon.svg", "/nowhere", "/share/nothing"]) {
      const { headers } = await fetch(`${url}${path}`)
      expect(headers.get("strict-transport-security"), path).toBe(transport)
      expect(Object.fromEntries(headers), path).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "x-dns-prefetch-control": "off",
        // The passcode form works without scripts, and sends its origin.
        "referrer-policy": path.startsWith("/share/") ? "same-origin" : "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": expect.stringContaining("camera=()"),
      })
      expect(headers.get("server") ?? headers.get("x-powered-by"), path).toBeNull()
    }
  }
  await safe.stop()
  await plain.stop()
})

test("next-auth's routes are limited, have a policy, and redirect nobody elsewhere", async ({ app, page }) => {
  const { request } = page
  const auth = (path: string) => `${app.url}/api/auth/${path}`
  const form = (body: string) => ({ headers: { "content-type": "application/x-www-form-urlencoded" }, data: body })
  const many = Array.from({ length: 200_000 }, (_, n) => `k${n}=v`).join("&")
  expect((await request.post(auth("callback/guest"), form(many))).status()).toBe(413)
  expect((await request.post(auth("callback/guest"), form(many.slice(0, 10_000)))).status()).toBe(400)
  for (const body of ["null", "[]", "{", '{"callbackUrl":{"a":1}}']) {
    const answer = await request.post(auth("signout"), { headers: { "content-type": "application/json" }, data: body })
    expect(answer.status(), body).toBeLessThan(500)
  }
  for (const evil of [
    "http://localhost:3000.evil.example/",
    "http://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "%00",
  ]) {
    const query = `?callbackUrl=${encodeURIComponent(evil)}`
    for (const path of ["signin", "signin/guest", "signout", "error"]) {
      const page = await request.get(auth(`${path}${query}`), { maxRedirects: 0 })
      const ours = path.startsWith("signin") || path === "error" ? "/sign-in" : "/"
      expect([page.status(), page.headers().location], `${path} ${evil}`).toEqual([303, ours])
      expect(page.headers()["cache-control"], evil).toContain("no-store")
      expect(page.headers()["set-cookie"] ?? "", evil).not.toContain("evil.example")
    }
  }
  for (const [path, status] of [
    ["callback/guest", 405],
    ["callback/github", 404],
    ["empty", 404],
  ] as const) {
    const answer = await request.get(auth(path), { maxRedirects: 0 })
    expect(answer.status(), path).toBe(status)
    expect((await answer.json()).error.message, path).not.toBe("")
  }
  const damaged = await request.get(auth("session"), { headers: { cookie: "next-auth.callback-url=http://a.b:c" } })
  expect(damaged.status()).toBe(400)
  const origin = { origin: "http://evil.example" }
  expect((await request.post(auth("signout"), { ...form("a=b"), headers: origin })).status()).toBe(403)
  expect(app.log()).not.toMatch(/\n\s+at /)
})

test("an address can create a limited number of guests, and later visitors are told", async ({ page, modelServer }) => {
  const app = await startApp({ env: { ...fireworksEnv(modelServer), NEW_GUESTS_PER_HOUR: "5" } })
  try {
    const visits = await Promise.all(Array.from({ length: 30 }, () => fetch(app.url)))
    expect(visits.filter((visit) => visit.headers.has("set-cookie"))).toHaveLength(5)
    // A client's claim about its address counts only behind trusted proxies.
    const spoofed = await fetch(app.url, {
      headers: { "x-forwarded-for": "9.9.9.9", "x-sparkler-peer": "x direct 9.9.9.9" },
    })
    expect(spoofed.headers.has("set-cookie")).toBe(false)
    await page.goto(app.url)
    await expect(page.getByRole("alert").filter({ hasText: /./ })).toHaveText(
      "Too many new visitors from your network. Try again in a few minutes. Sign in",
    )
    await page.getByRole("textbox", { name: "Message", exact: true }).fill("Hello")
    await page.getByRole("button", { name: "Send message" }).click()
    await expect(page.getByText("Too many new visitors from your network.")).toHaveCount(2)
    await expect(page.getByText("Your session has ended")).toHaveCount(0)
  } finally {
    await app.stop("SIGINT")
  }
})

test("a guest signs in and out through next-auth's own routes, also under another name of this machine", async ({
  app,
  playwright,
}) => {
  for (const url of [app.url, app.url.replace("127.0.0.1", "localhost")]) {
    const request = await playwright.request.newContext({ baseURL: url, extraHTTPHeaders: { origin: url } })
    const csrfToken = async () => (await (await request.get("/api/auth/csrf")).json()).csrfToken
    const form = async () => ({ csrfToken: await csrfToken(), json: "true" })
    expect((await request.get("/api/auth/signin")).url()).toBe(`${url}/sign-in`)
    // Sign-in routes don't create guests.
    expect(await (await request.get("/api/auth/session")).json()).toEqual({})
    await request.get("/")
    const session = async () => (await request.get("/api/auth/session")).json()
    const visitor = await session()
    expect(visitor.user).toMatchObject({ guest: true })
    expect((await request.post("/api/auth/callback/guest", { form: await form() })).status()).toBe(200)
    const guest = await session()
    expect(guest.user.id).not.toBe(visitor.user.id)
    expect((await request.get("/api/conversations?in=list")).status()).toBe(200)

    const { cookies } = await request.storageState()
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ")
    expect((await request.post("/api/auth/signout", { form: await form() })).status()).toBe(200)
    expect((await request.get("/api/conversations?in=list")).status()).toBe(401)
    // A saved copy of the cookie no longer works.
    expect((await fetch(`${url}/api/conversations?in=list`, { headers: { cookie } })).status).toBe(401)
    await request.dispose()
  }
})
