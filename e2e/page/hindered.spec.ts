/** Browsers without storage, and servers that refuse requests: the page says so, and doesn't retry forever. */
import { ChatPage, expect, test } from "@/e2e/support/fixtures"
import { startRefusingProxy } from "@/e2e/support/refusing-proxy"

const UNKEPT = "Your browser isn't saving drafts"

for (const [name, deny] of [
  [
    "blocked",
    () =>
      Object.defineProperty(window, "localStorage", {
        get: () => {
          throw new DOMException("The operation is insecure.", "SecurityError")
        },
      }),
  ],
  [
    "full",
    () => {
      Storage.prototype.setItem = () => {
        throw new DOMException("The quota has been exceeded.", "QuotaExceededError")
      }
    },
  ],
] as const)
  test(`where storage is ${name} chat works, with one notice that drafts are not kept`, async ({ page, app }) => {
    await page.addInitScript(deny)
    const chat = new ChatPage(page, app)
    await chat.open()
    const told = page.getByText(UNKEPT)
    await chat.message.fill("[[words n=20000 rate=100]]")
    await expect(told).toBeVisible()
    await chat.send.click()
    await expect(chat.answer()).toContainText("w9")
    // Queued messages last as long as the page.
    await chat.ask("[[echo]] and then")
    const waiting = page.getByRole("region", { name: "Queued messages" })
    await expect(waiting.getByText("and then")).toBeVisible()
    await chat.stop.click()
    await chat.ended("stopped")
    await page.getByRole("button", { name: /send now/i }).click()
    await expect(chat.articles("user")).toHaveCount(2)
    await chat.ended()
    await expect(told).toHaveCount(1)
    await page.getByRole("combobox", { name: "Model" }).click()
    await page.getByRole("option").last().click()
    await chat.askAndWait("[[echo]] once more")
  })

test("a failed read receipt is retried with growing delays, and not at all when rejected", async ({ page, app }) => {
  const proxy = await startRefusingProxy(app.url)
  const chat = new ChatPage(page, { ...app, url: proxy.url })
  for (const [status, most] of [
    [500, 25],
    [403, 3],
  ] as const) {
    proxy.refused.length = 0
    proxy.refuse = (line) => (line.startsWith("PATCH /api/conversations/") ? status : undefined)
    await chat.open()
    await chat.askAndWait("[[echo]] hello")
    await expect.poll(() => proxy.refused.length).toBeGreaterThan(0)
    // For the duration of several answers: a bug once sent a thousand requests.
    for (let turn = 0; turn < 3; turn++) await chat.askAndWait(`[[words n=200 rate=200]] ${turn}`)
    // Each answer that ends is marked as read separately.
    expect(proxy.refused.length, String(status)).toBeLessThan(4 * most)
  }
  await proxy.close()
})

test("an ended session is reported, and requests stop", async ({ page, app }) => {
  const proxy = await startRefusingProxy(app.url)
  const chat = new ChatPage(page, { ...app, url: proxy.url })
  await chat.open()
  await chat.askAndWait("[[echo]] hello")
  await page.context().clearCookies()
  const before = proxy.seen.length
  await chat.ask("[[echo]] are you there?")
  await expect(page.getByText("Your session has ended. Reload the page to continue.").first()).toBeVisible()
  await expect(chat.message).toHaveValue("[[echo]] are you there?")
  proxy.refuse = (line) => (line.includes(" /api/") ? 401 : undefined)
  await page.getByRole("navigation", { name: "Chats" }).hover()
  expect(proxy.seen.length - before).toBeLessThan(6)
  proxy.refuse = () => undefined
  await page.getByRole("button", { name: "Reload" }).first().click()
  // Another guest, who has access neither to the conversation nor to the draft.
  await expect(page.getByRole("heading", { name: "Echo]] hello" })).toHaveCount(0)
  await expect(page.getByRole("button", { name: "New chat" }).first()).toBeVisible()
  await chat.open()
  await expect(chat.message).toHaveValue("")
  await proxy.close()
})

test("with cookies blocked, a message says so, and requests to the server stop", async ({ page, app }) => {
  const proxy = await startRefusingProxy(app.url)
  proxy.withoutCookies = true
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "cookieEnabled", { get: () => false }))
  const chat = new ChatPage(page, { ...app, url: proxy.url })
  await chat.open()
  await chat.ask("[[echo]] hello")
  await expect(page.getByText("Your browser blocks cookies for this site").first()).toBeVisible()
  await expect(chat.message).toHaveValue("[[echo]] hello")
  const events = () => proxy.seen.filter((line) => line.startsWith("GET /api/events")).length
  for (let n = 0; n < 5; n++) await chat.page.keyboard.press("Tab")
  expect(events()).toBeLessThan(3)
  await proxy.close()
})

test("without JavaScript the page says that it needs it", async ({ app }) => {
  // A browser with scripts turned off by the test still parses pages as if they were on: `noscript` stays hidden.
  const html = await (await fetch(app.url)).text()
  expect(html).toMatch(/<noscript><p[^>]*>Sparkler needs JavaScript to chat\./)
})
