/** Writing a message: text files, long pastes, message history. */
import { z } from "zod"
import { checkBothThemes } from "@/e2e/support/axe"
import { type ChatPage, expect, test } from "@/e2e/support/fixtures"
import { waitUntilInteractive } from "@/e2e/support/interactive"
import { blueSquare } from "@/e2e/support/pictures"

const wireBody = z.looseObject({
  stream: z.boolean().optional(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
})

interface Given {
  name: string
  type: string
  bytes: number[]
}
const bytesOf = (text: string) => [...Buffer.from(text)]

/** Pastes the clipboard's content into the field. */
const paste = ({ message }: ChatPage, { text = "", files = [] }: { text?: string; files?: Given[] }) =>
  message.evaluate(
    (field, given) => {
      const data = new DataTransfer()
      if (given.text) data.setData("text/plain", given.text)
      for (const { name, type, bytes } of given.files) data.items.add(new File([new Uint8Array(bytes)], name, { type }))
      field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
    },
    { text, files },
  )

async function drop({ page }: ChatPage, given: Given): Promise<void> {
  const dataTransfer = await page.evaluateHandle(({ name, type, bytes }) => {
    const data = new DataTransfer()
    data.items.add(new File([new Uint8Array(bytes)], name, { type }))
    return data
  }, given)
  const main = page.getByRole("main")
  for (const event of ["dragenter", "dragover", "drop"]) await main.dispatchEvent(event, { dataTransfer })
}

async function choose({ page }: ChatPage, name: string, buffer: Buffer): Promise<void> {
  const chooser = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Attach images", exact: true }).click()
  await (await chooser).setFiles({ name, mimeType: "application/octet-stream", buffer })
}

test("text files are attached, opened, sent with the message, kept, edited around, shared and found", async ({
  chat,
  modelServer,
}) => {
  const { page } = chat
  const attached = page.getByRole("list", { name: "Attached files" })
  const dialog = page.getByRole("dialog")
  const table = 'city,people\nParis,2100000\n"Bergen, Norway",290000\n'

  // By button, drop, and paste; the type is detected from the bytes.
  await choose(chat, "cities.csv", Buffer.from(`\ufeff${table}`))
  await drop(chat, { name: "odd.png.py", type: "", bytes: bytesOf("def kumquat():\n    return '```'\n") })
  await paste(chat, { files: [{ name: "notes.md", type: "text/markdown", bytes: bytesOf("# Notes\n") }] })
  await expect(attached.getByRole("button", { name: /^Open/ })).toHaveText([
    /cities\.csv.*3 lines, 50 B/,
    /odd\.png\.py.*2 lines/,
    /notes\.md.*1 line,/,
  ])
  await choose(chat, "old.csv", Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65]))
  await choose(chat, "huge.log", Buffer.alloc(1_300_000, "x"))
  await expect(attached.getByRole("alert")).toHaveText([
    /“old\.csv” uses an old text encoding/,
    /“huge\.log” \(1\.3 MB\) is too large/,
  ])
  // They would be missing, so sending is refused with a message.
  await chat.message.fill("Look at these")
  await chat.send.click()
  const held = page.getByRole("alert").filter({ hasText: "would be missing" })
  await expect(held).toContainText("“old.csv” and “huge.log”")
  await expect(held.getByRole("button", { name: "Send without them" })).toBeVisible()
  await checkBothThemes(page, "a file that failed")
  await expect(chat.articles("user")).toHaveCount(0)
  for (const name of ["Remove old.csv", "Remove huge.log"]) await page.getByRole("button", { name }).click()
  await expect(held).toHaveCount(0)
  await expect(chat.message).toBeFocused()

  // A failed upload is retried from the last received byte.
  await page.context().setOffline(true)
  await choose(chat, "blue.png", await blueSquare())
  await expect(attached.getByRole("alert")).toHaveText(/blue\.png: Can't reach Sparkler/)
  await page.context().setOffline(false)
  await attached.getByRole("button", { name: "Retry blue.png" }).click()
  await expect(attached.getByRole("img", { name: "blue.png" })).toBeVisible()
  await expect(attached.getByRole("status")).toHaveCount(0)
  await page.getByRole("button", { name: "Remove blue.png" }).click()

  // A table opens as a table; its text can be edited before sending.
  await attached.getByRole("button", { name: /^Open cities/ }).click()
  await expect(dialog.getByRole("cell", { name: "Bergen, Norway" })).toBeVisible()
  await checkBothThemes(page, "a table in the draft")
  await dialog.getByRole("button", { name: "Text", exact: true }).click()
  await dialog.getByRole("textbox", { name: "Text of cities.csv" }).fill(table.replace("2100000", "2200000"))
  await checkBothThemes(page, "a file that is changed")
  await page.keyboard.press("Escape")
  await expect(attached.getByRole("button", { name: /^Open cities/ })).toBeFocused()

  // The draft and its files survive a reload.
  await chat.message.fill("Which is larger?")
  await chat.message.blur()
  await chat.reload()
  await expect(chat.message).toHaveValue("Which is larger?")
  await expect(attached.getByRole("button", { name: /^Open/ })).toHaveCount(3)
  await page.getByRole("button", { name: "Remove notes.md" }).click()
  await checkBothThemes(page, "a draft with files")

  await chat.send.click()
  const answer = await chat.ended()
  await expect(answer).toContainText("2 numbers from 290,000 to 2,200,000")
  const asked = modelServer.requests
    .map(({ body }) => wireBody.safeParse(body).data)
    .filter((body) => body?.stream && JSON.stringify(body).includes("Which is larger?"))
  expect(asked).toHaveLength(1)
  expect(asked[0]?.messages.at(-1)).toEqual({
    role: "user",
    content: [
      {
        type: "text",
        text: expect.stringMatching(
          /\n<attached-file-1 name="cities\.csv" type="text\/csv">\ncity,people\nParis,2200000\n"Bergen, Norway",290000\n\n<\/attached-file-1>$/,
        ),
      },
      { type: "text", text: expect.stringContaining('name="odd.png.py" type="text/plain">\ndef kumquat():') },
      { type: "text", text: "Which is larger?" },
    ],
  })

  // They can be opened again from the question, with code highlighted.
  const question = chat.articles("user").last()
  await question.getByRole("button", { name: /odd\.png\.py/ }).click()
  await expect(dialog.locator("code span[style]").first()).toBeVisible()
  await checkBothThemes(page, "code of a question")
  await page.keyboard.press("Escape")
  await question.hover()
  await question.getByRole("button", { name: "Copy message" }).click()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain("Which is larger?\n\ncities.csv:\n\ncity,")

  // Another question about the same files.
  await question.getByRole("button", { name: "Edit message" }).click()
  await expect(page.getByRole("textbox", { name: "Edit message" })).toBeFocused()
  await expect(question.getByRole("button", { name: "Remove odd.png.py" })).toBeVisible()
  await expect(question.getByRole("button", { name: /^Open/ })).toHaveCount(2)
  await question.getByRole("button", { name: /^Open odd/ }).click()
  await expect(dialog.locator("code span[style]").first()).toBeVisible()
  await page.keyboard.press("Escape")
  await page.getByRole("textbox", { name: "Edit message" }).fill("Which is smaller?")
  await page.keyboard.press("Enter")
  await expect(question).toContainText("2 / 2")
  await chat.ended()
  await expect(question.getByRole("button", { name: /^Open/ })).toHaveCount(2)
  const again = modelServer.requests.map(({ body }) => JSON.stringify(body) ?? "")
  expect(again.filter((body) => body.includes("smaller?") && body.includes("Paris,2200000"))).not.toHaveLength(0)

  // Search finds their content.
  const search = page.getByRole("dialog", { name: "Search" })
  await page.keyboard.press("Control+k")
  await expect(search).toBeVisible()
  await page.keyboard.type("kumquat")
  await expect(search.getByRole("option").filter({ hasText: "def kumquat" }).first()).toBeVisible()
  await page.keyboard.press("Escape")

  await page.getByRole("button", { name: "Share" }).click()
  await dialog.getByRole("button", { name: /create link/i }).click()
  await page.goto(await dialog.getByRole("textbox", { name: "Link" }).inputValue())
  await waitUntilInteractive(page.getByRole("button", { name: /cities\.csv/ }))
  await page.getByRole("button", { name: /cities\.csv/ }).click()
  await expect(dialog.getByRole("cell", { name: "2200000" })).toBeVisible()
})

