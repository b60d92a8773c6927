/** The map of a chat's versions: viewing, searching, navigating, comparing. */
import { check } from "@/e2e/support/axe"
import { type ChatPage, expect, test } from "@/e2e/support/fixtures"

const map = (chat: ChatPage) => chat.page.getByRole("dialog", { name: "Versions of this chat" })
const rows = (chat: ChatPage) => map(chat).getByRole("treeitem")

/** Creates two versions of the second answer, and one of the first question. */
async function forked(chat: ChatPage): Promise<void> {
  await chat.askAndWait("[[echo]] Which harbor is the oldest of all?")
  await chat.askAndWait("[[echo]] And which one is the largest of all?")
  await chat.answer().getByRole("button", { name: "Regenerate" }).first().click()
  await expect(chat.answer().getByRole("group", { name: "Versions" })).toContainText("2 / 2")
  await chat.ended()
}

test("the map shows all versions and the current position, and navigates by keyboard and mouse", async ({ chat }) => {
  await forked(chat)
  await chat.answer().getByRole("group", { name: "Versions" }).getByRole("button", { name: "2 / 2" }).click()
  await expect(rows(chat)).toHaveCount(3)
  await expect(rows(chat).first()).toContainText("3 messages")
  const here = map(chat).locator('[aria-current="location"]')
  await expect(here).toContainText("You are here")
  await expect(here).toBeFocused()
  await check(chat.page, "the map of versions")
  await chat.page.keyboard.press("ArrowUp")
  await expect(rows(chat).nth(1)).toBeFocused()
  await chat.page.keyboard.press("Enter")
  await expect(map(chat)).toHaveCount(0)
  await expect(chat.answer().getByRole("group", { name: "Versions" })).toContainText("1 / 2")
  await expect(chat.answer()).toBeFocused()

  await chat.page.getByRole("button", { name: "All versions of this chat" }).click()
  await rows(chat).first().click()
  await expect(chat.articles("user").first()).toBeFocused()
})

test("two versions are compared from where they diverge, with differences highlighted", async ({ chat }) => {
  await forked(chat)
  await chat.page.getByRole("button", { name: "All versions of this chat" }).click()
  const compare = map(chat).getByRole("button", { name: "Compare", exact: true })
  await expect(compare).toBeDisabled()
  await expect(map(chat).locator('[aria-current="location"]')).toBeFocused()
  await chat.page.keyboard.press(" ")
  await rows(chat)
    .nth(1)
    .getByRole("button", { name: /^Compare:/ })
    .click()
  await expect(map(chat).getByText("2 of 2 selected")).toBeVisible()
  await compare.click()
  const sides = chat.page.getByRole("dialog", { name: "Compare versions" })
  await expect(sides.getByText("The first 3 messages are the same.")).toBeVisible()
  await expect(sides.getByRole("article")).toHaveCount(2)
  await check(chat.page, "two versions side by side")
  await sides.getByRole("button", { name: "Back" }).click()
  await expect(rows(chat)).toHaveCount(3)
})

test("an edited question is a separate branch, and a deleted message is not on the map", async ({ chat }) => {
  await chat.askAndWait("[[echo]] Which harbor is the oldest of all?")
  await chat.articles("user").first().hover()
  await chat.page.getByRole("button", { name: "Edit message" }).click()
  await chat.page.getByRole("textbox", { name: "Edit message" }).fill("[[echo]] Which harbor is the newest?")
  await chat.page.keyboard.press("Enter")
  await expect(chat.answer()).toContainText("newest")
  await chat.ended()
  await chat.page.getByRole("button", { name: "All versions of this chat" }).click()
  await expect(rows(chat)).toHaveCount(2)
  await rows(chat).filter({ hasText: "oldest" }).click()
  await expect(chat.answer()).toContainText("oldest")
})
