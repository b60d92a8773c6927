/** Back and Forward between conversations, the start page, and pages outside the chat. */
import { ChatPage, expect, test } from "@/e2e/support/fixtures"

const inList = (chat: ChatPage, path: string) =>
  chat.page.getByRole("navigation", { name: "Chats" }).locator(`a[href="${path}"]`)

const pathOf = (chat: ChatPage) => new URL(chat.page.url()).pathname

const newChat = async (chat: ChatPage) => {
  await chat.page.getByRole("button", { name: "New chat" }).click()
  await expect(chat.page).toHaveURL(`${chat.app.url}/`)
  await expect(chat.articles("user")).toHaveCount(0)
}

test("Back from a conversation to the start page begins a new one", async ({ chat }) => {
  const { page, app } = chat
  await chat.askAndWait("[[echo]] the first one")
  const first = pathOf(chat)
  await newChat(chat)
  await inList(chat, first).click()
  await expect(page).toHaveURL(`${app.url}${first}`)
  await expect(chat.articles("user")).toHaveText([/the first one/])

  await page.goBack()
  await expect(page).toHaveURL(`${app.url}/`)
  await expect(chat.articles("user")).toHaveCount(0)
  await page.goBack()
  await expect(page).toHaveURL(`${app.url}${first}`)
  await expect(chat.articles("user")).toHaveText([/the first one/])
  await expect(chat.answer()).toContainText("the first one")

  await page.goForward()
  await expect(page).toHaveURL(`${app.url}/`)
  await expect(chat.articles("user")).toHaveCount(0)
  await chat.askAndWait("[[echo]] the second one")
  const second = pathOf(chat)
  expect(second).not.toBe(first)
  await chat.reload()
  await expect(chat.articles("user")).toHaveText([/the second one/])

  await page.goBack()
  await expect(page).toHaveURL(`${app.url}${first}`)
  await expect(chat.articles("user")).toHaveText([/the first one/])
  await page.goForward()
  await expect(page).toHaveURL(`${app.url}${second}`)
  await expect(chat.articles("user")).toHaveText([/the second one/])
})

test("Back to a conversation shows messages sent elsewhere in the meantime", async ({ chat, context }) => {
  const { page, app } = chat
  await chat.askAndWait("[[echo]] the first one")
  const first = pathOf(chat)
  await newChat(chat)
  await chat.askAndWait("[[echo]] the second one")
  const second = pathOf(chat)
  // Both are loaded from the server, so that the router caches them.
  await page.goto(`${app.url}${first}`)
  await inList(chat, second).click()
  await expect(chat.articles("user")).toHaveText([/the second one/])

  const other = new ChatPage(await context.newPage(), app)
  await other.open(first)
  await other.askAndWait("[[echo]] said in another tab")
  await page.goBack()
  await expect(page).toHaveURL(`${app.url}${first}`)
  await expect(chat.articles("user")).toHaveText([/the first one/, /said in another tab/])
})

test("Back does not restore a temporary conversation that was left; a new one begins", async ({ chat }) => {
  const { page, app } = chat
  await page.getByRole("button", { name: "Temporary chat" }).click()
  await expect(page).toHaveURL(`${app.url}/?temporary`)
  await chat.askAndWait("[[echo]] gone soon")
  await page.getByRole("button", { name: "New chat" }).click()
  await page.getByRole("button", { name: "Leave", exact: true }).click()
  await expect(page).toHaveURL(`${app.url}/`)
  await page.goBack()
  await expect(page).toHaveURL(`${app.url}/?temporary`)
  await expect(chat.articles("user")).toHaveCount(0)
  await chat.askAndWait("[[echo]] once more")
  await expect(chat.articles("user")).toHaveText([/once more/])
})

test("Back from the key page shows the conversation, and the start page before it", async ({ chat }) => {
  const { page, app } = chat
  await chat.askAndWait("[[echo]] hello")
  const first = pathOf(chat)
  await page.keyboard.press("ControlOrMeta+k")
  await page.getByRole("option", { name: /API key/ }).click()
  await expect(page).toHaveURL(`${app.url}/setup`)
  await page.goBack()
  await expect(page).toHaveURL(`${app.url}${first}`)
  await expect(chat.articles("user")).toHaveText([/hello/])
  await newChat(chat)
  await page.goBack()
  await expect(page).toHaveURL(`${app.url}${first}`)
  await expect(chat.articles("user")).toHaveText([/hello/])
})