test("a long paste becomes a file, and can be turned back into text", async ({ chat }) => {
  const { page } = chat
  const attached = page.getByRole("list", { name: "Attached files" })
  const long = Array.from({ length: 80 }, (_, line) => `line  ${line} <b>&amp;</b>`).join("\n")
  await chat.message.fill("Look: . Thanks")
  await chat.message.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(6, 6))
  await paste(chat, { text: "short" })
  await expect(attached).toHaveCount(0)
  await paste(chat, { text: long })
  await expect(attached.getByRole("button", { name: /Pasted text\.txt.*80 lines/ })).toBeVisible()
  await page.getByRole("button", { name: "Paste as text" }).click()
  await expect(attached).toHaveCount(0)
  await expect(chat.message).toHaveValue(`Look: ${long}. Thanks`)
  // Undo restores the file, redo its text.
  await page.keyboard.press("Control+z")
  await expect(chat.message).toHaveValue("Look: . Thanks")
  await expect(attached.getByRole("button", { name: /Pasted text\.txt.*80 lines/ })).toBeVisible()
  await page.keyboard.press("Control+Shift+z")
  await expect(chat.message).toHaveValue(`Look: ${long}. Thanks`)
  await expect(attached).toHaveCount(0)

  await paste(chat, { text: long })
  await attached.getByRole("button", { name: /^Open Pasted text/ }).click()
  await page.getByRole("button", { name: "Paste into message instead" }).click()
  await expect(attached).toHaveCount(0)
  await expect(chat.message).toHaveValue(`Look: ${long}${long}. Thanks`)

  // Pastes as is if requested.
  await chat.message.fill("")
  await page.evaluate((text) => navigator.clipboard.writeText(text), long)
  await chat.message.press("Control+Shift+v")
  await expect(chat.message).toHaveValue(long)
  await expect(attached).toHaveCount(0)
})

