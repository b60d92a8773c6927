/** What code of a model can reach from the sandbox: nothing. Each way out is tried in the frame that the page itself uses. */
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import type { Page } from "@playwright/test"
import { expect, test } from "../support/fixtures"
import { runIn } from "../support/sandbox-run"
import { ESCAPES, type Escape } from "./escapes.fixture"

interface Watcher {
  url: string
  port: number
  heard: string[]
  server: Server
}

/** A server next door that must hear nothing. */
async function watcher(): Promise<Watcher> {
  const heard: string[] = []
  const server = createServer((request, response) => {
    heard.push(request.url ?? "")
    response.setHeader("access-control-allow-origin", "*")
    response.end("heard")
  })
  server.on("upgrade", (request, socket) => {
    heard.push(request.url ?? "")
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, port, heard, server }
}

test.describe.configure({ mode: "default" })

const filled = (code: string, { url, port }: Watcher) =>
  code.replaceAll("{server}", url).replaceAll("{ws}", url.replace("http", "ws")).replaceAll("{port}", String(port))

async function tryAll(page: Page, escapes: Escape[]) {
  const near = await watcher()
  try {
    const origins = await page.evaluate(async () => [
      location.origin,
      (await (await fetch("/api/sandbox")).json()).origin,
    ])
    expect(origins[1]).toMatch(/^http:/)
    expect(origins[1]).not.toBe(origins[0])
    for (const way of escapes)
      await test.step(way.name, async () => {
        const { said } = await runIn(page, { ...way, code: filled(way.code, near) })
        const shown = JSON.stringify(said)
        expect(shown).not.toMatch(/ESCAPED|"heard"/)
        if (way.never) expect(said.outcome?.printed ?? "").not.toMatch(way.never)
        if (way.ends === "error") expect(said.outcome?.error ?? said.reason, shown).toBeTruthy()
        else expect(said.type, shown).toBe("done")
      })
    expect(near.heard).toEqual([])
  } finally {
    near.server.close()
  }
}

const of = (wanted: Escape["language"]) => ESCAPES.filter(({ language }) => language === wanted)

test("there are at least forty ways out", () => {
  expect(ESCAPES.length).toBeGreaterThanOrEqual(40)
})

test("JavaScript gets out by none of its ways", async ({ chat }) => {
  test.setTimeout(300_000)
  await chat.open()
  await tryAll(chat.page, of("javascript"))
})

test("Python gets out by none of its ways", async ({ chat }) => {
  test.setTimeout(600_000)
  await chat.open()
  await tryAll(chat.page, of("python"))
})

test("Python that would never end is ended, and the page is free meanwhile", async ({ chat }) => {
  test.setTimeout(300_000)
  await chat.open()
  const { said, turns } = await runIn(chat.page, { language: "python", code: "while True:\n    pass" })
  expect(said).toMatchObject({ type: "ended", reason: "late" })
  // Held up, it would have had none; how long its frames are, `npm run bench:page` measures.
  expect(turns).toBeGreaterThan(20)
})

test("the frame is a process of its own: nothing in it can hold the page up", async ({ chat }) => {
  await chat.open()
  await chat.page.evaluate(async () => {
    const frame = document.createElement("iframe")
    frame.setAttribute("sandbox", "allow-scripts")
    frame.src = (await (await fetch("/api/sandbox")).json()).origin
    await new Promise((resolve) => {
      frame.addEventListener("load", resolve)
      document.body.append(frame)
    })
  })
  const frame = chat.page.frames().find((one) => one.parentFrame() !== null)
  // Chromium gives a session of their own to frames of other processes only.
  const session = frame && (await chat.page.context().newCDPSession(frame))
  expect(session).toBeDefined()
})

test("the frame's page has a policy without network, storage or other addresses, and no other page shows it", async ({
  chat,
}) => {
  await chat.open()
  const origin: string = await chat.page.evaluate(async () => (await (await fetch("/api/sandbox")).json()).origin)
  const response = await chat.page.request.get(`${origin}/`)
  const policy = response.headers()["content-security-policy"] ?? ""
  expect(policy).toContain("sandbox allow-scripts;")
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain(`connect-src ${origin};`)
  expect(policy).toContain(`frame-ancestors ${new URL(chat.page.url()).origin}`)
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|\*/)
  expect(response.headers()["set-cookie"]).toBeUndefined()
  for (const path of [
    "/api/conversations",
    "/../package.json",
    "/%2e%2e/package.json",
    "/c/x",
    "/wheels/../../auth-secret",
  ])
    expect((await chat.page.request.get(`${origin}${path}`)).status(), path).toBe(404)
  expect((await chat.page.request.post(`${origin}/`)).status()).toBe(405)
})

test("the frame can't be led to another address: the page's own policy holds it", async ({ chat }) => {
  await chat.open()
  const near = await watcher()
  await chat.page.evaluate(async (url) => {
    const frame = document.createElement("iframe")
    frame.src = `${url}/led`
    document.body.append(frame)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }, near.url)
  expect(near.heard).toEqual([])
  near.server.close()
})
