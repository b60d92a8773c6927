/** Saved schemas: created as a form and as text, with versions, and used in chats. */
import type { Page } from "@playwright/test"
import { check, checkBothThemes } from "@/e2e/support/axe"
import { expect, test } from "@/e2e/support/fixtures"
import { waitUntilInteractive } from "@/e2e/support/interactive"

const INVOICE = {
  type: "object",
  properties: { number: { type: "string" }, total: { type: "number" } },
  required: ["number", "total"],
  additionalProperties: false,
}
/** The URL of a page or route of the application. */
const at = (page: Page, path: string) => new URL(path, page.url()).href

const uuid = () => crypto.randomUUID()

/** Saves a schema as the page would; returns its id. */
async function kept(page: Page, name: string, schema: object = INVOICE): Promise<string> {
  const id = uuid()
  const data = { id, name, text: JSON.stringify(schema, null, 2) }
  const response = await page.request.post(at(page, "/api/schemas"), {
    data,
    headers: { origin: new URL(page.url()).origin },
  })
  expect(response.status()).toBe(201)
  return id
}

/** Opens a schema and waits until its text has been checked, so that the page is interactive. */
async function opened(page: Page, address: string): Promise<void> {
  const checked = page.waitForResponse((response) => response.url().endsWith("/api/schemas/check"))
  await page.goto(address)
  await checked
}

async function stored(page: Page, id: string): Promise<{ version: number; text: string; name: string }> {
  return (await (await page.request.get(at(page, `/api/schemas/${id}`))).json()).schema
}

const editor = (page: Page) => page.getByRole("textbox", { name: "JSON Schema" })
const tab = (page: Page, name: string) => page.getByRole("tab", { name }).click()
const save = (page: Page) => page.getByRole("button", { name: /^Save/ }).click()
const fieldNames = (page: Page) => page.getByRole("textbox", { name: "Field name" })

test("a schema is built field by field, shown as text, and saved; text and form stay in sync", async ({
  chat: { page },
}) => {
  await page.goto(at(page, "/schemas"))
  await page.getByRole("link", { name: "New schema" }).click()
  await check(page, "beginnings of a schema")
  await waitUntilInteractive(page.getByRole("button", { name: "Start with an empty form" }))
  await page.getByRole("button", { name: "Start with an empty form" }).click()
  await page.getByLabel("Name", { exact: true }).fill("Order")
  await page.getByRole("button", { name: "Add field", exact: true }).click()
  await expect(fieldNames(page)).toBeFocused()
  await page.keyboard.type("lines")
  await fieldNames(page).dispatchEvent("keydown", { key: "Enter", isComposing: true, bubbles: true })
  await expect(fieldNames(page)).toBeFocused()
  await page.keyboard.press("Enter")
  await page.getByLabel("Type of “lines”").selectOption({ label: "Table" })
  await page.getByRole("button", { name: "Add field to “lines”" }).click()
  await page.keyboard.type("price")
  await page.keyboard.press("Enter")
  await page.getByLabel("Type of “price”").selectOption({ label: "Number" })
  await page.getByRole("checkbox", { name: "price: Can be null" }).check()
  await page.getByRole("button", { name: /^More about “price”/ }).click()
  await page.getByLabel("Minimum", { exact: true }).fill("0")
  await page.keyboard.press("Escape")

  await tab(page, "JSON Schema")
  await expect(editor(page)).toContainText('"minimum": 0')
  const written = {
    type: "object",
    properties: {
      lines: {
        type: "array",
        items: {
          type: "object",
          properties: { price: { type: ["number", "null"], minimum: 0 }, note: { type: "string", "x-mine": 1 } },
          required: ["price"],
          additionalProperties: false,
        },
      },
    },
    required: ["lines"],
    additionalProperties: false,
  }
  await editor(page).fill(JSON.stringify(written, null, 2))
  await tab(page, "Form")
  await expect(fieldNames(page)).toHaveCount(3)
  // Keywords that the form doesn't support are listed, and kept.
  await expect(page.getByText("Can only be edited as text: x-mine")).toBeVisible()
  await page.getByLabel("Description of “note”").fill("As it was said")
  await checkBothThemes(page, "a schema as a form")
  await save(page)
  await expect(page).toHaveURL(/\/schemas\/[0-9a-f-]{36}$/)
  await expect(page.getByText("Version 1, saved")).toBeVisible()
  const id = page.url().slice(-36)
  const { text, name } = await stored(page, id)
  expect(name).toBe("Order")
  expect(JSON.parse(text).properties.lines.items.properties.note).toEqual({
    ...{ type: "string", "x-mine": 1, description: "As it was said" },
  })
})

