/** Prompts of the library, and commands after a slash. */
import type { Page } from "@playwright/test"
import { check } from "@/e2e/support/axe"
import { type ChatPage, expect, test } from "@/e2e/support/fixtures"

async function writePrompt(page: Page, command: string, text: string) {
  await page.getByRole("button", { name: "New prompt" }).click()
  await page.getByRole("textbox", { name: "Command" }).fill(command)
  await page.getByRole("textbox", { name: "Text" }).fill(text)
  await page.getByRole("button", { name: "Save" }).click()
  await expect(page.getByText(`/${command}`, { exact: true })).toBeVisible()
}

const activeOption = (chat: ChatPage) =>
  chat.message.evaluate((field) => {
    const id = field.getAttribute("aria-activedescendant")
    return id ? (document.getElementById(id)?.textContent ?? "none") : "none"
  })

test("prompts are saved in a library and inserted by their command, with variables filled in", async ({ chat }) => {
  const { page } = chat
  await page.keyboard.press("Control+k")
  await expect(page.getByRole("dialog", { name: "Search" })).toBeVisible()
  await page.keyboard.type("prompt lib")
  await page.getByRole("option", { name: "Prompt library" }).click()
  const library = page.getByRole("dialog", { name: "Prompt library" })
  await expect(library.getByRole("button", { name: "New prompt" })).toBeFocused()
  await writePrompt(page, "translate", "Translate into {{language|French}}: {{text}}")
  await writePrompt(page, "thanks", "Thank you.")
  await library.getByRole("button", { name: "Delete /thanks" }).click()
  await expect(library.getByText("/thanks", { exact: true })).toHaveCount(0)
  await library.getByRole("button", { name: "Undo" }).press("Enter")
  await expect(library.getByText("/thanks", { exact: true })).toBeVisible()
  await library.getByRole("button", { name: "Done" }).click()
  await expect(library).toHaveCount(0)

  // By keyboard only; the field keeps the focus and announces the active option.
  await chat.message.focus()
  await page.keyboard.type("/t")
  await expect(page.getByRole("listbox", { name: "Commands and prompts" })).toBeVisible()
  await expect.poll(() => activeOption(chat)).toMatch(/^\/thanks/)
  await page.keyboard.press("ArrowDown")
  await expect.poll(() => activeOption(chat)).toMatch(/^\/translate/)
  await page.keyboard.press("Enter")
  const form = page.getByRole("dialog", { name: "/translate" })
  await expect(form.getByLabel("language")).toBeFocused()
  await page.keyboard.press("Tab")
  await page.keyboard.type("Good day")
  await page.keyboard.press("Enter")
  await expect(chat.message).toHaveValue("Translate into French: Good day")
  await expect(chat.message).toBeFocused()
  await expect(chat.articles("user")).toHaveCount(0)

  // Escape keeps the text, which is then sent like any other message.
  await chat.message.fill("/thanks")
  await expect(page.getByRole("listbox", { name: "Commands and prompts" })).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(page.getByRole("listbox", { name: "Commands and prompts" })).toHaveCount(0)
  await expect(chat.message).toHaveValue("/thanks")
  await page.keyboard.press("Enter")
  await chat.ended()
  await expect(chat.articles("user")).toContainText("/thanks")

  await chat.message.fill("/model kimi")
  await expect(page.getByRole("option").first()).toHaveText(/^\/model\s*Kimi K3/)
  await page.keyboard.press("Tab")
  await expect(page.getByRole("combobox", { name: "Model" })).toContainText("Kimi")
  // A misspelled command isn't sent by accident; the list suggests the right one.
  await chat.message.fill("/modle")
  await expect(page.getByText("Did you mean /model?")).toBeVisible()
  await chat.message.press("Enter")
  const held = page.getByRole("alert").filter({ hasText: "There's no command /modle." })
  await held.getByRole("button", { name: "Use /model" }).click()
  await expect(chat.message).toHaveValue("/model")
  await expect(page.getByRole("option", { name: /^\/model/ })).toBeVisible()
  await chat.message.fill("/modle kimi")
  await chat.send.click()
  await expect(held).toBeVisible()
  await check(page, "a message that is nearly a command")
  await expect(chat.articles("user")).toHaveCount(1)
  await chat.message.press("Enter")
  await expect(chat.articles("assistant")).toHaveCount(2)
  await chat.ended()
  await chat.message.fill("/usr/bin is a path")
  await chat.message.press("Enter")
  await expect(chat.articles("user")).toHaveCount(3)
  await expect(chat.articles("assistant")).toHaveCount(3)
  await chat.ended()

  await chat.message.fill("/temp")
  await page.keyboard.press("Enter")
  await expect(page.getByRole("heading", { name: "Nothing here is saved" })).toBeVisible()
  await expect(page).toHaveURL(/\?temporary/)
})
