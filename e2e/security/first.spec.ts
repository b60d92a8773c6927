/** The first start: setting a key without a text editor, and who may set it. */
import { readFileSync } from "node:fs"
import { request as ask } from "node:http"
import path from "node:path"
import type { Browser } from "@playwright/test"
import type { App } from "@/e2e/support/app"
import { checkBothThemes } from "@/e2e/support/axe"
import { cardOf, connected, give, picker, withFirstStart } from "@/e2e/support/first-start"
import { ChatPage, expect, test } from "@/e2e/support/fixtures"
import { waitUntilInteractive } from "@/e2e/support/interactive"
import { GOOD_KEY } from "@/lib/ai/account.fixture"

const WRONG_KEY = "fw_a_wrong_key_of_somebody"

test("a key is pasted, rejected, pasted correctly, and works without a restart; it is replaced and removed", async ({
  page,
  context,
}) => {
  await withFirstStart(async ({ app, model, dataDir }) => {
    const chat = new ChatPage(page, app)
    await chat.open()
    const card = cardOf(page)
    await expect(card).toContainText("demo model")
    const get = card.getByRole("link", { name: "Get an API key" })
    await expect(get).toHaveAttribute("href", "https://app.fireworks.ai/settings/users/api-keys")
    await card.getByRole("button", { name: "Copy" }).click()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe("FIREWORKS_API_KEY=")
    await expect(picker(page)).toHaveText("Sparkler demo")
    await checkBothThemes(page, "the card for a key")
    const other = new ChatPage(await context.newPage(), app)
    await other.open()

    await give(page, WRONG_KEY)
    await expect(card.getByRole("alert")).toContainText("refused this key")
    await give(page, GOOD_KEY)
    await expect(connected(page)).toContainText("$37.50 of this month's $50.00 budget left.")
    await expect(connected(page)).toContainText(/Ready to use: \w/)
    await checkBothThemes(page, "the card when a key is there")
    // Here, and in a tab that was already open.
    for (const one of [chat, other]) await expect(picker(one.page)).not.toHaveText("Sparkler demo")
    await expect(cardOf(other.page)).toHaveCount(0)
    await other.askAndWait("[[echo]] from the other tab")
    const answer = await chat.askAndWait("[[echo]] from here")
    await expect(answer).toContainText("from here")
    const keys = model.requests.filter(({ path: at }) => at.endsWith("/chat/completions")).map(({ headers }) => headers)
    expect(new Set(keys.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${GOOD_KEY}`]))

    // The key can't be read anywhere.
    for (const at of ["/api/key", "/api/models", "/", "/setup"])
      expect(await (await page.request.get(`${app.url}${at}`)).text()).not.toContain(GOOD_KEY)
    expect(app.log()).not.toContain(GOOD_KEY)
    expect(readFileSync(path.join(dataDir, "api-key.json"), "latin1")).not.toContain(GOOD_KEY)

    await page.goto(`${app.url}/setup`)
    await expect(connected(page)).toContainText("ends in 1234")
    await waitUntilInteractive(page.getByRole("button", { name: "Replace key" }))
    await page.getByRole("button", { name: "Replace key" }).click()
    await give(page, WRONG_KEY)
    await expect(page.getByRole("alert").filter({ hasText: "refused" })).toBeVisible()
    await give(page, `  export FIREWORKS_API_KEY="${GOOD_KEY}"  `)
    await expect(connected(page)).toBeVisible()
    await page.getByRole("button", { name: "Remove key" }).click()
    await page.getByRole("button", { name: "Remove", exact: true }).click()
    await expect(cardOf(page)).toBeVisible()
    await expect(picker(other.page)).toHaveText("Sparkler demo")
    await page.getByRole("link", { name: "Start chatting" }).click()
    await expect(picker(page)).toHaveText("Sparkler demo")
  })
})

test("a stored key survives a restart; the environment takes precedence, and the page says so", async ({ page }) => {
  await withFirstStart(async (first) => {
    const chat = new ChatPage(page, first.app)
    await chat.open()
    await give(page, GOOD_KEY)
    await expect(connected(page)).toBeVisible()
    await first.restart()
    await chat.open()
    await expect(picker(page)).not.toHaveText("Sparkler demo")
    await expect(await chat.askAndWait("[[echo]] again")).toContainText("again")
    await page.goto(`${first.app.url}/setup`)
    await expect(connected(page)).toContainText("ends in 1234")

    await first.restart({ FIREWORKS_API_KEY: "fw_of_the_environment" })
    await page.reload()
    await expect(page.getByRole("region", { name: "Your API key comes from the environment" })).toContainText(
      "There's also a saved key. It isn't used.",
    )
    expect(first.link()).toBe("")
    const put = await page.request.put(`${first.app.url}/api/key`, { data: { key: GOOD_KEY } })
    expect([put.status(), (await put.json()).error.code]).toEqual([409, "setup:environment"])
    expect(await (await page.request.get(`${first.app.url}/api/key`)).text()).not.toContain("of_the_environment")
  })
})

/** A browser that connects through a proxy from another machine. */
const stranger = async (browser: Browser) =>
  (await browser.newContext({ extraHTTPHeaders: { "x-forwarded-for": "203.0.113.7" } })).newPage()

/** A program's request with arbitrary headers. */
function put(app: App, headers: Record<string, string>): Promise<number> {
  const { port } = new URL(app.url)
  return new Promise((resolve, reject) => {
    ask({ host: "127.0.0.1", port, path: "/api/key", method: "PUT", headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on("error", reject)
      .end(JSON.stringify({ key: GOOD_KEY }))
  })
}

test("a remote visitor is offered no card and can't set a key, whatever they send", async ({ browser }) => {
  await withFirstStart(async ({ app }) => {
    const page = await stranger(browser)
    await page.goto(app.url)
    await expect(page.getByText("open the link that Sparkler printed")).toBeVisible()
    await expect(page.getByLabel("API key")).toHaveCount(0)
    expect((await page.request.put(`${app.url}/api/key`, { data: { key: GOOD_KEY } })).status()).toBe(403)
    expect((await page.request.delete(`${app.url}/api/key`)).status()).toBe(403)
    const { host } = new URL(app.url)
    const tricks: Record<string, string>[] = [
      { host: "evil.example" },
      { host: "localhost.evil.example" },
      { host, "x-forwarded-for": "127.0.0.1" },
      { host, "x-real-ip": "127.0.0.1" },
      { host, forwarded: "for=127.0.0.1" },
      { host: "evil.example", "x-sparkler-peer": "direct 127.0.0.1" },
      { host, origin: "http://evil.example" },
    ]
    for (const headers of tricks) expect(await put(app, headers)).toBe(403)
    await page.goto(`${app.url}/setup`)
    await expect(page.getByRole("region", { name: /^Only the person who runs Sparkler/ })).toBeVisible()
    await checkBothThemes(page, "the page for a key, for who may not give one")
    await page.context().close()
  })
})

test("the printed link works once, and a new one is printed where Sparkler runs", async ({ browser }) => {
  await withFirstStart(async (first) => {
    const [one, two] = [await stranger(browser), await stranger(browser)]
    const link = first.link()
    await one.goto(link)
    await expect(cardOf(one)).toBeVisible()
    // The secret doesn't stay in the URL.
    expect(new URL(one.url()).hash).toBe("")
    await two.goto(link)
    await expect(two.getByRole("alert").filter({ hasText: "was already used or has expired" })).toBeVisible()
    await give(one, GOOD_KEY)
    await expect(connected(one)).toBeVisible()
    await two.getByRole("button", { name: "Print a new link" }).click()
    await expect(async () => expect(first.link()).not.toBe(link)).toPass()
    await two.goto(first.link())
    await expect(connected(two)).toBeVisible()
    for (const page of [one, two]) await page.context().close()
  })
})
