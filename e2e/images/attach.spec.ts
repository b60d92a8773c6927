/** Attaching images: each way to add them, their order, their descriptions, and cleanup. */
import { mkdir, mkdtemp, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { z } from "zod"
import { arrived, attachedOf, choose, colored, dropPaths, paste } from "@/e2e/support/attach"
import { checkBothThemes } from "@/e2e/support/axe"
import { expect, test } from "@/e2e/support/fixtures"
import { waitUntilInteractive } from "@/e2e/support/interactive"

const names = ["red.png", "green.png", "blue.png"]
const picturesOf = async (colors: string[]) =>
  Promise.all(colors.map(async (color) => ({ name: `${color}.png`, buffer: await colored(color) })))

const wireBody = z.looseObject({
  stream: z.boolean().optional(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
})

test("images are attached by button, paste and drop; counted, numbered, reordered by keyboard and pointer, described, and sent that way", async ({
  chat,
  modelServer,
}) => {
  const { page } = chat
  const attached = attachedOf(chat)
  const [red, green, blue] = await picturesOf(["red", "green", "blue"])
  if (!red || !green || !blue) throw new Error("no pictures")
  await choose(chat, [red])
  await paste(chat, { files: [{ name: green.name, type: "image/png", bytes: green.buffer }] })
  const folder = await mkdtemp(path.join(tmpdir(), "sparkler-drop-"))
  await writeFile(path.join(folder, blue.name), blue.buffer)
  await dropPaths(chat, [path.join(folder, blue.name)])
  await expect(attached.getByRole("img")).toHaveCount(3)
  await expect(arrived(chat)).toHaveCount(0)
  await expect(page.getByText("3 of 30 images")).toBeVisible()
  const order = () => attached.getByRole("img").evaluateAll((all) => all.map((image) => image.getAttribute("alt")))
  expect(await order()).toEqual(names)

  // With keys, and the new position is announced; at the end it stays.
  await attached.getByRole("button", { name: "red.png" }).first().focus()
  await page.keyboard.press("Shift+ArrowRight")
  await expect(page.getByRole("status").filter({ hasText: "red.png moved to 2 of 3" })).toBeAttached()
  await page.keyboard.press("Shift+ArrowRight")
  await page.keyboard.press("Shift+ArrowRight")
  await expect.poll(order).toEqual(["green.png", "blue.png", "red.png"])
  await expect(attached.getByRole("button", { name: "red.png" }).first()).toBeFocused()

  // With the pointer: moves the last before the first, once they don't move.
  for (const name of ["red.png", "green.png"]) await attached.getByRole("img", { name }).hover({ trial: true })
  const from = await attached.getByRole("img", { name: "red.png" }).boundingBox()
  const to = await attached.getByRole("img", { name: "green.png" }).boundingBox()
  if (!from || !to) throw new Error("not shown")
  await page.mouse.move(from.x + 20, from.y + 30)
  await page.mouse.down()
  await page.mouse.move(from.x - 20, from.y + 30, { steps: 4 })
  await page.mouse.move(to.x + 10, to.y + 30, { steps: 8 })
  await page.mouse.up()
  await expect.poll(order).toEqual(["red.png", "green.png", "blue.png"])
  await checkBothThemes(page, "pictures in a draft")

  // An image's description is sent along, and survives a reload.
  await attached.getByRole("button", { name: "green.png" }).first().click()
  const options = page.getByRole("dialog", { name: "green.png" })
  await options.getByRole("radio", { name: "Low" }).check({ force: true })
  await options.getByRole("textbox", { name: "Description" }).fill("A green field")
  await checkBothThemes(page, "what is said of a picture")
  await options.getByRole("button", { name: "Done" }).click()
  await chat.message.fill("Which colors?")
  await chat.message.blur()
  await chat.reload()
  await expect(attached.getByRole("img", { name: "A green field" })).toBeVisible()
  await chat.send.click()
  await chat.ended()
  const article = chat.articles("user")
  await expect(article.getByRole("img")).toHaveCount(3)
  await expect(article.getByRole("button", { name: "Open 2: A green field" })).toBeVisible()
  const asked = modelServer.requests
    .map(({ body }) => wireBody.safeParse(body).data)
    .filter((body) => body?.stream && JSON.stringify(body).includes("Which colors?"))
  expect(JSON.stringify(asked.at(-1)?.messages.at(-1)).match(/data:image/g)).toHaveLength(3)
})

test("a folder is attached up to the limit, in order, and the rest is listed", async ({ chat }) => {
  const { page } = chat
  const root = await mkdtemp(path.join(tmpdir(), "sparkler-folder-"))
  const folder = path.join(root, "holiday")
  await mkdir(path.join(folder, "day 2"), { recursive: true })
  const picture = await colored("teal", 8, 8)
  for (let n = 1; n <= 31; n++) await writeFile(path.join(folder, `img${n}.png`), picture)
  await writeFile(path.join(folder, "day 2", "last.png"), picture)
  await writeFile(path.join(folder, ".DS_Store"), "x")
  await dropPaths(chat, [folder])
  const attached = attachedOf(chat)
  await expect(attached.getByRole("listitem")).toHaveCount(30)
  await expect(page.getByText("30 of 30 images")).toBeVisible()
  const first = attached.getByRole("img")
  await expect(first.nth(1)).toHaveAttribute("alt", "img1.png")
  await expect(first.nth(10)).toHaveAttribute("alt", "img10.png")
  const rest = page.getByRole("status").filter({ hasText: "2 files weren't attached" })
  await rest.getByText("2 files weren't attached").click()
  await expect(rest).toContainText("img30.png, img31.png")
  await expect(arrived(chat)).toHaveCount(0, { timeout: 60_000 })
  await checkBothThemes(page, "as many as may be")
  await page.getByRole("button", { name: "Remove img1.png" }).click()
  await expect(rest).toHaveCount(0)
  await expect(page.getByText("29 of 30 images")).toBeVisible()
})

test("images in pasted content are offered, and the text stays text", async ({ chat }) => {
  const { page } = chat
  const attached = attachedOf(chat)
  const address = "https://example.test/photos/cat.jpg?w=900"
  await paste(chat, { text: address })
  await expect(chat.message).toHaveValue(address)
  const offer = page.getByRole("status").filter({ hasText: "This is the address of an image." })
  await checkBothThemes(page, "an address of a picture")
  await offer.getByRole("button", { name: "Dismiss" }).click()
  await expect(offer).toHaveCount(0)
  await expect(chat.message).toHaveValue(address)
  await expect(chat.message).toBeFocused()

  // Once accepted, the URL is no longer text; if it can't be fetched, the reason is shown and nothing is lost.
  await chat.message.fill("Look: ")
  await chat.message.press("End")
  await paste(chat, { text: address })
  await offer.getByRole("button", { name: "Attach image" }).click()
  await expect(chat.message).toHaveValue("Look: ")
  await expect(attached.getByRole("alert")).toContainText("cat.jpg")
  await expect(attached.getByRole("button", { name: "Retry cat.jpg" })).toBeVisible()
  await page.getByRole("button", { name: "Remove cat.jpg" }).click()

  // A paste from a web page or spreadsheet: the text goes into the message, and the images are offered.
  const source = `data:image/png;base64,${(await colored("navy")).toString("base64")}`
  const sign = '<img width="16" height="16" src="https://example.test/icon.png">'
  await paste(chat, { text: "cells", html: `<table><td>cells${sign}<img src="${source}"></td></table>` })
  await expect(chat.message).toHaveValue(/cells$/)
  const also = page.getByRole("status").filter({ hasText: "What you pasted also has an image." })
  await also.getByRole("button", { name: "Attach image" }).click()
  await expect(attached.getByRole("img", { name: "image-1.png" })).toBeVisible()
  await expect(arrived(chat)).toHaveCount(0)
  await expect(chat.message).toHaveValue(/cells$/)
  // A URL within a text isn't treated as an image.
  await paste(chat, { text: `see ${address}` })
  await expect(offer).toHaveCount(0)
})

test.describe("on a phone, in German", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: "de-DE" })

  test("the camera's photo is attached, and everything fits", async ({ page, app }) => {
    await page.goto(app.url)
    await waitUntilInteractive(page.getByRole("button", { name: "Foto aufnehmen" }))
    const photo = page.waitForEvent("filechooser")
    await page.getByRole("button", { name: "Foto aufnehmen" }).click()
    const chooser = await photo
    expect(await chooser.element().getAttribute("capture")).toBe("environment")
    expect(await chooser.element().getAttribute("accept")).toBe("image/*")
    await chooser.setFiles({ name: "foto.png", mimeType: "image/png", buffer: await colored("orange", 300, 400) })
    const attached = page.getByRole("list", { name: "Angehängte Dateien" })
    await expect(attached.getByRole("status")).toHaveCount(0)
    await expect(page.getByText("1 von 30 Bildern")).toBeVisible()
    await attached.getByRole("button", { name: "foto.png" }).first().click()
    await expect(page.getByRole("dialog", { name: "foto.png" }).getByRole("radio", { name: "Niedrig" })).toBeAttached()
    await checkBothThemes(page, "what is said of a picture, on a phone in German")
    await page.getByRole("button", { name: "Fertig" }).click()
    await page.setViewportSize({ width: 360, height: 740 })
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  })
})
