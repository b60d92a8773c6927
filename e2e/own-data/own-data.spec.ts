/** A person's data: importing, exporting, opening from disk. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { check } from "@/e2e/support/axe"
import { ChatPage, expect, test } from "@/e2e/support/fixtures"
import { chatgptChat, chatgptZip } from "@/lib/import/files.fixture"

const zip = (name: string, buffer: Buffer) => ({ name, mimeType: "application/zip", buffer })

/** Opens Settings → Data and privacy. */
async function openData(chat: ChatPage) {
  await chat.page.goto(`${chat.app.url}/#settings/data`)
  const dialog = chat.page.getByRole("dialog", { name: "Settings" })
  await expect(dialog.getByRole("button", { name: "Import chats…" })).toBeVisible()
  return dialog
}

const choose = (chat: ChatPage, file: ReturnType<typeof zip>) =>
  chat.page.locator("input[type=file][accept*=json]").setInputFiles(file)

test("a ChatGPT zip is previewed, imported with branches and image, and never twice", async ({ chat }) => {
  const { page } = chat
  const settings = await openData(chat)
  await choose(chat, zip("chatgpt.zip", chatgptZip([chatgptChat(), { ...chatgptChat("other"), mapping: {} }])))
  const preview = page.getByRole("dialog", { name: "Import chats" })
  await expect(preview).toContainText("1 chat from ChatGPT, 5 messages, 1 image.")
  await expect(preview).toContainText("1 chat can't be read")
  await check(page, "the preview of an import")
  await preview.getByRole("button", { name: "Import 1 chat" }).click()
  await expect(settings).toContainText("1 chat was imported.")
  await page.keyboard.press("Escape")
  await page.getByRole("link", { name: "Garden plans" }).click()
  await expect(chat.articles("assistant")).toHaveCount(2)
  const second = chat.articles("assistant").first()
  await expect(second).toContainText("Hydrangeas.")
  await expect(second.getByRole("link", { name: "Hydrangea" })).toHaveAttribute("href", "https://example.com/hydrangea")
  await expect(chat.articles("user").first().getByRole("img", { name: "bed.png" })).toBeVisible()
  await second.getByRole("button", { name: "Previous version" }).click()
  await expect(chat.articles("assistant").first()).toContainText("Roses.")

  const again = await openData(chat)
  await choose(chat, zip("chatgpt.zip", chatgptZip()))
  await expect(preview).toContainText("1 is already here")
  await expect(preview.getByRole("button", { name: "Nothing to import" })).toBeVisible()
  await preview.getByRole("button", { name: "Cancel" }).click()
  await expect(preview).toBeHidden()
  await expect(again.getByRole("button", { name: "Import chats…" })).toBeVisible()
})

test("a file that is not an export is rejected with a message", async ({ chat }) => {
  const settings = await openData(chat)
  await choose(chat, zip("photo.zip", Buffer.from("PK\u0003\u0004 nothing")))
  await expect(settings.getByRole("alert")).toContainText("This zip file is damaged or incomplete.")
})

test("an export imported into another account gives the same data", async ({ chat, browser, app }) => {
  const { page } = chat
  await openData(chat)
  await choose(chat, zip("chatgpt.zip", chatgptZip()))
  await page.getByRole("button", { name: "Import 1 chat" }).click()
  await expect(page.getByText("1 chat was imported.")).toBeVisible()
  await page.keyboard.press("Escape")
  await page.goto(app.url)
  await chat.askAndWait("[[echo]] My own question")
  await openData(chat)
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export", exact: true }).click(),
  ])
  const file = await download.path()

  const context = await browser.newContext()
  const other = new ChatPage(await context.newPage(), app)
  const settings = await openData(other)
  await choose(other, zip("sparkler.zip", readFileSync(file)))
  await other.page.getByRole("button", { name: "Import 2 chats" }).click()
  await expect(settings).toContainText("2 chats were imported.")
  await other.page.keyboard.press("Escape")
  await other.page.getByRole("link", { name: "Garden plans" }).click()
  await expect(other.articles("user").first().getByRole("img", { name: "bed.png" })).toBeVisible()
  const texts = async (one: ChatPage) => one.conversation.locator("article").allInnerTexts()
  await page.goto(app.url)
  await page.getByRole("link", { name: "Garden plans" }).click()
  await expect(chat.articles("user").first().getByRole("img", { name: "bed.png" })).toBeVisible()
  // A tool's card appears once its code is loaded.
  await expect(async () => expect(await texts(other)).toEqual(await texts(chat))).toPass()
  expect(await texts(chat)).not.toEqual([])
  await context.close()
})

test("a chat as one HTML file opens from disk, makes no requests and runs nothing", async ({
  chat,
  browser,
  app,
}, info) => {
  const { page } = chat
  await openData(chat)
  await choose(chat, zip("chatgpt.zip", chatgptZip()))
  await page.getByRole("button", { name: "Import 1 chat" }).click()
  await expect(page.getByText("1 chat was imported.")).toBeVisible()
  await page.goto(app.url)
  await page.getByRole("link", { name: "Garden plans" }).click()
  await expect(chat.articles("assistant")).toHaveCount(2)
  // The model that answered elsewhere isn't available here.
  await chat.chooseModel("Kimi K3")
  await chat.askAndWait("[[echo]] **bold** <script>document.title='ran'</script> and \\(a^2\\)")
  const html = await (
    await page.request.get(`${app.url}/api/conversations/${chat.conversationId()}/export?as=html`)
  ).text()
  expect(html).not.toMatch(/<script/i)
  const file = path.join(info.outputDir, "chat.html")
  mkdirSync(info.outputDir, { recursive: true })
  writeFileSync(file, html)
  const context = await browser.newContext({ offline: true })
  const opened = await context.newPage()
  const asked: string[] = []
  const said: string[] = []
  opened.on("request", (request) => asked.push(request.url()))
  opened.on("console", (message) => said.push(message.text()))
  await opened.goto(pathToFileURL(file).href)
  await expect(opened.getByRole("heading", { name: "Garden plans" })).toBeVisible()
  await expect(opened.getByRole("img", { name: "bed.png" })).toHaveJSProperty("naturalWidth", 1)
  await expect(opened.locator("math msup")).toBeVisible()
  await expect(opened).toHaveTitle("Garden plans")
  expect(asked.filter((url) => !url.startsWith("data:"))).toEqual([pathToFileURL(file).href])
  expect(said).toEqual([])
  await context.close()
})
