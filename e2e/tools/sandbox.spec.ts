/** Models' code can reach nothing from the sandbox. Each way out is tried in the frame that the page itself uses. */
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import type { Page } from "@playwright/test"
import { expect, test } from "../support/fixtures"
import { runInSandbox } from "../support/sandbox-run"
import { ESCAPES, type Escape } from "./escapes.fixture"

interface Watcher {
  url: string
  port: number
  heard: string[]
  server: Server
}

/** A nearby server that must receive no requests. */
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

/** Separates the output of several attempts in one run. */
const HEAD = "== "

/** Attempts that end by themselves and leave the interpreter unchanged: one run for all of them. */
const together = (escapes: Escape[]) => escapes.filter(({ ends, alone }) => !ends && !alone)
const apart = (escapes: Escape[]) => escapes.filter(({ ends, alone }) => ends || alone)

function inOne(escapes: Escape[]): string {
  const parts = escapes.map(({ name, language, code }) =>
    language === "python"
      ? `print(${JSON.stringify(HEAD + name)})\n${code}\n`
      : `console.log(${JSON.stringify(HEAD + name)})\nawait (async () => {\n${code}\n})()\n`,
  )
  return parts.join("\n")
}

const LONG = { timeMs: 30_000, memoryBytes: 160_000_000 }
/** For attempts that end at a limit: they keep a core busy until then. */
const SHORT = { ...LONG, timeMs: 1_500 }

/** Runs these attempts; each must fail, and the nearby server must receive nothing. */
async function tryAll(page: Page, language: Escape["language"]) {
  const near = await watcher()
  const escapes = ESCAPES.filter((one) => one.language === language).map((one) => ({
    ...one,
    code: filled(one.code, near),
  }))
  try {
    const code = inOne(together(escapes))
    const { said } = await runInSandbox(page, { language, code }, LONG)
    expect(said.outcome?.error, JSON.stringify(said)).toBeUndefined()
    const told = new Map(
      `\n${said.outcome?.printed}`.split(`\n${HEAD}`).map((part): [string, string] => {
        const [name = "", ...lines] = part.split("\n")
        return [name, lines.join("\n")]
      }),
    )
    for (const { name, never } of together(escapes)) {
      const printed = told.get(name)
      expect(printed, name).toBeDefined()
      expect(printed, name).not.toMatch(never ?? /ESCAPED|"heard"/)
      expect(printed, name).not.toMatch(/ESCAPED|"heard"/)
    }
    for (const way of apart(escapes))
      await test.step(way.name, async () => {
        const { said } = await runInSandbox(page, way, way.ends ? SHORT : LONG)
        const shown = JSON.stringify(said)
        expect(shown).not.toMatch(/ESCAPED|"heard"/)
        if (way.ends === "error") expect(said.outcome?.error ?? said.reason, shown).toBeTruthy()
        else expect(said.type, shown).toBe("done")
      })
    expect(near.heard).toEqual([])
  } finally {
    near.server.close()
  }
}

test("there are at least forty escape attempts", () => {
  expect(ESCAPES.length).toBeGreaterThanOrEqual(40)
})

test("code can't escape in any of these ways, and endless code is stopped without blocking the page", async ({
  chat,
}) => {
  test.setTimeout(300_000)
  await chat.open()
  const origins = await chat.page.evaluate(async () => [
    location.origin,
    (await (await fetch("/api/sandbox")).json()).origin,
  ])
  expect(origins[1]).toMatch(/^http:/)
  expect(origins[1]).not.toBe(origins[0])
  await tryAll(chat.page, "javascript")
  await tryAll(chat.page, "python")
  const endless = { language: "python", code: "while True:\n    pass" } as const
  const { said, turns } = await runInSandbox(chat.page, endless, { ...SHORT, timeMs: 5_000 })
  expect(said).toMatchObject({ type: "ended", reason: "late" })
  const code = "print('first')\nprint('second')\nwhile True:\n    pass"
  const printing = await runInSandbox(chat.page, { language: "python", code }, { ...SHORT, timeMs: 5_000 })
  expect(printing.said.outcome).toMatchObject({
    printed: "first\nsecond\n",
    error: expect.stringMatching(/^TimeoutError: stopped after [\d.]+ seconds$/),
  })
  // A blocked page would have had none. `npm run bench:page` measures the length of its frames.
  expect(turns).toBeGreaterThan(20)
})

test("the frame has its own process and policy, can't be embedded by other pages, and can't be navigated", async ({
  chat,
}) => {
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
  // Chromium only gives a separate session to frames of other processes.
  const session = frame && (await chat.page.context().newCDPSession(frame))
  expect(session).toBeDefined()

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

  // The page's own policy applies to all of its frames.
  const near = await watcher()
  await chat.page.evaluate(async (url) => {
    const frame = document.createElement("iframe")
    frame.src = `${url}/led`
    const refused = new Promise((resolve) =>
      document.addEventListener("securitypolicyviolation", resolve, { once: true }),
    )
    document.body.append(frame)
    await refused
  }, near.url)
  expect(near.heard).toEqual([])
  near.server.close()
})
