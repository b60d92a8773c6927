/** A temporary conversation leaves nothing behind: not in the page, not in the database, not in the files. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { openDatabase } from "@/lib/db/client"
import { startApp } from "./support/app"
import { ChatPage, expect, fireworksEnv, test } from "./support/fixtures"
import { blueSquare } from "./support/pictures"

const SECRET = "xylophone-4711-marmalade"

/** Every file below a folder that holds these words. */
function filesWith(folder: string, words: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => {
    const file = path.join(folder, name)
    return statSync(file).isFile() && readFileSync(file).includes(words)
  })
}

const imagesIn = (dataDir: string): string[] => {
  const folder = path.join(dataDir, "images")
  if (!existsSync(folder)) return []
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
  return names.filter((name) => statSync(path.join(folder, name)).isFile())
}

test("it is answered as any other, is in no list, and is gone with its page", async ({ page, modelServer }) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-temporary-"))
  const app = await startApp({ env: fireworksEnv(modelServer), dataDir })
  const chat = new ChatPage(page, app)
  await chat.open()
  await chat.askAndWait("A kept question")
  await chat.open("/")
  await page.getByRole("button", { name: "Temporary conversation" }).click()
  await expect(page.getByRole("heading", { name: "Nothing of this is kept" })).toBeVisible()
  const buffer = await blueSquare()
  await page.locator("input[type='file']").setInputFiles({ name: "blue.png", mimeType: "image/png", buffer })
  await expect(() => expect(imagesIn(dataDir)).toHaveLength(1)).toPass()
  await chat.askAndWait(`[[echo]] ${SECRET}`)

  expect(filesWith(dataDir, SECRET)).not.toEqual([])
  await expect(page).toHaveURL(`${app.url}/?temporary`)
  await expect(page.getByRole("navigation").getByText(SECRET)).toHaveCount(0)
  await expect(page.getByRole("button", { name: "Share" })).toHaveCount(0)
  const list = await page.request.get(`${app.url}/api/conversations`)
  expect(await list.text()).not.toContain(SECRET)
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(SECRET)

  await page.getByRole("button", { name: /^New chat/ }).click()
  await expect(page).toHaveURL(`${app.url}/`)
  await expect(() => expect(imagesIn(dataDir)).toEqual([])).toPass()
  // The write-ahead log is folded into the database file when the server ends.
  await app.stop()
  expect(filesWith(dataDir, SECRET)).toEqual([])
  rmSync(dataDir, { recursive: true })
})

test("one whose page did not say that it was left goes a day later", async ({ modelServer, page }) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-temporary-"))
  const first = await startApp({ env: fireworksEnv(modelServer), dataDir })
  const chat = new ChatPage(page, first)
  await chat.open("/?temporary")
  await chat.askAndWait(`[[echo]] ${SECRET}`)
  await first.kill9()
  const database = openDatabase(`file:${dataDir}/sparkler.db`)
  expect(await database.conversation.count()).toBe(1)
  await database.conversation.updateMany({ data: { updatedAt: new Date(Date.now() - 25 * 60 * 60 * 1_000) } })
  await database.$disconnect()
  const second = await startApp({ env: fireworksEnv(modelServer), dataDir })
  await second.stop()
  expect(filesWith(dataDir, SECRET)).toEqual([])
  rmSync(dataDir, { recursive: true })
})
