/** A document from the upload to the page that an answer mentions; with a password; and inaccessible to others. */
import { docxFile, withParts } from "@/lib/documents/read/office.fixture"
import { encryptedPdf, plainPdf } from "@/lib/documents/read/pdf.fixture"
import { checkBothThemes } from "../support/axe"
import { type ChatPage, expect, test } from "../support/fixtures"
import { redCircle } from "../support/pictures"

const attach = async ({ page }: ChatPage, name: string, bytes: Uint8Array, mimeType = "application/pdf") =>
  page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({ name, mimeType, buffer: Buffer.from(bytes) })

const viewerOf = ({ page }: ChatPage) => page.getByRole("complementary", { name: /^Document / })

test("a PDF is attached, asked about, and opened at the page cited in the answer", async ({ chat }) => {
  const { page } = chat
  await page.setViewportSize({ width: 1440, height: 900 })
  await attach(chat, "Report.pdf", await plainPdf(9))
  await expect(page.getByRole("button", { name: /Report\.pdf.*PDF, 9 pages/ })).toBeVisible()
  await chat.askAndWait("[[echo]] Where is it?\n\nIt says so on page 7, see p. 99.")
  const card = chat
    .articles("user")
    .first()
    .getByRole("button", { name: /Report\.pdf/ })
  await expect(card).toContainText("Read as text")
  // The echo starts with the document, as the model received it.
  await expect(chat.answer()).toContainText("Line 1 of page 9 says the word9.")
  const said = chat.answer().getByRole("paragraph").filter({ hasText: "It says so on" })
  const link = said.getByRole("link")
  await expect(link).toHaveCount(1)
  await expect(link).toHaveText("page 7")
  await link.click()
  const viewer = viewerOf(chat)
  await expect(viewer.getByRole("region", { name: "Page 7" })).toBeInViewport()
  await expect(viewer.getByRole("spinbutton", { name: "Page" })).toHaveValue("7")
  // The words are over the image, and can be selected and quoted.
  const line = viewer.getByRole("region", { name: "Page 7" }).getByText("Line 1 of page 7 says the word7.")
  await expect(line).toBeAttached()
  await line.evaluate((element) => window.getSelection()?.selectAllChildren(element))
  await viewer.getByRole("button", { name: "Quote" }).click()
  await expect(chat.message).toHaveValue("> Line 1 of page 7 says the word7.\n\n")
  // Conversation and document are side by side.
  const between = async () => {
    const [panel, log] = [await viewer.boundingBox(), await chat.message.boundingBox()]
    return (panel?.x ?? 0) - (log?.x ?? 0) - (log?.width ?? 0)
  }
  await expect.poll(between).toBeGreaterThanOrEqual(0)
  await checkBothThemes(page, "a document beside the chat")
  await viewer.getByRole("searchbox", { name: "Search in document" }).fill("word4")
  await expect(viewer.getByRole("status").filter({ hasText: "1 of 10" })).toBeVisible()
  await expect(viewer.getByRole("region", { name: "Page 4" })).toBeInViewport()
  await page.keyboard.press("Escape")
  await page.keyboard.press("Escape")
  await expect(viewer).toBeHidden()
  await chat.reload()
  // A long answer becomes interactive behind the composer.
  await expect(async () => {
    await link.click()
    await expect(viewer).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await expect(viewer.getByRole("region", { name: "Page 7" })).toBeInViewport()
  // Text that only the document contains is found, with its page.
  await page.keyboard.press("ControlOrMeta+k")
  await page.getByRole("combobox", { name: "Search chats" }).fill("word8")
  await page.getByRole("option", { name: /Report\.pdf · Page 8/ }).click()
  await expect(viewer.getByRole("region", { name: "Page 8" })).toBeInViewport()
})

test("pages are selected before it is sent, and errors are shown", async ({ chat, modelServer }) => {
  const { page } = chat
  await attach(chat, "Report.pdf", await plainPdf(9))
  await page.getByRole("button", { name: /Report\.pdf.*PDF, 9 pages/ }).click()
  const dialog = page.getByRole("dialog", { name: "Report.pdf" })
  await dialog.getByRole("textbox", { name: "Pages" }).fill("12")
  await expect(dialog.getByText("Use numbers from 1 to 9")).toBeVisible()
  await dialog.getByRole("textbox", { name: "Pages" }).fill("2-3")
  await dialog.getByRole("radio", { name: /^Images/ }).check()
  await dialog.getByRole("button", { name: "Done" }).click()
  await expect(page.getByRole("button", { name: /pages 2–3 of 9.*Read as images/ })).toBeVisible()
  await chat.askAndWait("[[echo]] hello")
  await expect(
    chat
      .articles("user")
      .first()
      .getByRole("button", { name: /Report\.pdf/ }),
  ).toContainText("pages 2–3 of 9")
  const sent = JSON.stringify(modelServer.requests.map(({ body }) => body))
  expect(sent.match(/data:image\/jpeg;base64/g)?.length).toBeGreaterThanOrEqual(2)
  expect(sent).toContain('-page number=\\"2\\"')
})

test("an encrypted PDF asks for its password", async ({ chat }) => {
  const { page } = chat
  await attach(chat, "secret.pdf", encryptedPdf("open sesame"))
  await page.getByRole("button", { name: /secret\.pdf.*Password-protected/ }).click()
  const dialog = page.getByRole("dialog", { name: "secret.pdf" })
  await dialog.getByLabel("Password").fill("wrong")
  await dialog.getByRole("button", { name: "Unlock" }).click()
  await expect(dialog.getByRole("alert")).toContainText("isn't the password")
  await dialog.getByLabel("Password").fill("open sesame")
  await page.keyboard.press("Enter")
  await expect(dialog.getByText("PDF, 1 page")).toBeVisible()
  await dialog.getByRole("button", { name: "Done" }).click()
  await chat.askAndWait("[[echo]] hello")
  await expect(
    chat
      .articles("user")
      .first()
      .getByRole("button", { name: /secret\.pdf/ }),
  ).toBeVisible()
})

test("on a phone the viewer is full-screen, an office document shows its text and offers its images, and no other user sees it", async ({
  chat,
  browser,
}) => {
  const { page } = chat
  await page.setViewportSize({ width: 390, height: 800 })
  const mimeType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
  const birds = withParts(await docxFile(), { "word/media/owl.png": await redCircle() })
  await attach(chat, "Birds.docx", birds, mimeType)
  // During the upload, the only button with its name removes it.
  await page.getByRole("button", { name: /Birds\.docx.*Word/ }).click()
  const dialog = page.getByRole("dialog", { name: "Birds.docx" })
  await dialog.getByRole("button", { name: "Add its image" }).click()
  await expect(dialog.getByRole("status").filter({ hasText: "1 image added." })).toBeVisible()
  await dialog.getByRole("button", { name: "Done" }).click()
  await expect(
    page
      .getByRole("list", { name: "Attached files" })
      .getByRole("button", { name: /owl\.png/ })
      .first(),
  ).toBeVisible()
  await chat.askAndWait("[[echo]] hello")
  await chat
    .articles("user")
    .first()
    .getByRole("button", { name: /Birds\.docx.*Word/ })
    .click()
  const viewer = viewerOf(chat)
  await expect(viewer.getByRole("cell", { name: "Lark" })).toBeVisible()
  await expect.poll(() => viewer.boundingBox()).toMatchObject({ x: 0, width: 390 })
  const path = await viewer.getByRole("link", { name: "Download" }).getAttribute("href")
  const stranger = await browser.newContext()
  const other = await stranger.newPage()
  await other.goto(new URL("/", page.url()).href)
  for (const address of [
    path ?? "",
    (path ?? "").replace("/original", ""),
    (path ?? "").replace("original", "pages?from=1&to=1"),
  ])
    expect((await other.request.get(new URL(address, page.url()).href)).status()).toBe(404)
  await stranger.close()
})