test("↑ in an empty field recalls sent messages, and never overwrites a draft", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("first question")
  await chat.message.fill("second\nquestion")
  await chat.message.press("Enter")
  await expect(chat.articles("assistant")).toHaveCount(2)
  await chat.ended()
  await expect(chat.message).toHaveValue("")
  await chat.message.press("ArrowUp")
  await expect(chat.message).toHaveValue("second\nquestion")
  await expect(page.getByRole("status").filter({ hasText: "Sent message 1 of 2" })).toBeAttached()
  // The down arrow moves the cursor; ↑ at the start continues through the history.
  await chat.message.press("ArrowDown")
  await chat.message.press("ArrowUp")
  await expect(chat.message).toHaveValue("second\nquestion")
  await chat.message.press("Home")
  await chat.message.press("ArrowUp")
  await expect(chat.message).toHaveValue("first question")
  await chat.message.press("ArrowDown")
  await chat.message.press("Escape")
  await expect(chat.message).toHaveValue("")
  // Input methods use these keys to choose words.
  await chat.message.dispatchEvent("keydown", { key: "ArrowUp", keyCode: 229, bubbles: true, cancelable: true })
  await expect(chat.message).toHaveValue("")

  // Also available in another conversation, until this one is deleted.
  await page.getByRole("link", { name: "New chat" }).first().click()
  await expect(page).toHaveURL(/\/$/)
  await chat.message.press("ArrowUp")
  await expect(chat.message).toHaveValue("second\nquestion")
  await chat.message.press("Escape")
  const list = page.getByRole("navigation", { name: "Chats" })
  await list
    .getByRole("button", { name: /^Options for/ })
    .first()
    .click()
  await page.getByRole("menuitem", { name: "Delete" }).click()
  await expect(async () => {
    const sent = () => Object.entries(localStorage).filter(([name]) => name.startsWith("sparkler:sent"))
    expect((await page.evaluate(sent)).map(([, value]) => value)).toEqual(["[]"])
  }).toPass()
  await chat.message.press("ArrowUp")
  await expect(chat.message).toHaveValue("")
})
