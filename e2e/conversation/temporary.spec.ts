/** A temporary conversation leaves nothing behind: not in the page, the database, or the files. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { type App, startApp } from "@/e2e/support/app"
import { ChatPage, expect, fireworksEnv, test } from "@/e2e/support/fixtures"
import { blueSquare } from "@/e2e/support/pictures"
import { openDatabase } from "@/lib/db/client"
import type { DemoServer } from "@/lib/demo/demo-server"

const SECRET = "xylophone-4711-marmalade"

/** Every file below a folder that contains these words. */
function filesWith(folder: string, words: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => {
    const file = path.join(folder, name)
    try {
      return statSync(file).isFile() && readFileSync(file).includes(words)
    } catch {
      // Removed in the meantime.
      return false
    }
  })
}

const imagesIn = (dataDir: string): string[] => {
  const folder = path.join(dataDir, "files")
  if (!existsSync(folder)) return []
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
  return names.filter((name) => statSync(path.join(folder, name)).isFile())
}

/** Apps that a test has started; they are stopped with it, even if it fails. */
const running: App[] = []
test.afterEach(async () => {
  for (const app of running.splice(0)) await app.stop("SIGINT")
})

async function begin(modelServer: DemoServer, dataDir: string): Promise<App> {
  const app = await startApp({ env: fireworksEnv(modelServer), dataDir })
  running.push(app)
  return app
}

test("a temporary chat is answered like any other, asks before it is left, is in no list, and is gone with its page", async ({
  page,
  modelServer,
}) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-temporary-"))
  const app = await begin(modelServer, dataDir)
  const chat = new ChatPage(page, app)
  await chat.open()
  await chat.askAndWait("A kept question")
  await chat.open("/")
  // The draft moves along, back, and forth again without a question, because nothing is lost.
  const start = page.getByRole("button", { name: "Temporary chat" })
  const mark = page.getByRole("button", { name: "Temporary", exact: true })
  const attached = page.getByRole("list", { name: "Attached files" })
  const buffer = await blueSquare()
  await chat.message.fill(`[[echo]] ${SECRET}`)
  await page.locator("input[type='file']").setInputFiles({ name: "blue.png", mimeType: "image/png", buffer })
  await expect(attached.getByRole("img")).toBeVisible()
  await start.click()
  await expect(page.getByRole("heading", { name: "Nothing here is saved" })).toBeVisible()
  await expect(chat.message).toHaveValue(`[[echo]] ${SECRET}`)
  await mark.click()
  await expect(start).toBeVisible()
  await expect(chat.message).toHaveValue(`[[echo]] ${SECRET}`)
  await start.click()
  await expect(mark).toBeVisible()
  await expect(attached.getByRole("img")).toHaveCount(1)
  // Anywhere else it would be lost, so the page asks first.
  const question = page.getByRole("dialog", { name: "Leave the temporary chat?" })
  await page.getByRole("button", { name: /^New chat/ }).click()
  await expect(question.getByRole("button", { name: "Stay" })).toBeFocused()
  await page.keyboard.press("Enter")
  await expect(chat.message).toHaveValue(`[[echo]] ${SECRET}`)
  await expect(() => expect(imagesIn(dataDir)).toHaveLength(1)).toPass()
  await chat.send.click()
  await chat.ended()

  expect(filesWith(dataDir, SECRET)).not.toEqual([])
  await expect(page).toHaveURL(`${app.url}/?temporary`)
  await expect(page.getByRole("navigation").getByText(SECRET)).toHaveCount(0)
  await expect(page.getByRole("button", { name: "Share" })).toHaveCount(0)
  const list = await page.request.get(`${app.url}/api/conversations`)
  expect(await list.text()).not.toContain(SECRET)
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(SECRET)

  // Every way to leave asks first.
  const ways = [
    () => page.getByRole("button", { name: /^New chat/ }).click(),
    () => page.getByRole("navigation").locator("a[data-row]").first().click(),
    () => mark.click(),
    () => page.keyboard.press("Control+Shift+O"),
    () => page.evaluate(() => history.back()),
  ]
  for (const leave of ways) {
    await leave()
    await expect(question.getByRole("button", { name: "Stay" })).toBeFocused()
    await page.keyboard.press("Enter")
    await expect(question).toHaveCount(0)
    await expect(page).toHaveURL(`${app.url}/?temporary`)
    await expect(chat.articles("assistant")).toHaveCount(1)
  }
  const closing = page.waitForEvent("dialog")
  const reload = page.evaluate(() => location.reload())
  const asked = await closing
  expect(asked.type()).toBe("beforeunload")
  await asked.dismiss()
  await reload
  await page.evaluate(() => history.back())
  await question.getByRole("button", { name: "Leave" }).click()
  await expect(page).toHaveURL(`${app.url}/`)
  await expect(chat.articles("assistant")).toHaveCount(0)
  await expect(() => expect(imagesIn(dataDir)).toEqual([])).toPass()
  // While the server is still running, including its log.
  await expect(() => expect(filesWith(dataDir, SECRET)).toEqual([])).toPass()
  await app.stop()
  rmSync(dataDir, { recursive: true })
})

test("a temporary chat whose page did not report being left is removed later", async ({ modelServer, page }) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-temporary-"))
  const first = await begin(modelServer, dataDir)
  const chat = new ChatPage(page, first)
  await chat.open("/?temporary")
  await chat.askAndWait(`[[echo]] ${SECRET}`)
  await first.kill9()
  const database = openDatabase(`file:${dataDir}/sparkler.db`)
  expect(await database.conversation.count()).toBe(1)
  await database.conversation.updateMany({ data: { updatedAt: new Date(Date.now() - 25 * 60 * 60 * 1_000) } })
  await database.$disconnect()
  const second = await begin(modelServer, dataDir)
  await second.stop()
  expect(filesWith(dataDir, SECRET)).toEqual([])
  rmSync(dataDir, { recursive: true })
})
