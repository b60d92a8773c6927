/** Lookup tools: the web, its pages, Wikipedia, the person's own chats. */
import { checkBothThemes } from "@/e2e/support/axe"
import { ChatPage, expect, test } from "@/e2e/support/fixtures"
import { app, opened, setUpWebApp, web } from "@/e2e/tools/web-app"

setUpWebApp()

test("search results are numbered cards, and the answer's citations link to them", async ({ page }) => {
  web.results.splice(
    0,
    9,
    { url: "https://one.example/lamps", title: "All about lamps", content: "Lamps <b>shine</b> &amp; glow." },
    { url: "https://two.example/", title: "Lamps, again", content: "" },
    { url: "javascript:alert(1)", title: "No page", content: "" },
  )
  const chat = await opened(page)
  const answer = await chat.askAndWait("Search the web for old lamps")
  const card = answer.locator('[data-tool="search_web"]')
  await expect(card.getByRole("listitem")).toHaveCount(2)
  await expect(card).toContainText("Lamps shine & glow.")
  await expect(card).toContainText("SearXNG")
  await expect(card.getByRole("link", { name: "All about lamps" })).toHaveAttribute("rel", /noopener noreferrer/)
  const cited = answer.getByRole("link", { name: "Source 2: Lamps, again" })
  await expect(cited).toHaveText("2")
  await expect(cited).toHaveAttribute("href", "https://two.example/")
  await checkBothThemes(page, "search results")
  await chat.reload()
  await expect(chat.answer().getByRole("link", { name: "Source 1: All about lamps" })).toBeVisible()
})

test("a message reaches the model at its next step, and is shown there on every page", async ({ page, context }) => {
  let find = () => {}
  web.held = new Promise((resolve) => {
    find = resolve
  })
  const chat = await opened(page)
  await chat.ask("Search the web for old lamps")
  await expect(chat.answer().locator('[data-tool="search_web"]')).toHaveAttribute("data-tool-state", "input-available")
  await chat.message.fill("And what of candles?")
  await chat.message.press("Enter")
  const waiting = page.getByRole("region", { name: "Queued messages" })
  const taken = page.waitForResponse((response) => response.url().endsWith("/steer"))
  await waiting.getByRole("button", { name: "Send at next step" }).click()
  expect(await (await taken).json()).toEqual({ state: "waiting" })
  await expect(waiting).toContainText("Sends at the next step")
  await expect(page.locator("[data-toast=error]")).toHaveCount(0)
  find()
  await chat.ended()
  const said = chat.answer().getByRole("region", { name: "You" })
  await expect(said).toHaveText("And what of candles?")
  await expect(waiting).toBeHidden()
  const other = new ChatPage(await context.newPage(), app)
  await other.page.goto(page.url())
  await expect(other.answer().getByRole("region", { name: "You" })).toHaveText("And what of candles?")
  await expect(other.articles("user")).toHaveCount(1)
})

test("an empty result is reported", async ({ page }) => {
  web.results.splice(0, 9)
  const chat = await opened(page)
  const answer = await chat.askAndWait("Search the web for nothing at all")
  await expect(answer).toContainText("No web pages were found")
})

test("a page is read only with the user's approval, and quoted with its source", async ({ page }) => {
  const address = "http://lamps.example/history"
  web.pages.set(
    address,
    `<!doctype html><title>History of lamps</title><main><article><h1>History of lamps</h1>
     <p>${"The first lamps were made of shells, filled with moss and fat. ".repeat(12)}</p>
     <img src="http://tracker.example/pixel.png"><script>document.title = "run"</script></article></main>`,
  )
  const chat = await opened(page)
  await chat.ask(`Please read ${address}`)
  const card = chat.answer().locator('[data-tool="read_web_page"]')
  await expect(card).toHaveAttribute("data-tool-state", "approval-requested")
  await expect(card).toContainText(address)
  expect(web.asked).not.toContain(address)
  await checkBothThemes(page, "a page that is asked about")
  await card.getByRole("button", { name: "Allow once" }).click()
  await chat.ended()
  await expect(card.getByRole("link", { name: "History of lamps" })).toHaveAttribute("href", address)
  await expect(card.locator("blockquote")).toContainText("The first lamps were made of shells")
  await card.getByRole("button", { name: "Show more" }).click()
  await expect(chat.answer().getByRole("link", { name: "Source 1: History of lamps" })).toHaveText("1")
  expect(web.asked.filter((asked) => asked.includes("tracker"))).toEqual([])
  await checkBothThemes(page, "a page that was read")
})

