/**
 * Signing in with Google and GitHub: local servers with the same protocols answer under their host names, through a
 * proxy and with certificates of an authority that only `CA_FILE` trusts. The app can't tell the difference.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import type { Browser, Page } from "@playwright/test"
import { GITHUB_CLIENT, startGitHub } from "@/e2e/accounts/github"
import { openAccount, startAccountsApp } from "@/e2e/accounts/people"
import { type App, freePort } from "@/e2e/support/app"
import { expect, test } from "@/e2e/support/fixtures"
import { waitUntilInteractive } from "@/e2e/support/interactive"
import { CLIENT, startIssuer } from "@/e2e/support/issuer"
import { makeCertificates } from "@/lib/http/outgoing/certificate.fixture"
import { startProxy, type TestProxy } from "@/lib/http/outgoing/proxy.fixture"

let app: App
let proxy: TestProxy
let google: Awaited<ReturnType<typeof startIssuer>>
let github: Awaited<ReturnType<typeof startGitHub>>
let folder: string

test.beforeAll(async ({ modelServer }) => {
  const { authority, ...certificate } = makeCertificates(["accounts.google.com", "github.com", "api.github.com"])
  // Created here, because a worker that returns to this file runs the hooks again, but not the module.
  folder = mkdtempSync(path.join(tmpdir(), "sparkler-ca-"))
  const caFile = path.join(folder, "authority.pem")
  writeFileSync(caFile, authority)
  const at = await freePort()
  const callback = (id: string) => `http://127.0.0.1:${at}/api/auth/callback/${id}`
  google = await startIssuer(callback("google"), { url: "https://accounts.google.com", ...certificate })
  github = await startGitHub(certificate, callback("github"))
  proxy = await startProxy({
    "accounts.google.com:443": google.port,
    "github.com:443": github.port,
    "api.github.com:443": github.port,
  })
  app = await startAccountsApp(modelServer, at, {
    GOOGLE_ID: CLIENT.id,
    GOOGLE_SECRET: CLIENT.secret,
    GITHUB_ID: GITHUB_CLIENT.id,
    GITHUB_SECRET: GITHUB_CLIENT.secret,
    HTTPS_PROXY: proxy.url.replace("http://", "http://app:of-the-app@"),
    CA_FILE: caFile,
  })
})
test.afterAll(async () => {
  await app.stop()
  await Promise.all([proxy.close(), google.close(), github.close()])
  rmSync(folder, { recursive: true })
})

/** A person's browser, whose external requests also go through the proxy. */
async function newBrowser(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    locale: "en-US",
    proxy: { server: proxy.url, bypass: "127.0.0.1" },
    ignoreHTTPSErrors: true,
  })
  return context.newPage()
}

async function comeIn(browser: Browser, name: "Google" | "GitHub"): Promise<Page> {
  const page = await newBrowser(browser)
  await page.goto(`${app.url}/sign-in`)
  const button = page.getByRole("button", { name: `Continue with ${name}` })
  await waitUntilInteractive(button)
  await button.click()
  return page
}

/** Hosts requested by the app itself, not by a browser. */
const askedByApp = () =>
  proxy.asked.filter((_, place) => proxy.credentials[place]?.startsWith("Basic ")).map((line) => line.split(" ")[1])

test("with Google: works through the proxy with custom certificates; the same user gets the same account", async ({
  browser,
}) => {
  google.signsIn({ sub: "g-1", name: "Grace Google", email: "grace@example.com", email_verified: true })
  const page = await comeIn(browser, "Google")
  await expect(page.getByRole("button", { name: /^Grace Google/ })).toBeVisible()
  await openAccount(page, app)
  await expect(page.getByText("Connected as grace@example.com")).toBeVisible()
  await expect(page.getByText("Confirmed", { exact: true })).toBeVisible()
  google.signsIn({ sub: "g-1", name: "Grace", email: "other@example.com", email_verified: true })
  const again = await comeIn(browser, "Google")
  await expect(again.getByRole("button", { name: /^Grace Google/ })).toBeVisible()
  google.signsIn({ sub: "g-2", name: "Not Grace", email: "grace@example.com", email_verified: true })
  const other = await comeIn(browser, "Google")
  await expect(other.getByText("There's already an account with grace@example.com.", { exact: false })).toBeVisible()
  expect(askedByApp()).toContain("accounts.google.com:443")
  expect(app.log()).not.toContain(CLIENT.secret)
})

test("with GitHub: only a verified primary address from the list counts; the name falls back to the login", async ({
  browser,
}) => {
  const shown = { id: 7, login: "octo", name: null, email: "shown@example.com" }
  github.signsIn({
    ...shown,
    emails: [
      { email: "second@example.com", primary: false, verified: true },
      { email: "primary@example.com", primary: true, verified: true },
    ],
  })
  const page = await comeIn(browser, "GitHub")
  await expect(page.getByRole("button", { name: /^octo/ })).toBeVisible()
  await openAccount(page, app)
  await expect(page.getByText("Connected as primary@example.com")).toBeVisible()

  const emails = [{ email: "primary@example.com", primary: true, verified: false }]
  github.signsIn({ id: 8, login: "thief", name: "Thief", email: "primary@example.com", emails })
  const thief = await comeIn(browser, "GitHub")
  await expect(thief.getByRole("button", { name: /^Thief/ })).toBeVisible()
  await openAccount(thief, app)
  await expect(thief.getByText("None: you sign in with GitHub", { exact: false })).toBeVisible()
  expect(askedByApp()).toEqual(expect.arrayContaining(["github.com:443", "api.github.com:443"]))
  expect(app.log()).not.toContain(GITHUB_CLIENT.secret)
})

test("sign-in failures show a message on the sign-in page, and the next attempt works", async ({ browser }) => {
  github.signsIn({ id: 9, login: "late", name: "Late", email: null, emails: [] })
  github.setDown(true)
  const page = await comeIn(browser, "GitHub")
  await expect(page.getByText("Signing in didn't work.", { exact: false })).toBeVisible()
  github.setDown(false)
  const again = page.getByRole("button", { name: "Continue with GitHub" })
  await waitUntilInteractive(again)
  await again.click()
  await expect(page.getByRole("button", { name: /^Late/ })).toBeVisible()
})
