/** Keeping conversations in order. */
import type { Page } from "@playwright/test"
import { type ChatPage, expect, test } from "./support/fixtures"

const group = (page: Page, name: string) => page.getByRole("navigation").getByRole("list", { name })

async function choose(page: Page, title: string, action: string): Promise<void> {
  const item = page.getByRole("navigation").getByRole("listitem").filter({ hasText: title })
  await item.hover()
  await item.getByRole("button", { name: `Options of “${title}”` }).click()
  await page.getByRole("menuitem", { name: action }).click()
}

/** A conversation of this name, made by the person: no title comes later. */
async function begin(chat: ChatPage, title: string): Promise<void> {
  await chat.open("/")
  await chat.askAndWait(`[[echo]] ${title}`)
  const url = `${chat.app.url}/api/conversations/${chat.conversationId()}`
  await chat.page.request.patch(url, { data: { title }, headers: { origin: chat.app.url } })
  await expect(group(chat.page, "Today").getByRole("link", { name: title })).toBeVisible()
}

test("pinned ones stand first, archived ones out of the way, in every tab", async ({ chat, context }) => {
  const { page, app } = chat
  for (const name of ["Tulips", "Roses"]) await begin(chat, name)
  await chat.open("/")
  const other = await context.newPage()
  await other.goto(app.url)
  await expect(group(other, "Today").getByRole("listitem")).toHaveCount(2)

  await choose(page, "Tulips", "Pin")
  await expect(group(page, "Pinned").getByRole("link")).toHaveText(["Tulips"])
  await expect(group(other, "Pinned").getByRole("link")).toHaveText(["Tulips"])
  await choose(page, "Roses", "Archive")
  await expect(page.getByText("“Roses” is in the archive.")).toBeVisible()
  await expect(group(page, "Today")).toHaveCount(0)
  await expect(group(other, "Today")).toHaveCount(0)

  await chat.reload()
  await expect(group(page, "Pinned").getByRole("link")).toHaveText(["Tulips"])
  await page.getByRole("button", { name: "Archived" }).click()
  await expect(group(page, "Archived").getByRole("link")).toHaveText(["Roses"])

  // Something said in it brings it back.
  await group(page, "Archived").getByRole("link").click()
  await expect(chat.answer()).toContainText("Roses")
  await chat.askAndWait("[[echo]] more")
  await expect(group(page, "Today").getByRole("link")).toHaveText(["Roses"])
  await choose(page, "Tulips", "Unpin")
  await expect(group(page, "Pinned")).toHaveCount(0)
})

test("Undo takes an archived conversation back to where it was", async ({ chat }) => {
  const { page } = chat
  const title = "Daffodils"
  await begin(chat, title)
  await choose(page, title, "Pin")
  await expect(group(page, "Pinned").getByRole("link")).toHaveCount(1)
  await choose(page, title, "Archive")
  await expect(group(page, "Pinned")).toHaveCount(0)
  await page.getByRole("button", { name: "Undo" }).click()
  await expect(group(page, "Pinned").getByRole("link")).toHaveText([title])
  await chat.reload()
  await expect(group(page, "Pinned").getByRole("link")).toHaveText([title])
})

test("nobody else's can be pinned or put away", async ({ chat, browser }) => {
  await chat.askAndWait("[[echo]] mine")
  const { app } = chat
  const stranger = await browser.newContext()
  await (await stranger.newPage()).goto(app.url)
  for (const data of [{ pinned: true }, { archived: true }]) {
    const answer = await stranger.request.patch(`${app.url}/api/conversations/${chat.conversationId()}`, {
      data,
      headers: { origin: app.url },
    })
    expect(answer.status()).toBe(404)
  }
  await stranger.close()
})
