/** Selected text in a message: quoting it, and changing just that part. */
import type { Locator } from "@playwright/test"
import { check } from "@/e2e/support/axe"
import { type ChatPage, expect, test } from "@/e2e/support/fixtures"

/** Selects from the first to the last of these words in an element, as a mouse or keys would. */
const select = (place: Locator, from: string, to = from) =>
  place.evaluate(
    (element, [first = "", last = ""]) => {
      const find = (words: string, behind: boolean): [Node, number] => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const at = node.textContent?.indexOf(words) ?? -1
          if (at >= 0) return [node, at + (behind ? words.length : 0)]
        }
        throw new Error(`no ${words}`)
      }
      const range = document.createRange()
      range.setStart(...find(first, false))
      range.setEnd(...find(last, true))
      document.getSelection()?.removeAllRanges()
      document.getSelection()?.addRange(range)
    },
    [from, to],
  )

const toolbar = (chat: ChatPage) => chat.page.getByRole("toolbar", { name: "Selected text" })
const card = (chat: ChatPage) => chat.answer().getByRole("region", { name: "Change", exact: true })

const TEXT = [
  "[[echo]] The **old town** stands on a hill.",
  "It has 3 gates, $a^2+b^2$, and a [wall](https://example.com/wall). They say so.",
  "```python\nprint(2 + 2)\nprint(5)\n```",
  "Below it runs the river.",
].join("\n\n")

async function change(chat: ChatPage, wish: string): Promise<void> {
  await toolbar(chat).getByRole("button", { name: "Change…" }).click()
  const dialog = chat.page.getByRole("dialog", { name: "Change selected text" })
  await expect(dialog.getByRole("textbox", { name: "What should change?" })).toBeFocused()
  await chat.page.keyboard.insertText(wish)
  await chat.page.keyboard.press("Enter")
  await expect(dialog).toHaveCount(0)
}

test("a selection is quoted with its formulas and code, by mouse and by keyboard", async ({ chat }) => {
  const answer = await chat.askAndWait(TEXT)
  await expect(answer.locator(".katex")).toHaveCount(1)
  await chat.message.fill("About this:")
  // Like a mouse press elsewhere.
  await chat.message.blur()
  await select(answer, "3 gates", "wall")
  await toolbar(chat).getByRole("button", { name: "Quote" }).click()
  await expect(toolbar(chat)).toHaveCount(0)
  await expect(chat.message).toBeFocused()
  await expect(chat.message).toHaveValue("About this:\n\n> 3 gates, $a^2+b^2$, and a wall\n\n")

  await chat.message.fill("")
  await select(answer.locator("pre"), "print", ")")
  await expect(toolbar(chat)).toBeVisible()
  await check(chat.page, "the toolbar of a selection")
  await chat.page.keyboard.press("Control+Shift+Period")
  await expect(toolbar(chat).getByRole("button", { name: "Quote" })).toBeFocused()
  await chat.page.keyboard.press("ArrowRight")
  await expect(toolbar(chat).getByRole("button", { name: "Change…" })).toBeFocused()
  await chat.page.keyboard.press("ArrowRight")
  await chat.page.keyboard.press("Enter")
  await expect(chat.message).toHaveValue("> ```python\n> print(2 + 2)\n> ```\n\n")

  await select(chat.articles("user").first(), "old town")
  await expect(toolbar(chat).getByRole("button", { name: "Quote" })).toBeVisible()
  await expect(toolbar(chat).getByRole("button", { name: "Change…" })).toHaveCount(0)
  await chat.page.keyboard.press("Escape")
  await expect(toolbar(chat)).toHaveCount(0)
})

test("only a selection within one message has a toolbar", async ({ chat }) => {
  const answer = await chat.askAndWait("[[echo]] one two three")
  await select(chat.conversation, "one", "three")
  await expect(toolbar(chat)).toBeVisible()
  await chat.page.evaluate(() => {
    const [question, reply] = document.querySelectorAll("[data-words]")
    if (question && reply) document.getSelection()?.setBaseAndExtent(question, 0, reply, 1)
  })
  await expect(toolbar(chat)).toHaveCount(0)
  await select(answer, "two")
  await expect(toolbar(chat)).toBeVisible()
  await chat.message.fill("two")
  await chat.message.selectText()
  await expect(toolbar(chat)).toHaveCount(0)
})

