/** What people do with accounts, as they do it. */
import type { Browser, Page } from "@playwright/test"
import { type App, startApp } from "@/e2e/support/app"
import { ChatPage, fireworksEnv } from "@/e2e/support/fixtures"
import type { DemoServer } from "@/lib/demo/demo-server"

export const PASSWORD = "correct horse battery"

/** At the address that it is told to have. */
export const startAccountsApp = (model: DemoServer, port: number, env: Record<string, string>): Promise<App> =>
  startApp({ port, env: { ...fireworksEnv(model), APP_URL: `http://127.0.0.1:${port}`, ...env } })

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

/** Asks something as who is there, and waits for the answer. */
export async function chatOnce(page: Page, app: App, text: string): Promise<ChatPage> {
  const chat = new ChatPage(page, app)
  await chat.open()
  await chat.message.fill(text)
  await chat.send.click()
  await chat.stop.waitFor({ state: "visible" }).catch(() => undefined)
  await chat.stop.waitFor({ state: "hidden" })
  return chat
}

/** Settings → Account, on a page that is loaded for it. */
export async function openAccount(page: Page, app: App): Promise<void> {
  await page.goto("about:blank")
  await page.goto(`${app.url}/#settings/account`)
}
