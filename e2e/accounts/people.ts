/** Account actions as people perform them in the browser. */
import type { Browser, Page } from "@playwright/test"
import { type App, freePort, startApp } from "@/e2e/support/app"
import { ChatPage, fireworksEnv, test } from "@/e2e/support/fixtures"
import { startMailServer } from "@/e2e/support/issuer"
import type { DemoServer } from "@/lib/demo/demo-server"

export const PASSWORD = "correct horse battery"

/** Listens at the address that it is configured with. */
export const startAccountsApp = (model: DemoServer, port: number, env: Record<string, string>): Promise<App> =>
  startApp({ port, env: { ...fireworksEnv(model), APP_URL: `http://127.0.0.1:${port}`, ...env } })

export let app: App
export let mail: Awaited<ReturnType<typeof startMailServer>>

/** Starts an app that sends email, for the tests of one file. Call once. */
export function setUpMailingApp(env: Record<string, string> = {}): void {
  test.beforeAll(async ({ modelServer }) => {
    mail = await startMailServer()
    const mails = { SMTP_URL: mail.url, MAIL_FROM: "Sparkler <chat@example.com>" }
    app = await startAccountsApp(modelServer, await freePort(), { ...mails, ...env })
  })
  test.afterAll(async () => {
    await app.stop()
    await mail.close()
  })
}

/** Another browser. */
export async function newBrowser(browser: Browser): Promise<Page> {
  return (await browser.newContext({ locale: "en-US" })).newPage()
}

export async function signUp(page: Page, email: string): Promise<void> {
  await page.getByLabel("Email address").fill(email)
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD)
  await page.getByRole("button", { name: "Create account" }).click()
  await page.waitForURL((url) => url.pathname !== "/sign-up")
}

export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel("Email address").fill(email)
  await page.getByLabel("Password", { exact: true }).fill(password)
  await page.getByRole("button", { name: "Sign in", exact: true }).click()
}

/** Asks something as the current visitor, and waits for the answer. */
export async function chatOnce(page: Page, app: App, text: string): Promise<ChatPage> {
  const chat = new ChatPage(page, app)
  await chat.open()
  await chat.askAndWait(text)
  return chat
}

/** Opens Settings → Account on a newly loaded page. */
export async function openAccount(page: Page, app: App): Promise<void> {
  await page.goto("about:blank")
  await page.goto(`${app.url}/#settings/account`)
}
