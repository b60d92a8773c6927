/** An upload that is slow, interrupted, canceled, or left behind by a reload. */

import { startUploadProxy } from "@/e2e/images/upload-proxy"
import { arrived, attachedOf, choose, colored, noisy } from "@/e2e/support/attach"
import { ChatPage, expect, test } from "@/e2e/support/fixtures"

/** About 4 MB. */
const large = () => noisy(1_200, 1_100)
const HELD = 1_000_000

test("an interrupted upload resumes where it was; the text and the others stay; a pending send can be canceled", async ({
  page,
  app,
}) => {
  const proxy = await startUploadProxy(app.url)
  try {
    const chat = new ChatPage(page, { ...app, url: proxy.url })
    await chat.open()
    const attached = attachedOf(chat)
    await choose(chat, [{ name: "small.png", buffer: await colored("red") }])
    await expect(arrived(chat)).toHaveCount(0)
    proxy.holdAfter = HELD
    await choose(chat, [{ name: "large.png", buffer: await large() }])
    await expect.poll(proxy.held).toBe(1)
    await expect(attached.getByRole("progressbar", { name: "Uploading large.png" })).toBeVisible()

    // Writing continues during the upload; sending waits, until that is canceled.
    await chat.message.fill("What is this?")
    await chat.send.click()
    const waiting = page.getByRole("status").filter({ hasText: "Sends when everything is uploaded" })
    await waiting.getByRole("button", { name: "Don't send" }).click()
    await expect(waiting).toHaveCount(0)
    await chat.send.click()
    await expect(waiting).toBeVisible()
    await expect(chat.articles("user")).toHaveCount(0)

    proxy.holdAfter = null
    proxy.cut()
    await chat.ended()
    await expect(chat.articles("user").getByRole("img")).toHaveCount(2)
    await expect(chat.articles("user")).toContainText("What is this?")
    // Resumes instead of starting over: bytes that had arrived are kept.
    expect(proxy.offsets.at(-1)).toBeGreaterThan(HELD / 2)
  } finally {
    await proxy.close()
  }
})

test("removing an upload cancels it, and the server discards it", async ({ page, app }) => {
  const proxy = await startUploadProxy(app.url)
  try {
    const chat = new ChatPage(page, { ...app, url: proxy.url })
    await chat.open()
    proxy.holdAfter = HELD
    const begun = page.waitForResponse((response) => response.url().endsWith("/api/uploads"))
    await choose(chat, [{ name: "large.png", buffer: await large() }])
    const upload = (await (await begun).headerValue("location")) ?? ""
    await expect.poll(proxy.held).toBe(1)
    const forgotten = page.waitForRequest((request) => request.method() === "DELETE" && request.url().endsWith(upload))
    await page.getByRole("button", { name: "Remove large.png" }).click()
    await forgotten
    await expect(attachedOf(chat)).toHaveCount(0)
    await expect(chat.message).toBeFocused()
    await expect
      .poll(() => page.evaluate((url) => fetch(url, { method: "HEAD" }).then(({ status }) => status), upload))
      .toBe(404)
  } finally {
    await proxy.close()
  }
})

test("after a reload an upload resumes automatically where it was", async ({ page, app }) => {
  const proxy = await startUploadProxy(app.url)
  try {
    const chat = new ChatPage(page, { ...app, url: proxy.url })
    await chat.open()
    proxy.holdAfter = HELD
    await choose(chat, [{ name: "large.png", buffer: await large() }])
    await expect.poll(proxy.held).toBe(1)
    await chat.message.fill("Still here")
    await chat.message.blur()
    page.on("dialog", (dialog) => void dialog.accept())
    proxy.holdAfter = null
    await chat.reload()
    await expect(chat.message).toHaveValue("Still here")
    const attached = attachedOf(chat)
    await expect(attached.getByRole("img", { name: "large.png" })).toBeVisible()
    await expect(arrived(chat)).toHaveCount(0, { timeout: 30_000 })
    expect(proxy.offsets.at(-1)).toBeGreaterThan(HELD / 2)
    await chat.send.click()
    await chat.ended()
    await expect(chat.articles("user").getByRole("img", { name: "large.png" })).toBeVisible()
  } finally {
    await proxy.close()
  }
})

test("a failed upload shows an error, is retried, and affects no others", async ({ chat }) => {
  const { page } = chat
  const attached = attachedOf(chat)
  await choose(chat, [{ name: "good.png", buffer: await colored("red") }])
  await expect(arrived(chat)).toHaveCount(0)
  await choose(chat, [{ name: "broken.png", buffer: (await colored("blue")).subarray(0, 60) }])
  await expect(attached.getByRole("alert")).toContainText("broken.png")
  await chat.message.fill("What is this?")
  await chat.send.click()
  await page.getByRole("button", { name: "Send without it" }).click()
  await chat.ended()
  await expect(chat.articles("user").getByRole("img")).toHaveCount(1)
})