test("a part is edited, shown as a diff after a reload, and accepted; the old answer stays", async ({ chat }) => {
  const answer = await chat.askAndWait(TEXT)
  await select(answer, "It has", "wall")
  await change(chat, "in upper case")
  await expect(card(chat).getByRole("button", { name: "Use this change" })).toBeVisible()
  await expect(card(chat).locator("ins").first()).toBeVisible()
  await expect(card(chat)).toContainText("They say so.")
  await expect(chat.message).toBeFocused()
  await check(chat.page, "a change to take or leave")
  await chat.reload()
  await expect(card(chat).locator("del").first()).toContainText("It has")
  await card(chat).getByRole("button", { name: "Use this change" }).click()
  await expect(card(chat)).toHaveCount(0)
  await expect(chat.answer()).toContainText("IT HAS 3 GATES")
  await expect(chat.answer()).toContainText("They say so.")
  await expect(chat.answer().locator("strong")).toHaveText("old town")
  await expect(chat.answer().getByRole("group", { name: "Versions" })).toContainText("2 / 2")
  await chat.answer().getByRole("button", { name: "Previous version" }).click()
  await expect(chat.answer()).toContainText("It has 3 gates")
})

test("an edit is discarded, retried, and stopped, without touching the answer", async ({ chat }) => {
  const answer = await chat.askAndWait(TEXT)
  await select(answer, "Below it", "river")
  await toolbar(chat).getByRole("button", { name: "Change…" }).click()
  await chat.page.getByRole("dialog").getByRole("button", { name: "Shorter" }).click()
  await expect(card(chat).getByRole("button", { name: "Use this change" })).toBeVisible()
  await card(chat).getByRole("button", { name: "Try again" }).click()
  await expect(card(chat).getByRole("button", { name: "Use this change" })).toBeVisible()
  await expect(chat.answer().getByRole("group", { name: "Versions" })).toContainText("2 / 2")
  await card(chat).getByRole("button", { name: "Discard" }).click()
  await expect(card(chat)).toHaveCount(0)
  await expect(chat.answer()).toContainText("Below it runs the river.")
  await expect(chat.answer().getByRole("group", { name: "Versions" })).toHaveCount(0)

  await select(chat.answer(), "Below it", "river")
  await change(chat, "[[words n=10000 rate=50]]")
  await expect(card(chat)).toContainText("w10")
  await chat.stop.click()
  await expect(card(chat).getByRole("alert")).toHaveText("You stopped this change. The answer is as it was.")
  await expect(card(chat).getByRole("button", { name: "Use this change" })).toHaveCount(0)
  await chat.reload()
  await expect(card(chat)).toContainText("w10")
  await card(chat).getByRole("button", { name: "Discard" }).click()
  await expect(card(chat)).toHaveCount(0)
  await expect(chat.answer()).toContainText("Below it runs the river.")
})

test("an unsent instruction is confirmed before it is discarded, and a rejected edit can be retried", async ({
  chat,
}) => {
  const answer = await chat.askAndWait(TEXT)
  await select(answer, "Below it", "river")
  await toolbar(chat).getByRole("button", { name: "Change…" }).click()
  const dialog = chat.page.getByRole("dialog", { name: "Change selected text" })
  await expect(dialog).toContainText("Below it runs the river")
  await check(chat.page, "the dialog of a change")
  await dialog.getByRole("textbox").fill("in lower case")
  await chat.page.keyboard.press("Escape")
  await chat.page.getByRole("button", { name: "Keep editing" }).click()
  await expect(dialog.getByRole("textbox")).toHaveValue("in lower case")
  await chat.page.route("**/api/chat", (route) =>
    route.fulfill({ status: 429, json: { error: { code: "limit:reached", message: "Too many." } } }),
  )
  await dialog.getByRole("button", { name: "Change", exact: true }).click()
  await expect(chat.page.getByText("Too many.")).toBeVisible()
  await expect(chat.answer()).toContainText("Below it runs the river.")
  await chat.page.unroute("**/api/chat")
  await chat.page.getByRole("button", { name: "Retry" }).click()
  await expect(card(chat).getByRole("button", { name: "Use this change" })).toBeVisible()
  await expect(card(chat)).toContainText("below it runs the river")
})
