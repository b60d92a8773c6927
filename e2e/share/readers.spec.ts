/** Readers of a link: an open page when it expires, and programs. */
import type { Page } from "@playwright/test"
import { openDatabase } from "@/lib/db/client"
import { expect, test } from "../support/fixtures"

/** Creates a link with the dialog. */
async function shareOf(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Share", exact: true }).click()
  const dialog = page.getByRole("dialog", { name: /^(Share chat|Change link)$/ })
  await expect(dialog.getByRole("checkbox", { name: /^Include your message/ }).first()).toBeVisible()
  await dialog.getByRole("button", { name: "Create link" }).click()
  return dialog.getByRole("textbox", { name: "Link", exact: true }).inputValue()
}

test("an open page notices that its link has expired, and hides its content", async ({ chat, browser }) => {
  await chat.askAndWait("[[echo]] until it expires")
  const link = await shareOf(chat.page)
  const reader = await (await browser.newContext()).newPage()
  await reader.goto(link)
  await expect(reader.getByText("until it expires").last()).toBeVisible()
  const token = new URL(link).pathname.split("/").at(-1)
  const database = openDatabase(`file:${chat.app.dataDir}/sparkler.db`)
  await database.share.update({ where: { token }, data: { expiresAt: new Date(Date.now() - 1_000) } })
  await database.$disconnect()
  // The page checks by itself.
  await expect(reader.getByText("until it expires")).toHaveCount(0, { timeout: 120_000 })
  await expect(reader.getByText(/(expired|no longer|isn't available|doesn't work)/i).first()).toBeVisible()
  expect((await reader.request.get(link)).status()).toBe(404)
})

test("curl, a feed reader and a HEAD request each get the right response, and a HEAD request is not a view", async ({
  chat,
  request,
}) => {
  await chat.askAndWait("[[echo]] for programs, too")
  const link = await shareOf(chat.page)
  const asked = (headers: Record<string, string>) => request.get(link, { headers })
  const views = async () => {
    const database = openDatabase(`file:${chat.app.dataDir}/sparkler.db`)
    const { views } = await database.share.findFirstOrThrow({
      where: { token: new URL(link).pathname.split("/").at(-1) },
    })
    await database.$disconnect()
    return views
  }
  for (const accept of ["*/*", "text/markdown", "application/json", "text/html"]) {
    const head = await request.head(link, { headers: { accept } })
    expect([accept, head.status(), (await head.body()).length]).toEqual([accept, 200, 0])
  }
  expect(await views()).toBe(0)

  const markdown = await asked({ accept: "text/markdown", "user-agent": "curl/8.5.0" })
  expect(markdown.headers()["content-type"]).toBe("text/markdown; charset=utf-8")
  expect(await markdown.text()).toContain("for programs, too")
  const json = await (await asked({ accept: "application/json" })).json()
  expect(JSON.stringify(json)).toContain("for programs, too")
  // A feed reader's request: prefers feeds, but accepts a page.
  const feed =
    "application/rss+xml, application/rdf+xml;q=0.8, application/atom+xml;q=0.6, application/xml;q=0.4, text/xml;q=0.4, text/html;q=0.2"
  const page = await asked({ accept: feed, "user-agent": "NetNewsWire (RSS Reader; https://netnewswire.com/)" })
  expect(page.headers()["content-type"]).toContain("text/html")
  const html = await page.text()
  expect(html).toContain("for programs, too")
  expect(html).toContain('property="og:title"')
  const plain = await asked({ accept: "*/*", "user-agent": "curl/8.5.0" })
  expect(await plain.text()).toContain("for programs, too")
  expect(await views()).toBe(4)
})
