/** No secret appears in anything that leaves the server or is stored unencrypted on disk. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { startApp } from "@/e2e/support/app"
import { ChatPage, expect, MODEL, test } from "@/e2e/support/fixtures"
import { startDemoServer } from "@/lib/demo/demo-server"

const CLOSED = "http://127.0.0.1:9"

/** Each is searched for as is, and in encodings that a log or a URL could use. */
const SECRETS = {
  FIREWORKS_API_KEY: "fw-SECRET-of-the-model-server-1",
  AUTH_SECRET: "SECRET-that-signs-the-cookies-of-everybody-2",
  GITHUB_SECRET: "SECRET-of-github-3",
  GOOGLE_SECRET: "SECRET-of-google-4",
  OIDC_SECRET: "SECRET-of-the-issuer-5",
}
const MAIL_PASSWORD = "SECRET-of-the-mail-server-6"
const PROXY_PASSWORD = "SECRET-of-the-proxy-7"
const VALUES = [...Object.values(SECRETS), MAIL_PASSWORD, PROXY_PASSWORD]

const encodings = (value: string) => [
  value,
  encodeURIComponent(value),
  Buffer.from(value).toString("base64").replace(/=+$/, ""),
  Buffer.from(value).toString("hex"),
]

/** The secrets that a text or file contains. */
const heldBy = (content: Buffer | string): string[] => {
  const bytes = Buffer.from(content)
  return VALUES.filter((value) => encodings(value).some((form) => bytes.includes(form)))
}

/** The paths of all files below a folder. */
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))

test("no secret is in a page, an API response, the log, or the data folder", async ({ page }) => {
  const modelServer = await startDemoServer({
    testMode: true,
    apiKey: SECRETS.FIREWORKS_API_KEY,
    models: [{ id: MODEL, supports_image_input: true }],
  })
  const dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-secrets-"))
  const app = await startApp({
    dataDir,
    env: {
      ...SECRETS,
      FIREWORKS_BASE_URL: modelServer.url,
      DEFAULT_MODEL: MODEL,
      GITHUB_ID: "github-client",
      GOOGLE_ID: "google-client",
      OIDC_ID: "oidc-client",
      OIDC_ISSUER: CLOSED,
      SMTP_URL: `smtp://mailer:${MAIL_PASSWORD}@127.0.0.1:9`,
      MAIL_FROM: "sparkler@example.com",
      HTTP_PROXY: `http://proxy:${PROXY_PASSWORD}@127.0.0.1:9`,
      NO_PROXY: "127.0.0.1,localhost",
    },
  })
  const told: string[] = []
  page.on("response", async (response) => {
    const headers = JSON.stringify(await response.allHeaders().catch(() => ({})))
    const body = await response.body().catch(() => Buffer.alloc(0))
    for (const secret of heldBy(Buffer.concat([Buffer.from(headers), body]))) told.push(`${response.url()}: ${secret}`)
  })
  const chat = new ChatPage(page, app)
  await chat.open()
  await chat.askAndWait("Hello")
  // Errors are where servers reveal too much.
  for (const fault of ["status=401 body=detail", "status=500 body=html", "garbage=1", "reset=1"]) {
    await chat.ask(`[[fault ${fault}]]`)
    await expect(chat.answer()).toHaveAttribute("data-status", /complete|failed|interrupted/)
  }
  for (const address of ["/sign-in", "/sign-up", "/forgot", "/nowhere", "/share/x", "/admin", "/#settings/data"])
    await page.goto(`${app.url}${address}`)
  for (const address of ["providers", "csrf", "session", "signin/oidc", "callback/oidc?error=x", "callback/github"])
    await page.request.get(`${app.url}/api/auth/${address}`, { maxRedirects: 0 })
  const forgot = { data: { email: "nobody@example.com" } }
  await page.request.post(`${app.url}/api/account/forgot`, forgot)
  for (const address of ["key", "models", "metrics", "ready", "health"])
    expect(heldBy(await (await page.request.get(`${app.url}/api/${address}`)).body()), address).toEqual([])
  await app.stop()
  await modelServer.close()

  expect(told).toEqual([])
  expect(heldBy(app.log())).toEqual([])
  const files = filesOf(dataDir)
  expect(files.map((file) => path.basename(file))).toContain("sparkler.db")
  for (const file of files) expect(heldBy(readFileSync(file)), file).toEqual([])
  rmSync(dataDir, { recursive: true, force: true })
})

test("no server source or setting is in what browsers load", () => {
  const names = [...Object.keys(SECRETS), "SMTP_URL", "DATABASE_URL", "passwordHash", "PrismaClient"]
  const told = filesOf(".next/static").flatMap((file) => {
    const text = readFileSync(file, "utf8")
    return names.filter((name) => text.includes(name) && !isTold(name, text)).map((name) => `${file}: ${name}`)
  })
  expect(told).toEqual([])
})

/** People are told the name of the one setting that they may have to set. */
const isTold = (name: string, text: string) => name === "FIREWORKS_API_KEY" && !text.includes(`env.${name}`)
