/** A browser's identity: after an upgrade, when the account ends, and when another person uses the same browser. */
import { readFileSync } from "node:fs"
import path from "node:path"
import Database from "better-sqlite3"
import { encode } from "next-auth/jwt"
import { type ChatPage, expect, test } from "@/e2e/support/fixtures"
import { ownerOf } from "@/e2e/support/seed"

const COOKIE = "next-auth.session-token"

/** Changes the database as another process would. */
function change(chat: ChatPage, sql: string, ...values: string[]): void {
  const database = new Database(path.join(chat.app.dataDir, "sparkler.db"))
  database.pragma("foreign_keys = ON")
  database.prepare(sql).run(...values)
  database.close()
}

const cookieOf = async (chat: ChatPage) =>
  (await chat.page.context().cookies(chat.app.url)).find(({ name }) => name === COOKIE)?.value ?? ""

const setCookie = (chat: ChatPage, value: string) =>
  chat.page.context().addCookies([{ name: COOKIE, value, url: chat.app.url }])

test("a guest of a version without sessions keeps their conversations and draft, and gets a new cookie", async ({
  chat,
}) => {
  await chat.askAndWait("[[echo]] before the upgrade")
  const sub = await ownerOf(chat.app.dataDir, chat.conversationId())
  // The state of the browser and the database in that version.
  change(chat, `DELETE FROM "Session" WHERE "userId" = ?`, sub)
  const secret = readFileSync(path.join(chat.app.dataDir, "auth-secret"), "utf8").trim()
  const earlier = await encode({ token: { sub, guest: true, name: null }, secret })
  await setCookie(chat, earlier)
  await chat.page.evaluate((id) => {
    localStorage.clear()
    const draft = { text: "a draft of then", images: [], output: null }
    localStorage.setItem(`sparkler:draft:${id}`, JSON.stringify(draft))
  }, chat.conversationId())
  await chat.reload()
  await expect(chat.answer()).toContainText("before the upgrade")
  await expect(chat.message).toHaveValue("a draft of then")
  expect(await cookieOf(chat)).not.toBe(earlier)
  await chat.message.fill("")
  await chat.askAndWait("[[echo]] after it")
})

test("a deleted account is signed out in its open page, and its cookie restores nothing", async ({ chat }) => {
  await chat.askAndWait("[[echo]] hello")
  const owner = await ownerOf(chat.app.dataDir, chat.conversationId())
  const cookie = await cookieOf(chat)
  change(chat, `DELETE FROM "User" WHERE "id" = ?`, owner)
  // Without a click: the page is notified by its stream.
  await expect(chat.page.getByText("Your session has ended. Reload the page to continue.").first()).toBeVisible()
  const address = chat.page.url()
  await chat.page.goto(address)
  await expect(chat.page.getByRole("heading", { name: "hello" })).toHaveCount(0)
  await setCookie(chat, cookie)
  const response = await chat.page.request.get(`${chat.app.url}/api/conversations?in=list`)
  expect(response.status()).toBe(401)
  const database = new Database(path.join(chat.app.dataDir, "sparkler.db"), { readonly: true })
  expect(database.prepare(`SELECT count(*) FROM "User" WHERE "id" = ?`).pluck().get(owner)).toBe(0)
  database.close()
})

test("another user in the same browser sees nothing of a draft; its author finds it again", async ({ chat }) => {
  await chat.message.fill("for nobody else")
  const stored = () => chat.page.evaluate(() => JSON.stringify(localStorage))
  await expect(async () => expect(await stored()).toContain("for nobody else")).toPass()
  const mine = await cookieOf(chat)
  await chat.page.context().clearCookies()
  await chat.open()
  await expect(chat.message).toHaveValue("")
  await chat.message.fill("of the other")
  await expect(async () => expect(await stored()).toContain("of the other")).toPass()
  await setCookie(chat, mine)
  await chat.open()
  await expect(chat.message).toHaveValue("for nobody else")
})
