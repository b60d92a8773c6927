/** Where messages go: after a stop, after those of another tab, into the branch being read; and how they start. */
import type { Page } from "@playwright/test"
import { ChatPage, expect, test } from "@/e2e/support/fixtures"
import { blueSquare } from "@/e2e/support/pictures"

async function secondTab(chat: ChatPage): Promise<ChatPage> {
  const tab = new ChatPage(await chat.page.context().newPage(), chat.app)
  await tab.open(new URL(chat.page.url()).pathname)
  return tab
}

const questions = (chat: ChatPage) => chat.articles("user").allInnerTexts()

for (const rate of [100, 5])
  test(`a message sent right after Stop, during an answer, goes automatically (${rate} words a second)`, async ({
    chat,
  }) => {
    await chat.ask(`[[words n=20000 rate=${rate}]]`)
    await expect(chat.answer()).toContainText("w1")
    await chat.message.fill("[[echo]] what I meant")
    // Both clicks at once, so that both requests are in flight together.
    await chat.page.evaluate(() => {
      document.querySelector<HTMLElement>('button[aria-label="Stop generating"]')?.click()
      document.querySelector<HTMLElement>('button[aria-label="Send message"]')?.click()
    })
    await expect(chat.articles("user")).toHaveCount(2)
    await expect(chat.answer()).toContainText("what I meant")
    await chat.ended()
    await expect(chat.articles("assistant").first()).toHaveAttribute("data-status", "stopped")
    await expect(chat.page.getByText("what I meant").first()).toBeVisible()
  })

const waiting = (tab: ChatPage) => tab.page.getByRole("region", { name: "Queued messages" })

test("a message sent in another tab during a stop goes automatically, one queued there before does not", async ({
  chat,
}) => {
  await chat.ask("[[words n=3000 rate=20]]")
  await expect(chat.answer()).toContainText("w1")
  const other = await secondTab(chat)
  await expect(other.answer()).toHaveAttribute("data-status", "streaming")

  // A slow connection to the server.
  let goOn = () => {}
  const gone = new Promise<void>((resolve) => (goOn = resolve))
  await chat.page.route("**/stop", async (route) => {
    await gone
    await route.continue()
  })
  await chat.stop.click()
  await other.ask("[[words n=3000 rate=20]] what I meant")
  await expect(waiting(other)).toContainText("what I meant")
  goOn()
  for (const tab of [chat, other]) {
    await expect(tab.articles("user")).toHaveCount(2)
    await expect(tab.articles("user").last()).toContainText("what I meant")
    await expect(tab.articles("assistant").first()).toHaveAttribute("data-status", "stopped")
    await expect(tab.answer()).toHaveAttribute("data-status", "streaming")
    await expect(waiting(tab)).toHaveCount(0)
  }

  await other.ask("[[echo]] for later")
  await expect(waiting(chat)).toContainText("for later")
  await chat.stop.click()
  for (const tab of [chat, other]) {
    await tab.ended("stopped")
    await expect(waiting(tab)).toContainText("for later")
    await expect(tab.articles("user")).toHaveCount(2)
  }
})

test("two tabs send at once: both messages are in sequence, in both tabs and after a reload", async ({ chat }) => {
  await chat.askAndWait("[[echo]] hello")
  const other = await secondTab(chat)
  const refused: number[] = []
  for (const tab of [chat, other])
    tab.page.on("response", (response) => {
      if (new URL(response.url()).pathname === "/api/chat" && response.status() === 409) refused.push(409)
    })
  for (let round = 0; round < 3; round++) {
    const before = await chat.articles("user").count()
    await chat.message.fill(`[[echo]] from one, ${round}`)
    await other.message.fill(`[[echo]] from two, ${round}`)
    await Promise.all([chat.send.click(), other.send.click()])
    for (const tab of [chat, other]) {
      await expect(tab.articles("user")).toHaveCount(before + 2)
      await expect(tab.articles("assistant")).toHaveCount(before + 2)
      await tab.ended()
    }
  }
  await expect(async () => expect(await questions(other)).toEqual(await questions(chat))).toPass({ timeout: 30_000 })
  await chat.reload()
  const there = await questions(other)
  await expect.poll(() => questions(chat)).toEqual(there)
  await expect(chat.page.getByRole("group", { name: "Versions" })).toHaveCount(0)
  expect(refused.length).toBeLessThan(10)
})

const versions = (page: Page) => page.getByRole("group", { name: "Versions" })

test("switching to an earlier version shows its messages, also after a reload and in another tab", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] first")
  await chat.answer().getByRole("button", { name: "Regenerate" }).click()
  await expect(versions(page)).toContainText("2 / 2")
  await chat.ended()
  await versions(page).getByRole("button", { name: "Previous version" }).click()
  await expect(versions(page)).toContainText("1 / 2")
  await chat.articles("user").getByRole("button", { name: "Edit message" }).click()
  await page.getByRole("textbox", { name: "Edit message" }).fill("[[echo]] second")
  await page.keyboard.press("Enter")
  await expect(chat.answer()).toContainText("second")
  await chat.ended()
  const back = async (tab: ChatPage) => {
    await versions(tab.page).first().getByRole("button", { name: "Previous version" }).click()
    await expect(tab.answer()).toContainText("first")
    await expect(versions(tab.page).last()).toContainText("1 / 2")
  }
  await back(chat)
  await versions(page).first().getByRole("button", { name: "Next version" }).click()
  await expect(chat.answer()).toContainText("second")
  await chat.reload()
  await back(await secondTab(chat))
})

