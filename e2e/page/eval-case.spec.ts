/** A good answer of a chat is saved as the expected answer of an eval case. */
import { check } from "@/e2e/support/axe"
import { type ChatPage, expect, test } from "@/e2e/support/fixtures"

async function openDialog(chat: ChatPage) {
  const { page } = chat
  await chat.answer().getByRole("button", { name: "More actions" }).click()
  await page.getByRole("menuitem", { name: "Save as eval case…" }).click()
  const dialog = page.getByRole("dialog", { name: "Save as eval case" })
  await expect(dialog.getByRole("textbox", { name: "Question" })).toBeVisible()
  return dialog
}

test("an answer is saved as a case: in a new eval, in the same one again, and with its schema when it is structured data", async ({
  chat,
}) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] Paris")
  const dialog = await openDialog(chat)
  await expect(dialog.getByRole("textbox", { name: "Question" })).toHaveValue("[[echo]] Paris")
  await expect(dialog.getByRole("textbox", { name: "Expected text" })).toHaveValue("[[echo]] Paris")
  await expect(dialog).not.toContainText("Earlier messages")
  await check(page, "an answer that becomes a case")
  const save = dialog.getByRole("button", { name: "Save", exact: true })
  await save.click()
  await expect(dialog.getByRole("alert")).toHaveText("Enter a name for the new eval.")
  await dialog.getByRole("textbox", { name: "Name of the new eval" }).fill("Capitals")
  await save.click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText("Saved to “Capitals”")).toBeVisible()

  await page.getByRole("button", { name: "Structured output" }).click()
  await page.getByRole("button", { name: /^Person/ }).click()
  await page.getByRole("button", { name: "Done" }).click()
  await chat.askAndWait("Extract: John Miller is 30 years old")
  await expect(chat.answer()).toContainText("Matches the Person schema")
  const second = await openDialog(chat)
  await expect(second).toContainText("Earlier messages and attachments aren't part of the case.")
  await expect(second.getByRole("combobox", { name: "Eval", exact: true })).toContainText("Capitals")
  await expect(second.getByRole("combobox", { name: "Check" })).toHaveValue("json")
  await expect(second.getByRole("textbox", { name: "Expected JSON (optional)" })).toHaveValue(/John Miller/)
  await second.getByRole("button", { name: "Save", exact: true }).click()
  // In a notice, which disappears by itself.
  await page.getByRole("button", { name: "Open", exact: true }).click()
  await expect(page).toHaveURL(/\/evals\/[\w-]{36}$/)
  await expect(page.getByText("Extract: John Miller is 30 years old")).toBeVisible()
  await expect(page.getByText("[[echo]] Paris").first()).toBeVisible()
})