test("a failed call is retried, and the answer continues with its result", async ({ page }) => {
  const address = "http://lamps.example/later"
  const chat = await opened(page)
  await chat.ask(`Please read ${address}`)
  const card = chat.answer().locator('[data-tool="read_web_page"]')
  await card.getByRole("button", { name: "Allow once" }).click()
  await expect(card).toHaveAttribute("data-tool-state", "output-error")
  await chat.ended()
  web.pages.set(
    address,
    `<!doctype html><title>Later lamps</title><main><article><h1>Later lamps</h1>
     <p>${"Later lamps burned oil, and then gas. ".repeat(1_000)}</p></article></main>`,
  )
  await card.getByRole("button", { name: "Retry" }).click()
  await expect(card.getByRole("link", { name: "Later lamps" })).toHaveAttribute("href", address)
  // The model gets a long page in parts; the person can download all of it.
  const saved = page.waitForEvent("download")
  await card.getByRole("link", { name: /^Download full result \(38/ }).click()
  expect((await saved).suggestedFilename()).toBe("lamps.example.md")
  await chat.ended()
  await expect(chat.answer().getByRole("link", { name: "Source 1: Later lamps" })).toHaveText("1")
  await expect(chat.articles("assistant")).toHaveCount(1)
})

test("a denied page is not requested", async ({ page }) => {
  const chat = await opened(page)
  await chat.ask("Please read http://refused.example/")
  const card = chat.answer().locator('[data-tool="read_web_page"]')
  await card.getByRole("button", { name: "Don't allow" }).click()
  await chat.ended()
  await expect(card).toHaveAttribute("data-tool-state", "output-denied")
  expect(web.asked).not.toContain("http://refused.example/")
})

test("an address of this machine is rejected with a message, even when approved", async ({ page }) => {
  const chat = await opened(page)
  await chat.ask(`Please read ${app.url}/api/health`)
  const card = chat.answer().locator('[data-tool="read_web_page"]')
  await card.getByRole("button", { name: "Allow once" }).click()
  await chat.ended()
  await expect(chat.answer()).toContainText(/isn't on the public internet|Port \d+ isn't allowed/)
})

test("a Wikipedia article, with related ones", async ({ page }) => {
  const chat = await opened(page)
  const answer = await chat.askAndWait("Look in Wikipedia about lighthouse")
  const card = answer.locator('[data-tool="wikipedia"]')
  await expect(card.getByRole("link", { name: "Lighthouse" })).toHaveAttribute(
    "href",
    "https://en.wikipedia.org/wiki/Lighthouse",
  )
  await expect(card).toContainText("Structure designed to emit light")
  await expect(card.getByRole("link", { name: "Lightship" })).toBeVisible()
  await expect(card).toContainText("CC BY-SA")
  await checkBothThemes(page, "an article")
})

test("the user's other chats are searched, and the hit links to the message; temporary chats are excluded", async ({
  page,
}) => {
  const chat = await opened(page)
  await chat.askAndWait("[[echo]] The zeppelin leaves at nine from the harbor")
  const first = chat.conversationId()
  await page
    .getByRole("link", { name: "New chat" })
    .or(page.getByRole("button", { name: "New chat" }))
    .first()
    .click()
  await expect(chat.articles("assistant")).toHaveCount(0)
  const answer = await chat.askAndWait("Search my chats for zeppelin")
  const card = answer.locator('[data-tool="search_conversations"]')
  await expect(card).toContainText("leaves at nine")
  expect(chat.conversationId()).not.toBe(first)
  await checkBothThemes(page, "hits in own chats")
  await card.getByRole("link").first().click()
  await expect(page).toHaveURL(new RegExp(`/c/${first}`))
  await expect(chat.conversation).toContainText("The zeppelin leaves at nine")
})