test("an image is removed from a question while it is edited, and another is added", async ({ chat }) => {
  const { page } = chat
  const chooser = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Attach images", exact: true }).click()
  await (await chooser).setFiles({ name: "blue.png", mimeType: "image/png", buffer: await blueSquare() })
  await expect(page.getByRole("list", { name: "Attached files" }).getByRole("status")).toHaveCount(0)
  await chat.askAndWait("What is this?")
  await expect(chat.articles("user").getByRole("img", { name: "blue.png" })).toBeVisible()

  await page.getByRole("button", { name: "Edit message" }).click()
  await page.getByRole("button", { name: "Remove blue.png" }).click()
  await page.getByRole("textbox", { name: "Edit message" }).fill("[[echo]] no picture")
  await page.keyboard.press("Enter")
  await expect(chat.answer()).toContainText("no picture")
  await chat.ended()
  await expect(chat.articles("user").getByRole("img")).toHaveCount(0)

  await page.getByRole("button", { name: "Edit message" }).click()
  const again = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Add images" }).click()
  await (await again).setFiles({ name: "sky.png", mimeType: "image/png", buffer: await blueSquare() })
  await expect(page.getByRole("list", { name: "Attached files" }).getByRole("img", { name: "sky.png" })).toBeVisible()
  await page.getByRole("textbox", { name: "Edit message" }).press("Enter")
  await expect(chat.articles("user").getByRole("img", { name: "sky.png" })).toBeVisible()
  await chat.ended()
})

test("a URL prefills the composer, and sends nothing", async ({ chat }) => {
  const { page, app } = chat
  await chat.open("/?q=two%20words%0Aand%20100%25&x=1")
  await expect(chat.message).toHaveValue("two words\nand 100%")
  await expect(page).toHaveURL(`${app.url}/?x=1`)
  await chat.message.blur()
  await chat.reload()
  await expect(chat.message).toHaveValue("two words\nand 100%")
  await expect(chat.articles("user")).toHaveCount(0)
  // The previous draft stays before it; an invalid escape is treated as text.
  await chat.open("/?q=100%")
  await expect(chat.message).toHaveValue("two words\nand 100%")
  await chat.open("/?q=%3Cimg%20src=x%3E&q=more")
  await expect(chat.message).toHaveValue("two words\nand 100%\n\n<img src=x>")
  await chat.message.fill("")
  await chat.message.blur()
  const long = "long ".repeat(1_500).trim()
  await chat.open(`/?q=${encodeURIComponent(long)}`)
  await expect(chat.message).toHaveValue(long)
})

test("uppercase ids are the same ids, for pages and for the API", async ({ chat }) => {
  const { page, app } = chat
  await chat.askAndWait("[[echo]] hello")
  const id = chat.conversationId()
  await chat.open(`/c/${id.toUpperCase()}`)
  await expect(page).toHaveURL(`${app.url}/c/${id}`)
  await expect(chat.articles("user")).toHaveText(/hello/)
  const answer = await page.request.get(`${app.url}/api/conversations/${id.toUpperCase()}/messages`)
  expect((await answer.json()).conversation.id).toBe(id)
})

test("a clock that is a day ahead puts a new chat under Today", async ({ chat }) => {
  const { page } = chat
  for (const days of [1, -1]) {
    await page.clock.setSystemTime(Date.now() + days * 24 * 60 * 60 * 1_000)
    await chat.open()
    await chat.askAndWait("[[echo]] hello")
    const list = page.getByRole("navigation", { name: "Chats" })
    await expect(list.locator(`a[href="/c/${chat.conversationId()}"]`)).toBeVisible()
    await expect(list.getByText("Today")).toBeVisible()
    await expect(list.getByText("Yesterday")).toHaveCount(0)
  }
})

test("a file dropped anywhere is added to the message; without a composer it is rejected, and the page stays", async ({
  chat,
}) => {
  const { page, app } = chat
  const dropOn = async (selector: string, name: string) => {
    const data = await page.evaluateHandle((file) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(["some text"], file, { type: "text/plain" }))
      return transfer
    }, name)
    const target = page.locator(selector).first()
    for (const event of ["dragenter", "dragover"]) await target.dispatchEvent(event, { dataTransfer: data })
    return target.evaluate((element, dataTransfer) => {
      const drop = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true })
      element.dispatchEvent(drop)
      return drop.defaultPrevented
    }, data)
  }
  const attached = page.getByRole("list", { name: "Attached files" })
  expect(await dropOn("nav", "sidebar.txt")).toBe(true)
  await expect(attached).toContainText("sidebar.txt")
  await page.keyboard.press("Control+/")
  await expect(page.getByRole("dialog")).toBeVisible()
  expect(await dropOn('[role="dialog"]', "dialog.txt")).toBe(true)
  await page.keyboard.press("Escape")
  await expect(attached).toContainText("dialog.txt")
  await page.goto(`${app.url}/nowhere`)
  await expect(page.getByRole("main")).toBeVisible()
  // The listeners are added by the page's scripts.
  await expect.poll(() => dropOn("main", "nowhere.txt")).toBe(true)
  await expect(page).toHaveURL(`${app.url}/nowhere`)
})
