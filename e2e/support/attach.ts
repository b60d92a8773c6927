/** Attaching files as a person does: by button, paste, or drop. */
import type { Locator } from "@playwright/test"
import sharp from "sharp"
import type { ChatPage } from "./fixtures"

export interface Given {
  name: string
  type: string
  bytes: Buffer
}

/** An image of one color. */
export const colored = (color: string, width = 240, height = 160): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: color } })
    .png()
    .toBuffer()

/** An incompressible image, whose upload takes a while. */
export async function noisy(width: number, height: number): Promise<Buffer> {
  const bytes = Buffer.alloc(width * height * 3)
  let state = 7
  for (let at = 0; at < bytes.length; at++) {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    bytes[at] = state >> 16
  }
  return sharp(bytes, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer()
}

export const attachedOf = ({ page }: ChatPage): Locator => page.getByRole("list", { name: "Attached files" })

/** Chooses files with the button. */
export async function choose({ page }: ChatPage, files: { name: string; buffer: Buffer }[], button = "Attach images") {
  const chooser = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: button, exact: true }).click()
  await (await chooser).setFiles(files.map((file) => ({ mimeType: "image/png", ...file })))
}

/** Pastes the clipboard's content into the field. */
export const paste = (
  { message }: ChatPage,
  { text = "", html = "", files = [] }: { text?: string; html?: string; files?: Given[] },
) =>
  message.evaluate(
    (field, given) => {
      const data = new DataTransfer()
      if (given.text) data.setData("text/plain", given.text)
      if (given.html) data.setData("text/html", given.html)
      for (const { name, type, bytes } of given.files) data.items.add(new File([new Uint8Array(bytes)], name, { type }))
      field.focus()
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
      if (field.dispatchEvent(event) && given.text) document.execCommand("insertText", false, given.text)
    },
    { text, html, files: files.map(({ bytes, ...file }) => ({ ...file, bytes: [...bytes] })) },
  )

/** Drops files and folders from disk onto the page, in the form in which the browser receives them from the system. */
export async function dropPaths({ page }: ChatPage, paths: string[]): Promise<void> {
  const client = await page.context().newCDPSession(page)
  const data = { items: [], files: paths, dragOperationsMask: 1 }
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await client.send("Input.dispatchDragEvent", { type, x: 640, y: 300, data })
  await client.detach()
}

/** All attachments have arrived. */
export const arrived = (chat: ChatPage) => attachedOf(chat).getByRole("status")