test("fields are reordered by keyboard, and the order is announced", async ({ chat: { page } }) => {
  await opened(page, at(page, `/schemas/${await kept(page, "Ordered")}`))
  await page.getByRole("button", { name: "Move “number”", exact: true }).focus()
  await page.keyboard.press("Alt+ArrowDown")
  await expect(page.getByText("number moved to 2 of 2")).toBeAttached()
  await expect(page.getByRole("button", { name: "Move “number”", exact: true })).toBeFocused()
  await expect(fieldNames(page).first()).toHaveValue("total")
  await page.getByRole("button", { name: "Undo" }).click()
  await expect(fieldNames(page).first()).toHaveValue("number")
  await expect(page.getByText("Version 1, saved")).toBeVisible()
})

test("completion offers suitable suggestions; errors are marked in place, and the list links to them", async ({
  chat: { page },
}) => {
  await opened(page, at(page, `/schemas/${await kept(page, "Typed")}`))
  await tab(page, "JSON Schema")
  await editor(page).fill('{ "properties": { "a": {  } } }')
  for (let step = 0; step < 5; step++) await page.keyboard.press("ArrowLeft")
  await page.keyboard.type("ty")
  await page.getByRole("option", { name: "type", exact: true }).click()
  await expect(page.getByRole("option", { name: "boolean" })).toBeVisible()
  await page.keyboard.type("inte")
  await expect(page.getByRole("option")).toHaveText(["integer"])
  await page.getByRole("option", { name: "integer" }).click()
  await expect(editor(page)).toContainText('"type": "integer"')

  await editor(page).fill('{\n  "type": "object",\n  "properties": { "a": { "type": "strin" } }\n}')
  const place = page.getByRole("button", { name: /^Line 3, column \d+$/ })
  await expect(place).toBeVisible()
  await expect(page.locator(".cm-lintRange-error")).toBeVisible()
  await expect(page.getByText("The schema has errors. Fix them to save.")).toBeVisible()
  await check(page, "a schema with an error")
  await place.click()
  await expect(editor(page)).toBeFocused()
  await editor(page).fill('{\n  "type": "object",,\n}')
  await expect(page.getByRole("button", { name: "Line 2, column 20" })).toBeVisible()
})

test("constraints Fireworks doesn't enforce are listed before sending, and fixed with a click", async ({
  chat: { page },
}) => {
  const open = { type: "object", properties: { kind: { const: "x" } } }
  await opened(page, at(page, `/schemas/${await kept(page, "Open", open)}`))
  await expect(page.getByText("The model may add other fields here.")).toBeVisible()
  await page.getByRole("button", { name: "Don't allow other fields" }).click()
  await page.getByRole("button", { name: "Use “enum”" }).click()
  await expect(page.getByRole("region", { name: "Good to know" })).toHaveCount(0)
  await save(page)
  await expect(page.getByText("Version 2, saved")).toBeVisible()
  expect(JSON.parse((await stored(page, page.url().slice(-36))).text)).toEqual({
    ...{ type: "object", properties: { kind: { enum: ["x"] } }, additionalProperties: false },
  })
})

