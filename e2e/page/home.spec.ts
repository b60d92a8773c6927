/** The page on `http://` with a host name of the local network, where browsers restrict some features. */
import type { Page } from "@playwright/test"
import { test as base, ChatPage, expect } from "@/e2e/support/fixtures"
import { watchForElement } from "@/e2e/support/watch-for-element"

const NAME = "sparkler.test"

const test = base.extend<object, object>({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const args = [...(launchOptions.args ?? []), `--host-resolver-rules=MAP ${NAME} 127.0.0.1`]
      await use({ ...launchOptions, args })
    },
    { scope: "worker" },
  ],
  app: async ({ fireworksApp }, use) => use({ ...fireworksApp, url: fireworksApp.url.replace("127.0.0.1", NAME) }),
})

/** What a paste into a field inserts. */
async function pasted(page: Page): Promise<{ text: string; html: string }> {
  await page.evaluate(() => {
    const field = document.createElement("textarea")
    field.id = "paste-here"
    document.body.append(field)
    field.addEventListener("paste", ({ clipboardData }) => {
      field.dataset.text = clipboardData?.getData("text/plain") ?? ""
      field.dataset.html = clipboardData?.getData("text/html") ?? ""
    })
    field.focus()
  })
  const field = page.locator("#paste-here")
  await page.keyboard.press("Control+V")
  await expect(field).toHaveAttribute("data-text", /./)
  const found = await field.evaluate((element) => ({
    text: element.dataset.text ?? "",
    html: element.dataset.html ?? "",
  }))
  await field.evaluate((element) => element.remove())
  return found
}

test("a home server opened by its host name: the main flow, and all copying works", async ({ chat }) => {
  const { page } = chat
  expect(await page.evaluate(() => [window.isSecureContext, "clipboard" in navigator, "randomUUID" in crypto])).toEqual(
    [false, false, false],
  )
  const answer = await chat.askAndWait("[[echo]] a lantern")
  const copied = await watchForElement(page, "article [aria-label='Copied']")
  await answer.getByRole("button", { name: "Copy message" }).click()
  await copied()
  expect((await pasted(page)).text).toContain("a lantern")

  await chat.askAndWait("Write a table of 3 primes and python code for primes")
  const code = chat.answer().locator("pre").first()
  await chat.answer().getByRole("button", { name: "Copy code" }).first().click()
  expect((await pasted(page)).text.trim()).toBe((await code.innerText()).trim())

  await chat.answer().getByRole("button", { name: "Copy table" }).first().click()
  await page.getByRole("menuitem", { name: /spreadsheet/i }).click()
  await expect(page.getByText("Table copied")).toBeVisible()
  const table = await pasted(page)
  expect(table.text).toContain("\t")
  expect(table.html).toContain("<table>")

  // In a dialog, which traps the focus.
  await page.getByRole("button", { name: "Share" }).click()
  const dialog = page.getByRole("dialog", { name: /share/i })
  const linkCopied = await watchForElement(page, "[role=dialog] li [aria-label='Copied']")
  await dialog.getByRole("button", { name: "Create link" }).click()
  const link = await dialog.getByRole("textbox", { name: "Link", exact: true }).inputValue()
  const links = dialog.getByRole("list", { name: "Links" })
  await linkCopied()
  const again = links.getByRole("button", { name: "Copy link" })
  await expect(again).toBeVisible()
  const copiedAgain = await watchForElement(page, "[role=dialog] [aria-label='Copied']")
  await again.click()
  await copiedAgain()
  await page.keyboard.press("Escape")
  await expect(dialog).toHaveCount(0)
  expect((await pasted(page)).text).toBe(link)
  expect(link).toContain(`http://${NAME}:`)

  // It is the same guest after a reload, and nothing was refused.
  await chat.reload()
  await expect(chat.articles("assistant")).toHaveCount(2)
  await expect(page.getByRole("button", { name: /dictate/i })).toHaveCount(0)
})

test("a browser that can't copy reports it", async ({ chat }) => {
  await chat.page.evaluate(() => {
    document.execCommand = () => false
  })
  const answer = await chat.askAndWait("[[echo]] a lantern")
  await answer.getByRole("button", { name: "Copy message" }).click()
  await expect(chat.page.getByText("Your browser blocked copying")).toBeVisible()
})

test("a second tab on the same host name stops the answer and continues", async ({ chat }) => {
  await chat.ask("[[words n=20000 rate=100]]")
  await expect(chat.answer()).toContainText("w9")
  const other = new ChatPage(await chat.page.context().newPage(), chat.app)
  await other.open(new URL(chat.page.url()).pathname)
  await other.stop.click()
  await chat.ended("stopped")
})
