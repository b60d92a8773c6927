/** The story of a new user, one test per step, with the demo model and with a Fireworks-protocol server. */
import { readFile } from "node:fs/promises"
import type { Page } from "@playwright/test"
import { expect, test } from "@/e2e/support/fixtures"
import { blueSquare, redCircle } from "@/e2e/support/pictures"

test("the page shows which model answers, and without a key how to set one", async ({ chat, upstream }) => {
  const { page } = chat
  if (upstream === "demo") {
    await expect(page.getByText(/demo model/i).first()).toBeVisible()
    await expect(page.getByText(/FIREWORKS_API_KEY/).first()).toBeVisible()
  } else await expect(page.getByText(/FIREWORKS_API_KEY/)).toHaveCount(0)
})

/**
 * Lengths of a streaming answer, and whether it can be stopped. Recorded inside the page at each change, because a busy
 * machine polls too rarely from outside.
 */
const watchGrowth = (page: Page) =>
  page.evaluateHandle(() => {
    const growth = { lengths: [] as number[], stoppable: false }
    const look = () => {
      const length = document.querySelector('article[data-role="assistant"][data-status="streaming"]')?.textContent
        ?.length
      if (length === undefined) return
      if (!growth.lengths.includes(length)) growth.lengths.push(length)
      growth.stoppable ||= document.querySelector('button[aria-label="Stop generating"]')?.checkVisibility() ?? false
    }
    const everything = { attributes: true, characterData: true, childList: true, subtree: true }
    new MutationObserver(look).observe(document.body, everything)
    return growth
  })

test("an answer streams: the text grows, then it is complete", async ({ chat }) => {
  const growth = await watchGrowth(chat.page)
  await chat.ask("Write 900 words about sparks and embers")
  await expect(chat.articles("user")).toHaveText(/sparks and embers/)
  const answer = await chat.ended()
  const { lengths, stoppable } = await growth.jsonValue()
  expect(lengths.length).toBeGreaterThan(3)
  expect(stoppable, "the answer can be stopped").toBe(true)
  await expect(answer).toContainText("embers")
  await expect(chat.send).toBeVisible()
  await expect(chat.page).toHaveURL(/\/c\/[0-9a-f-]{36}$/)
})

test("the conversation is in the sidebar with a generated title", async ({ chat }) => {
  await chat.askAndWait("Explain how lighthouses guide ships at night")
  const list = chat.page.getByRole("navigation", { name: "Chats" })
  await expect(list.getByRole("link", { name: /lighthouses.*ships/i })).toBeVisible()
  await expect(list.getByText("Today")).toBeVisible()
})

test("a photo attached with the button is shown, and described from its pixels", async ({ chat }) => {
  const chooser = chat.page.waitForEvent("filechooser")
  await chat.page.getByRole("button", { name: "Attach images" }).click()
  await (await chooser).setFiles({ name: "circle.png", mimeType: "image/png", buffer: await redCircle() })
  const answer = await chat.askAndWait("Which colors do you see, and what is its size?")
  await expect(answer).toContainText(/red/)
  await expect(answer).toContainText("320 × 200")
  const image = chat.articles("user").getByRole("img")
  await expect(image).toHaveJSProperty("naturalWidth", 320)
})

test("a photo can be pasted", async ({ chat }) => {
  const picture = [...(await blueSquare())]
  await chat.message.focus()
  await chat.message.evaluate((field, bytes) => {
    const data = new DataTransfer()
    data.items.add(new File([new Uint8Array(bytes)], "blue.png", { type: "image/png" }))
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
  }, picture)
  const answer = await chat.askAndWait("What color is this?")
  await expect(answer).toContainText(/blue/)
})

test("a photo can be dropped", async ({ chat }) => {
  const picture = [...(await redCircle("jpeg"))]
  const transfer = await chat.page.evaluateHandle((bytes) => {
    const data = new DataTransfer()
    data.items.add(new File([new Uint8Array(bytes)], "circle.jpg", { type: "image/jpeg" }))
    return data
  }, picture)
  const main = chat.page.getByRole("main")
  await main.dispatchEvent("dragenter", { dataTransfer: transfer })
  await main.dispatchEvent("dragover", { dataTransfer: transfer })
  await main.dispatchEvent("drop", { dataTransfer: transfer })
  const answer = await chat.askAndWait("What shape is in the middle?")
  await expect(answer).toContainText(/red ellipse/)
})