test("each save is a version: its changes are shown, and an earlier one can be restored", async ({
  chat: { page },
}) => {
  await opened(page, at(page, `/schemas/${await kept(page, "Versioned")}`))
  await page.getByRole("button", { name: "Remove “total”" }).click()
  await page.getByLabel("Type of “number”").selectOption({ label: "Whole number" })
  await page.getByLabel("What's new in this version (optional)").fill("numbers only")
  await save(page)
  await expect(page.getByText("Version 2, saved")).toBeVisible()
  await tab(page, "Versions")
  await expect(page.getByText("numbers only")).toBeVisible()
  await page.getByRole("button", { name: "Changes in 2" }).click()
  const changes = page.getByRole("list", { name: "Changed fields" })
  await expect(changes.getByRole("listitem")).toHaveText([/number.*Text.*Whole number/, /Removed.*total.*Number/])
  await page.getByText("Show as text").click()
  await expect(page.locator("pre").filter({ hasText: '"total": {' })).toBeVisible()
  await checkBothThemes(page, "versions of a schema")
  await page.getByRole("button", { name: "Restore version 1" }).click()
  await expect(page.getByText("restored from version 1")).toBeVisible()
  await expect(page.getByText("Version 3, saved")).toBeVisible()
  await tab(page, "Form")
  await expect(fieldNames(page)).toHaveCount(2)
})

test("two tabs: the one that saves later overwrites nothing unless the user confirms", async ({
  chat: { page },
  context,
}) => {
  const id = await kept(page, "Shared")
  await opened(page, at(page, `/schemas/${id}`))
  const other = await context.newPage()
  await opened(other, at(page, `/schemas/${id}`))
  await other.getByRole("button", { name: "Remove “total”" }).click()
  await save(other)
  await expect(other.getByText("Version 2, saved")).toBeVisible()
  await page.getByLabel("Description of “number”").fill("As printed")
  await page.getByLabel("What's new in this version (optional)").fill("descriptions")
  await save(page)
  const notice = page.getByRole("alert").filter({ hasText: "changed elsewhere" })
  await expect(notice).toContainText("version 2")
  await notice.getByRole("button", { name: "Compare with mine" }).click()
  await expect(notice.getByRole("list", { name: "Changed fields" })).toContainText("total")
  await check(page, "a schema that was changed elsewhere")
  expect((await stored(page, id)).version).toBe(2)
  await notice.getByRole("button", { name: "Save mine as the newest version" }).click()
  await expect(page.getByText("Version 3, saved")).toBeVisible()
  expect((await stored(page, id)).text).toContain("As printed")
  // The version's note isn't lost when saving is refused.
  await tab(page, "Versions")
  const versions = page.getByRole("tabpanel", { name: "Versions" }).getByRole("listitem")
  await expect(versions.filter({ hasText: "Version 3" })).toContainText("descriptions")
  await other.close()
})

test("a chat uses a saved schema, reports when it has changed, and is listed where the schema is used", async ({
  chat,
}) => {
  const { page } = chat
  const id = await kept(page, "Bill of sale")
  await page.getByRole("button", { name: "Structured output", exact: true }).click()
  const dialog = page.getByRole("dialog", { name: "Structured output" })
  await dialog.getByRole("button", { name: "Bill of sale" }).click()
  await expect(dialog.getByText("Bill of sale, version 1")).toBeVisible()
  await dialog.getByRole("button", { name: "Done" }).click()
  await chat.askAndWait("Invoice number R-7, total 12.50")
  await expect(chat.articles("assistant").last()).toContainText("12.5")

  await page.request.patch(at(page, `/api/schemas/${id}`), {
    data: { revision: 1, text: JSON.stringify({ ...INVOICE, title: "Newer" }) },
    headers: { origin: new URL(page.url()).origin },
  })
  await page.getByRole("button", { name: "Structured output", exact: true }).click()
  await expect(dialog.getByText("“Bill of sale” has changed since then. The newest version is 2.")).toBeVisible()
  await check(page, "a kept schema that has changed")
  await dialog.getByRole("button", { name: "Use version 2" }).click()
  await expect(dialog.getByText("Bill of sale, version 2")).toBeVisible()
  await dialog.getByRole("button", { name: "Done" }).click()

  const address = new URL(page.url()).pathname
  await opened(page, at(page, `/schemas/${id}`))
  await tab(page, "Used by")
  const link = page.locator(`main a[href="${address}"]`)
  await expect(link).toBeVisible()
  await expect(page.getByText("version 1", { exact: true })).toBeVisible()
  await link.click()
  await expect(chat.articles("assistant").last()).toContainText("12.5")
})

