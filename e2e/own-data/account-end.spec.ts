/** Deleting an account, and personal API keys. */
import { startApp } from "@/e2e/support/app"
import { check } from "@/e2e/support/axe"
import { API_KEY, ChatPage, expect, fireworksEnv, MODEL, test } from "@/e2e/support/fixtures"
import { startDemoServer } from "@/lib/demo/demo-server"

const PASSWORD = "correct horse battery"

test("an account pending deletion is signed out, and signing in again keeps it", async ({ chat, app, browser }) => {
  const { page } = chat
  // The first account is the administrator, and the only administrator stays.
  const first = await browser.newContext()
  await first.request.get(app.url)
  await first.request.post(`${app.url}/api/account`, {
    headers: { origin: app.url },
    data: { email: `first-${Date.now()}@example.com`, password: PASSWORD },
  })
  await first.close()
  const email = `leaver-${Date.now()}@example.com`
  const made = await page.request.post(`${app.url}/api/account`, {
    headers: { origin: app.url },
    data: { email, password: PASSWORD, name: "Lea" },
  })
  expect(made.status()).toBe(204)
  await page.goto(`${app.url}/#settings/data`)
  await page.getByRole("button", { name: "Delete account…" }).click()
  const ask = page.getByRole("dialog", { name: "Delete your account?" })
  await check(page, "the question before an account is deleted")
  await ask.getByLabel(`Type ${email} to confirm`).fill(email)
  await ask.getByLabel("Your password").fill("wrong password")
  await ask.getByRole("button", { name: "Delete account" }).click()
  await expect(ask.getByRole("alert")).toBeVisible()
  await ask.getByLabel("Your password").fill(PASSWORD)
  await ask.getByRole("button", { name: "Delete account" }).click()
  await page.waitForURL(/sign-in/)
  const entered = await page.request.post(`${app.url}/api/account/sign-in`, {
    headers: { origin: app.url },
    data: { email, password: PASSWORD },
  })
  expect(entered.status()).toBe(204)
  await chat.open()
  const notice = page.getByRole("status").filter({ hasText: "Your account will be deleted on" })
  await expect(notice).toBeVisible()
  await notice.getByRole("button", { name: "Keep my account" }).click()
  await expect(page.getByText("Your account won't be deleted.")).toBeVisible()
  await chat.reload()
  await expect(notice).toBeHidden()
})

test("a user's own key is tested, used and shown in the receipt, and can be toggled", async ({ browser }) => {
  const own = "fw_OwnKeyOfAPerson12345678"
  const server = await startDemoServer({
    ...{
      testMode: true,
      apiKey: API_KEY,
      otherKeys: [own],
      models: [{ id: MODEL }],
      tokensPerSecond: 0,
      firstTokenMs: 0,
    },
  })
  const app = await startApp({ env: { ...fireworksEnv(server), ALLOW_OWN_KEYS: "true" } })
  const context = await browser.newContext()
  const chat = new ChatPage(await context.newPage(), app)
  const { page } = chat
  const keys = () =>
    server.requests
      .filter(({ path }) => path.endsWith("/chat/completions"))
      .map(({ headers }) => headers.authorization?.replace("Bearer ", ""))
  await page.goto(`${app.url}/#settings/instructions`)
  const settings = page.getByRole("dialog", { name: "Settings" })
  await settings.getByRole("button", { name: "Add", exact: true }).click()
  await settings.getByLabel("API key", { exact: true }).fill("fw_wrong_key_0000000000")
  await settings.getByRole("button", { name: "Check and save" }).click()
  await expect(settings.getByRole("alert").filter({ hasText: "refused this key" })).toBeVisible()
  await check(page, "the settings with a field for a key")
  await settings.getByLabel("API key", { exact: true }).fill(own)
  await settings.getByRole("button", { name: "Check and save" }).click()
  await expect(settings).toContainText("Ends in 5678.")
  await expect(settings.getByRole("combobox", { name: "Answers are billed to" })).toHaveValue("own")
  await page.keyboard.press("Escape")
  const answer = await chat.askAndWait("[[echo]] hello")
  expect(new Set(keys())).toEqual(new Set([own]))
  await page.getByRole("combobox", { name: "Model" }).click()
  await expect(page.getByText("Answers are billed to your API key.")).toBeVisible()
  await page.keyboard.press("Escape")
  await answer.getByRole("button", { name: "About this answer" }).click()
  await expect(page.getByText("your API key", { exact: true })).toBeVisible()
  await page.goto(`${app.url}/#settings/instructions`)
  await settings.getByRole("combobox", { name: "Answers are billed to" }).selectOption("sparkler")
  await expect(settings.getByRole("combobox", { name: "Answers are billed to" })).toHaveValue("sparkler")
  await page.goto(app.url)
  const before = keys().length
  await chat.askAndWait("[[echo]] again")
  expect(new Set(keys().slice(before))).toEqual(new Set([API_KEY]))
  await context.close()
  await app.stop()
  await server.close()
})
