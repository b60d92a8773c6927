/** Accounts, from a guest's first chat to a second browser. */
import path from "node:path"
import type { Page } from "@playwright/test"
import Database from "better-sqlite3"
import {
  app,
  chatOnce,
  mail,
  newBrowser,
  openAccount,
  PASSWORD,
  setUpMailingApp,
  signIn,
  signUp,
} from "@/e2e/accounts/people"
import { check } from "@/e2e/support/axe"
import { expect, test } from "@/e2e/support/fixtures"
import { waitUntilInteractive } from "@/e2e/support/interactive"

setUpMailingApp()

test("a guest's chats move into the account, and a second browser with its own chats sees both", async ({
  page,
  browser,
}) => {
  await chatOnce(page, app, "The first browser's question")
  await page.goto(`${app.url}/sign-up`)
  await check(page, "accounts")
  await signUp(page, "both@example.com")
  // The model writes the titles, so chats are identified by their URLs.
  const chats = (of: Page) => of.locator('nav a[href^="/c/"]')
  await expect(chats(page)).toHaveCount(1)

  const other = await newBrowser(browser)
  const chat = await chatOnce(other, app, "The second browser's question")
  await chat.message.fill("a draft that is not sent yet")
  const path = new URL(other.url()).pathname
  await other.goto(`${app.url}/sign-in?to=${path}`)
  await check(other, "accounts")
  await signIn(other, "both@example.com")
  await other.waitForURL(`${app.url}${path}`)
  await expect(chat.message).toHaveText("a draft that is not sent yet")
  await expect(chats(other)).toHaveCount(2)
  // The first browser is notified without a reload.
  await expect(chats(page)).toHaveCount(2)
})

test("a password is reset by email: the link works once, and ends the other sessions", async ({ page, browser }) => {
  await page.goto(`${app.url}/sign-up`)
  await signUp(page, "forgot@example.com")
  const other = await newBrowser(browser)
  await other.goto(`${app.url}/forgot`)
  for (const email of ["nobody@example.com", "forgot@example.com"]) {
    await other.goto(`${app.url}/forgot`)
    await other.getByLabel("Email address").fill(email)
    await other.getByRole("button", { name: "Send link" }).click()
    await expect(other.getByRole("heading", { name: "Check your email" })).toBeVisible()
  }
  const link = /http\S+\/reset#[\w-]+/.exec(await mail.next("forgot@example.com", "/reset#"))?.[0] ?? ""
  expect(mail.mails.some(({ to }) => to.includes("nobody@example.com"))).toBe(false)
  await other.goto(link)
  await expect(other).toHaveURL(`${app.url}/reset`)
  await other.getByLabel("New password", { exact: true }).fill("another fine password")
  await other.getByRole("button", { name: "Save password" }).click()
  await expect(other.getByText("Your password was changed.")).toBeVisible()
  await signIn(other, "forgot@example.com", "another fine password")
  await other.waitForURL(`${app.url}/`)
  await expect(page.getByText("You were signed out.", { exact: false }).first()).toBeVisible()
  const third = await newBrowser(browser)
  await third.goto(link)
  await expect(third.getByText("already used or has expired", { exact: false })).toBeVisible()
  expect(app.log()).not.toContain(link.split("#")[1])
})

test("a form filled in before the page's scripts run keeps its input, and is submitted when they do", async ({
  page,
}) => {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route("**/*.js", async (route) => {
    await held
    await route.continue()
  })
  await page.goto(`${app.url}/forgot`, { waitUntil: "commit" })
  const email = page.getByLabel("Email address")
  await email.fill("early@example.com")
  await email.press("Enter")
  const send = page.getByRole("button", { name: "Send link" })
  await expect(send).toBeDisabled()
  release()
  await expect(send).toBeEnabled()
  await expect(email).toHaveValue("early@example.com")
  await email.press("Enter")
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible()
})

test("a session ended from another browser during a streaming answer keeps the draft", async ({ page, browser }) => {
  await page.goto(`${app.url}/sign-up`)
  await signUp(page, "devices@example.com")
  const other = await newBrowser(browser)
  await other.goto(`${app.url}/sign-in`)
  await signIn(other, "devices@example.com")
  await other.waitForURL(`${app.url}/`)
  const message = other.getByRole("textbox", { name: "Message", exact: true })
  await message.fill("[[words n=100000 rate=50]]")
  await other.getByRole("button", { name: "Send message" }).click()
  await other.getByRole("button", { name: "Stop generating" }).waitFor()
  await message.fill("typed meanwhile")

  await openAccount(page, app)
  await expect(page.getByText("This device")).toBeVisible()
  await check(page, "accounts")
  await page.getByRole("button", { name: /^Sign out Chrome/ }).click()
  await expect(page.getByText("Signed out.", { exact: true })).toBeVisible()
  const notice = other.getByText("You were signed out. Sign in to continue", { exact: false }).first()
  await expect(notice).toBeVisible()
  const path = new URL(other.url()).pathname
  await other.getByRole("button", { name: "Sign in" }).first().click()
  await signIn(other, "devices@example.com")
  await other.waitForURL(`${app.url}${path}`)
  await expect(message).toHaveText("typed meanwhile")
  await other.getByRole("button", { name: "Stop generating" }).click()
})