test("a schema written in the composer is saved, found, copied, deleted, and restored", async ({ chat: { page } }) => {
  await page.getByRole("button", { name: "Structured output", exact: true }).click()
  const dialog = page.getByRole("dialog", { name: "Structured output" })
  await dialog.getByRole("button", { name: /^Custom/ }).click()
  await dialog.getByLabel("Schema name").fill("Card")
  await dialog.getByLabel("JSON Schema").fill('{ "type": "object", "properties": { "a": { "type": "string" } } }')
  await expect(dialog.getByText("1 thing to know about Fireworks")).toBeVisible()
  await dialog.getByRole("button", { name: "Save to my schemas" }).click()
  await expect(dialog.getByText("Saved “Card” to your schemas")).toBeVisible()
  await dialog.getByRole("button", { name: "Manage schemas" }).click()
  await expect(page).toHaveURL(/\/schemas$/)
  await page.getByRole("button", { name: "Duplicate “Card”" }).click()
  await expect(page.getByRole("link", { name: /Card \(copy\)/ })).toBeVisible()
  await page.getByRole("button", { name: "Delete “Card”", exact: true }).click()
  // Hovering pauses the notice's timer.
  await page.getByRole("button", { name: "Undo" }).hover()
  await expect(page.getByRole("button", { name: "Delete “Card”", exact: true })).toHaveCount(0)
  await expect(page.getByRole("link", { name: "New schema" })).toBeFocused()
  await page.getByRole("button", { name: "Undo" }).click()
  await expect(page.getByRole("button", { name: "Delete “Card”", exact: true })).toBeVisible()
  await checkBothThemes(page, "the library of schemas")
})

test("a description becomes a schema, through the model server", async ({ chat: { page }, modelServer }) => {
  await page.goto(at(page, "/schemas/new"))
  await waitUntilInteractive(page.getByLabel("Describe the data"))
  await page
    .getByLabel("Describe the data")
    .fill("For each job posting: title, salary (optional), whether it's remote, and a list of skills")
  await page.getByRole("button", { name: "Write the schema" }).click()
  await expect(fieldNames(page)).toHaveCount(5)
  await expect(page.getByLabel("Type of “remote”")).toHaveValue("boolean")
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Job posting")
  const asked = modelServer.requests
    .map(({ body }) => JSON.stringify(body))
    .filter((body) => body?.includes("job posting"))
  expect(asked).toHaveLength(1)
})

test("on a phone nothing is cut off, and unsaved changes are confirmed", async ({ chat: { page } }) => {
  await page.setViewportSize({ width: 390, height: 780 })
  await opened(page, at(page, `/schemas/${await kept(page, "Pocket")}`))
  await page.getByLabel("Description of “total”").fill("With tax")
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBe(390)
  await check(page, "a schema on a phone")
  await page.getByRole("link", { name: "Schemas" }).click()
  const question = page.getByRole("dialog", { name: "Discard changes?" })
  await question.getByRole("button", { name: "Keep editing" }).click()
  await expect(page.getByLabel("Description of “total”")).toHaveValue("With tax")
})

test("in German, too", async ({ chat: { page } }) => {
  await page.context().addCookies([{ name: "sparkler.language", value: "de", url: page.url() }])
  await page.goto(at(page, "/schemas"))
  await expect(page.getByRole("heading", { name: "Schemas" })).toBeVisible()
  await page.getByRole("link", { name: "Neues Schema" }).click()
  const begin = page.getByRole("button", { name: "Mit leerem Formular beginnen" })
  await waitUntilInteractive(begin)
  await begin.click()
  await page.getByRole("button", { name: "Feld hinzufügen", exact: true }).click()
  await expect(page.getByLabel("Feldname")).toHaveValue("feld")
})
