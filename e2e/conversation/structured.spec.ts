/**
 * Structured output with a custom schema: the schema from a type, the answer as a file, the schema as code, the request
 * as a program.
 */
import { readFile } from "node:fs/promises"
import { check } from "@/e2e/support/axe"
import { expect, test } from "@/e2e/support/fixtures"

const TYPES = `interface Person {
  name: string
  age?: number
}`

test("a pasted type becomes a schema; its answer is saved as a table, its schema and request are copied", async ({
  chat,
}) => {
  const { page } = chat
  await page.getByRole("button", { name: "Structured output" }).click()
  const dialog = page.getByRole("dialog", { name: "Structured output" })
  await dialog.getByRole("button", { name: /^Custom/ }).click()
  const schema = dialog.getByLabel("JSON Schema", { exact: true })
  await schema.fill("interface Person { boss: Other }")
  await expect(dialog.getByText("Paste the type “Other”, too.")).toBeVisible()
  await schema.fill(TYPES)
  await check(page, "a type that can be converted")
  await dialog.getByRole("button", { name: "Convert to JSON Schema" }).click()
  await expect(schema).toBeFocused()
  await expect(schema).toHaveValue(/"properties"/)
  await expect(dialog.getByLabel("Schema name")).toHaveValue("Person")
  await dialog.getByRole("button", { name: "Done" }).click()

  await chat.askAndWait("John is 30 years old.")
  const data = chat.answer().getByRole("region", { name: "Data: Person" })
  const more = data.getByRole("button", { name: "More formats" })
  await more.click()
  const download = page.waitForEvent("download")
  await page.getByRole("menuitem", { name: "CSV" }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toBe("person.csv")
  expect(await readFile(await saved.path(), "utf8")).toMatch(/^(\uFEFF)?name,age\r\n/)
  await more.click()
  const workbook = page.waitForEvent("download")
  await page.getByRole("menuitem", { name: "Excel" }).click()
  expect((await workbook).suggestedFilename()).toBe("person.xlsx")
  await more.click()
  await page.getByRole("menuitem", { name: "TypeScript type" }).click()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toContain("export interface Person {\n  name: string\n  age?: number\n}")

  await chat.answer().hover()
  await chat.answer().getByRole("button", { name: "More actions" }).click()
  await page.getByRole("menuitem", { name: "Get code…" }).click()
  const code = page.getByRole("dialog", { name: "Get code" })
  await expect(code).toContainText("/chat/completions")
  await check(page, "the request as code")
  await code.getByRole("tab", { name: "Python (openai)" }).click()
  await expect(code).toContainText("from openai import OpenAI")
  await expect(code).toContainText("John is 30 years old.")
})