test("changing the password asks for the current one and signs out other sessions", async ({ page, browser }) => {
  await page.goto(`${app.url}/sign-up`)
  await signUp(page, "change@example.com")
  const other = await newBrowser(browser)
  await other.goto(`${app.url}/sign-in`)
  await signIn(other, "change@example.com")
  await other.waitForURL(`${app.url}/`)
  await openAccount(page, app)
  await page.getByRole("button", { name: "Change", exact: true }).click()
  await page.getByLabel("Current password").fill("wrong")
  await page.getByLabel("New password", { exact: true }).fill("another fine password")
  await page.getByRole("button", { name: "Save password" }).click()
  await expect(page.getByText("That isn't your current password.")).toBeVisible()
  await expect(page.getByLabel("Current password")).toBeFocused()
  await page.getByLabel("Current password").fill(PASSWORD)
  await page.getByRole("button", { name: "Save password" }).click()
  await expect(page.getByText("Password changed.", { exact: false })).toBeVisible()
  await expect(other.getByText("You were signed out.", { exact: false }).first()).toBeVisible()
  await other.goto(`${app.url}/`)
  await expect(other).toHaveURL(/\/sign-in\?/)
})

test("signing in never redirects to another origin", async ({ browser, page }) => {
  await page.goto(`${app.url}/sign-up`)
  await signUp(page, "redirect@example.com")
  for (const evil of [
    "//evil.example",
    "/\\evil.example",
    "http://evil.example/",
    "/.//evil.example",
    "javascript:alert(1)",
  ]) {
    const other = await newBrowser(browser)
    await other.goto(`${app.url}/sign-in?to=${encodeURIComponent(evil)}`)
    await signIn(other, "redirect@example.com")
    await other.waitForURL(`${app.url}/`)
    await other.context().close()
  }
})

test("signing out leads to a working page", async ({ page }) => {
  await page.goto(`${app.url}/sign-up`)
  await signUp(page, "leave@example.com")
  const you = page.getByRole("button", { name: /settings and more/ })
  await waitUntilInteractive(you)
  await you.click()
  await page.getByRole("menuitem", { name: "Sign out" }).click()
  await expect(page.getByText("You're signed out.")).toBeVisible()
  await page.getByRole("link", { name: "Continue without an account" }).click()
  await expect(page.getByRole("button", { name: /^Guest/ })).toBeVisible()
})

test("changing the email address: the password is required after a while, the new address confirms, the old one is notified", async ({
  page,
}) => {
  await page.goto(`${app.url}/sign-up`)
  await signUp(page, "old@example.com")
  const confirm = /http\S+\/verify#[\w-]+/.exec(await mail.next("old@example.com", "/verify#"))?.[0] ?? ""
  await page.goto(confirm)
  await expect(page.getByText("this address is confirmed", { exact: false })).toBeVisible()
  // Simulates an hour passing.
  const database = new Database(path.join(app.dataDir, "sparkler.db"))
  database.pragma("busy_timeout = 5000")
  database
    .prepare(
      `UPDATE "Session" SET "createdAt" = ? WHERE "userId" = (SELECT "id" FROM "User" WHERE "email" = 'old@example.com')`,
    )
    .run(new Date(Date.now() - 3_600_000).toISOString().replace("Z", "+00:00"))
  database.close()

  await openAccount(page, app)
  await page.getByRole("button", { name: "Change email address" }).click()
  await page.getByLabel("New email address").fill("new@example.com")
  await page.getByRole("button", { name: "Send link" }).click()
  const dialog = page.getByRole("dialog", { name: "Confirm it's you" })
  await expect(dialog.getByLabel("Password", { exact: true })).toBeFocused()
  await check(page, "accounts")
  await dialog.getByLabel("Password", { exact: true }).fill("wrong")
  await dialog.getByRole("button", { name: "Confirm" }).click()
  await expect(dialog.getByText("That isn't your current password.")).toBeVisible()
  await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD)
  await dialog.getByRole("button", { name: "Confirm" }).click()
  await expect(page.getByText("the link we sent to new@example.com", { exact: false })).toBeVisible()
  await expect(page.getByRole("button", { name: "Change email address" })).toBeFocused()
  await expect(page.getByRole("dialog").getByText("old@example.com", { exact: true })).toBeVisible()

  const link = /http\S+\/verify#[\w-]+/.exec(await mail.next("new@example.com", "/verify#"))?.[0] ?? ""
  await page.goto(link)
  await expect(page.getByText("this address is confirmed", { exact: false })).toBeVisible()
  await openAccount(page, app)
  await expect(page.getByText("new@example.com", { exact: true })).toBeVisible()
  expect(await mail.next("old@example.com", "was changed to")).toContain("new@example.com")
})