test("the weather tool runs, and its card shows now, the next days and a chart", async ({ chat }) => {
  const answer = await chat.askAndWait("What's the weather in Paris?")
  const card = answer.getByRole("figure", { name: /weather/i })
  await expect(card).toContainText("Paris")
  // Each figure has a visible label; if there is no room, a label for screen readers.
  for (const name of ["Feels like", "Humidity", "Wind"])
    expect((await card.getByText(name, { exact: true }).boundingBox())?.width).toBeGreaterThan(20)
  await expect(card.getByRole("listitem").first()).toHaveText(/chance of rain.*high .*° low .*°/)
  await expect(card).toContainText(/-?\d+\s?°/)
  await expect(card.locator("svg").first()).toBeVisible()
  await expect(answer).toContainText(/Paris/)
})

test("data for a schema is shown as a tree, validated, and its JSON is copied", async ({ chat }) => {
  const { page } = chat
  await page.getByRole("button", { name: "Structured output" }).click()
  await page.getByRole("button", { name: /^Person/ }).click()
  await page.keyboard.press("Escape")
  const answer = await chat.askAndWait("Extract: John Miller is 30 years old, reach him at john@example.com")
  await expect(answer).toContainText(/matches the .*schema/i)
  await expect(answer).toContainText("John Miller")
  await answer.getByRole("button", { name: "Copy JSON" }).click()
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(clipboard).toContain("john@example.com")
  const copied = JSON.parse(await clipboard())
  expect(copied).toMatchObject({ name: "John Miller", age: 30, email: "john@example.com" })
  const download = page.waitForEvent("download")
  await answer.getByRole("button", { name: "Download JSON" }).click()
  expect(JSON.parse(await readFile(await (await download).path(), "utf8"))).toEqual(copied)
})

test("after a reload everything is there", async ({ chat }) => {
  const chooser = chat.page.waitForEvent("filechooser")
  await chat.page.getByRole("button", { name: "Attach images" }).click()
  await (await chooser).setFiles({ name: "circle.png", mimeType: "image/png", buffer: await redCircle() })
  await chat.askAndWait("Which colors are in here?")
  await chat.askAndWait("What's the weather in Oslo?")
  await expect(chat.answer().getByRole("figure", { name: /weather/i })).toContainText("Oslo")
  const before = await chat.conversation.locator("article").allInnerTexts()
  await chat.reload()
  await expect(chat.conversation.locator("article")).toHaveCount(4)
  await expect(chat.articles("user").getByRole("img")).toHaveJSProperty("naturalWidth", 320)
  await expect(chat.answer().getByRole("figure", { name: /weather/i })).toContainText("Oslo")
  await expect(async () => expect(await chat.conversation.locator("article").allInnerTexts()).toEqual(before)).toPass()
})

test("a link opens without an account, with images, and can be revoked", async ({ chat, browser }) => {
  const { page } = chat
  const chooser = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Attach images" }).click()
  await (await chooser).setFiles({ name: "circle.png", mimeType: "image/png", buffer: await redCircle() })
  const answer = await chat.askAndWait("Which colors are in here?")
  const text = await answer.innerText()
  await page.getByRole("button", { name: "Share" }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByRole("button", { name: /create link/i }).click()
  const link = await dialog.getByRole("textbox", { name: "Link" }).inputValue()

  const stranger = await browser.newContext()
  const shared = await stranger.newPage()
  const response = await shared.goto(link)
  expect(response?.headers()["x-robots-tag"]).toContain("noindex")
  await expect(shared.locator('meta[name="robots"]')).toHaveAttribute("content", /noindex/)
  await expect(shared.locator('article[data-role="assistant"]')).toContainText(/red/)
  expect(text).toContain("red")
  await expect(shared.locator('article[data-role="user"]').getByRole("img")).toHaveJSProperty("naturalWidth", 320)
  await expect(shared.getByRole("textbox")).toHaveCount(0)
  expect(await stranger.cookies()).toEqual([])

  await page.keyboard.press("Escape")
  await chat.askAndWait("What is 2+2?")
  await shared.reload()
  await expect(shared.locator("article")).toHaveCount(2)

  await page.getByRole("button", { name: "Share" }).click()
  await dialog.getByRole("button", { name: "Revoke link" }).click()
  await dialog.getByRole("button", { name: "Revoke", exact: true }).click()
  await expect(dialog.getByRole("textbox", { name: "Link" })).toHaveCount(0)
  expect((await shared.goto(link))?.status()).toBe(404)
  await expect(shared.getByText("This link doesn't work")).toBeVisible()
  await stranger.close()
})
