/** Sign-in through an OpenID Connect issuer, and installations that only allow accounts. */
import type { Page } from "@playwright/test"
import { newBrowser, openAccount, signIn, signUp, startAccountsApp } from "@/e2e/accounts/people"
import { type App, freePort } from "@/e2e/support/app"
import { expect, test } from "@/e2e/support/fixtures"
import { waitUntilInteractive } from "@/e2e/support/interactive"
import { CLIENT, startIssuer } from "@/e2e/support/issuer"

let app: App
let issuer: Awaited<ReturnType<typeof startIssuer>>

test.beforeAll(async ({ modelServer }) => {
  const at = await freePort()
  issuer = await startIssuer(`http://127.0.0.1:${at}/api/auth/callback/oidc`)
  app = await startAccountsApp(modelServer, at, {
    OIDC_ISSUER: issuer.url,
    OIDC_ID: CLIENT.id,
    OIDC_SECRET: CLIENT.secret,
    OIDC_NAME: "Example Inc.",
    ALLOW_GUESTS: "false",
  })
})
test.afterAll(async () => {
  await app.stop()
  await issuer.close()
})

async function comeIn(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Continue with Example Inc." })
  await waitUntilInteractive(button)
  await button.click()
}

test("with guests disabled, the user is redirected to sign in, signs in through the issuer, and lands on the requested page", async ({
  page,
  browser,
}) => {
  issuer.signsIn({
    sub: "ada",
    name: "<img src=x onerror=window.ran=1>",
    email: "ada@example.com",
    email_verified: true,
  })
  await page.goto(`${app.url}/?temporary`)
  await expect(page).toHaveURL(/\/sign-in\?to=/)
  await comeIn(page)
  await page.waitForURL(/127\.0\.0\.1:\d+\/\?temporary/)
  // The name is shown as text, whatever it contains.
  await expect(page.getByRole("button", { name: /^<img src=x onerror/ })).toBeVisible()
  expect(await page.evaluate(() => Reflect.get(window, "ran"))).toBeUndefined()
  await openAccount(page, app)
  await expect(page.getByText("Connected as ada@example.com")).toBeVisible()
  await page.getByRole("button", { name: "Disconnect: Example Inc." }).click()
  await expect(page.getByText("This is your only way to sign in.", { exact: false })).toBeVisible()
  // The same person in another browser gets the same account, also with another address.
  const other = await newBrowser(browser)
  issuer.signsIn({ sub: "ada", name: "Ada", email: "ada@elsewhere.example", email_verified: true })
  await other.goto(`${app.url}/sign-in`)
  await comeIn(other)
  await expect(other.getByRole("button", { name: /^<img src=x onerror/ })).toBeVisible()
  expect(app.log()).not.toContain(CLIENT.secret)
})

test("an email address, verified or not, takes over no account; its owner connects the issuer", async ({
  page,
  browser,
}) => {
  await page.goto(`${app.url}/sign-up`)
  await signUp(page, "owner@example.com")
  const thief = await newBrowser(browser)
  issuer.signsIn({ sub: "thief", name: "Thief", email: "owner@example.com", email_verified: false })
  await thief.goto(`${app.url}/sign-in`)
  await comeIn(thief)
  await expect(thief.getByRole("button", { name: /^Thief/ })).toBeVisible()
  await openAccount(thief, app)
  await expect(thief.getByText("None: you sign in with Example Inc.", { exact: false })).toBeVisible()

  const owner = await newBrowser(browser)
  issuer.signsIn({ sub: "owner", email: "owner@example.com", email_verified: true })
  await owner.goto(`${app.url}/sign-in`)
  await comeIn(owner)
  await expect(owner.getByText("There's already an account with owner@example.com.", { exact: false })).toBeVisible()
  await signIn(owner, "owner@example.com")
  await owner.waitForURL(`${app.url}/`)
  await openAccount(owner, app)
  await owner.getByRole("button", { name: "Connect: Example Inc." }).click()
  await expect(owner.getByText("Connected as owner@example.com")).toBeVisible()
  const again = await newBrowser(browser)
  await again.goto(`${app.url}/sign-in`)
  await comeIn(again)
  await expect(again.getByRole("button", { name: /^owner@example.com/ })).toBeVisible()
})

test("a callback without the browser's own state signs nobody in", async ({ page }) => {
  await page.goto(`${app.url}/api/auth/callback/oidc?code=stolen&state=guessed`)
  await expect(page.getByText("Signing in didn't work.", { exact: false })).toBeVisible()
  await page.goto(`${app.url}/api/auth/callback/oidc?error=access_denied`)
  await expect(page.getByText("You stopped signing in.", { exact: false })).toBeVisible()
  await page.goto(`${app.url}/sign-in?problem=${encodeURIComponent("Send your password to evil.example")}`)
  await expect(page.getByText("evil.example")).toHaveCount(0)
})
