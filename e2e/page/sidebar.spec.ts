/** Organizing conversations. */
import type { Page } from "@playwright/test"
import { startApp } from "@/e2e/support/app"
import { ChatPage, expect, fireworksEnv, test } from "@/e2e/support/fixtures"
import { ownerOf, seedConversations } from "@/e2e/support/seed"

const group = (page: Page, name: string) => page.getByRole("navigation").getByRole("list", { name })

async function choose(page: Page, title: string, action: string): Promise<void> {
  const item = page.getByRole("navigation").getByRole("listitem").filter({ hasText: title })
  await item.hover()
  await item.getByRole("button", { name: `Options for “${title}”` }).click()
  await page.getByRole("menuitem", { name: action }).click()
}

/** A conversation with this name, set by hand, so that no generated title arrives later. */
async function begin(chat: ChatPage, title: string): Promise<void> {
  await chat.open("/")
  await chat.askAndWait(`[[echo]] ${title}`)
  const url = `${chat.app.url}/api/conversations/${chat.conversationId()}`
  await chat.page.request.patch(url, { data: { title }, headers: { origin: chat.app.url } })
  await expect(group(chat.page, "Today").getByRole("link", { name: title })).toBeVisible()
}

test("pinned chats come first, archived ones are out of the way, in every tab", async ({ chat, context }) => {
  const { page, app } = chat
  for (const name of ["Tulips", "Roses"]) await begin(chat, name)
  await chat.open("/")
  const other = await context.newPage()
  await other.goto(app.url)
  await expect(group(other, "Today").getByRole("listitem")).toHaveCount(2)

  await choose(page, "Tulips", "Pin")
  await expect(group(page, "Pinned").getByRole("link")).toHaveText(["Tulips"])
  await expect(group(other, "Pinned").getByRole("link")).toHaveText(["Tulips"])
  await choose(page, "Roses", "Archive")
  await expect(page.getByText("Archived “Roses”")).toBeVisible()
  await expect(group(page, "Today")).toHaveCount(0)
  await expect(group(other, "Today")).toHaveCount(0)

  await chat.reload()
  await expect(group(page, "Pinned").getByRole("link")).toHaveText(["Tulips"])
  await page.getByRole("button", { name: "Archived" }).click()
  await expect(group(page, "Archived").getByRole("link")).toHaveText(["Roses"])

  // A new message in it unarchives it.
  await group(page, "Archived").getByRole("link").click()
  await expect(chat.answer()).toContainText("Roses")
  await chat.askAndWait("[[echo]] more")
  await expect(group(page, "Today").getByRole("link")).toHaveText(["Roses"])
  await choose(page, "Tulips", "Unpin")
  await expect(group(page, "Pinned")).toHaveCount(0)
})

test("Undo returns an archived conversation to where it was", async ({ chat }) => {
  const { page } = chat
  const title = "Daffodils"
  await begin(chat, title)
  await choose(page, title, "Pin")
  await expect(group(page, "Pinned").getByRole("link")).toHaveCount(1)
  await choose(page, title, "Archive")
  await expect(group(page, "Pinned")).toHaveCount(0)
  await page.getByRole("button", { name: "Undo" }).click()
  await expect(group(page, "Pinned").getByRole("link")).toHaveText([title])
  await chat.reload()
  await expect(group(page, "Pinned").getByRole("link")).toHaveText([title])
})

test("another user's chats can't be pinned or archived", async ({ chat, browser }) => {
  await chat.askAndWait("[[echo]] mine")
  const { app } = chat
  const stranger = await browser.newContext()
  await (await stranger.newPage()).goto(app.url)
  for (const data of [{ pinned: true }, { archived: true }]) {
    const answer = await stranger.request.patch(`${app.url}/api/conversations/${chat.conversationId()}`, {
      data,
      headers: { origin: app.url },
    })
    expect(answer.status()).toBe(404)
  }
  await stranger.close()
})

const folder = (page: Page, name: string) =>
  page.getByRole("navigation").getByRole("button", { name: new RegExp(`^${name} \\d`) })
const row = (page: Page, title: string) => page.getByRole("navigation").getByRole("link", { name: title })

test("chats are added to folders by menu, by mouse and by new chat; open folders are remembered, and deleting one can be undone", async ({
  chat,
  context,
}) => {
  const { page, app } = chat
  for (const title of ["Tulips", "Roses"]) await begin(chat, title)
  const other = await context.newPage()
  await other.goto(app.url)

  await choose(page, "Tulips", "Move to folder")
  const dialog = page.getByRole("dialog", { name: "Move “Tulips”" })
  await expect(dialog.getByRole("button", { name: "No folder" })).toBeFocused()
  await dialog.getByRole("button", { name: "New folder" }).click()
  await dialog.getByRole("textbox", { name: "Folder name" }).fill("Garden")
  await page.keyboard.press("Enter")
  await expect(dialog).toBeHidden()
  await expect(folder(page, "Garden")).toHaveText(/Garden1/)
  await expect(group(page, "Today").getByRole("link")).toHaveText(["Roses"])
  await expect(folder(other, "Garden")).toHaveText(/Garden1/)
  await expect(group(other, "Today").getByRole("link")).toHaveText(["Roses"])

  await row(page, "Roses").dragTo(folder(page, "Garden"))
  await expect(folder(page, "Garden")).toHaveText(/Garden2/)
  // The folder opens, because it contains the current chat.
  await expect(group(page, "Garden").getByRole("link")).toHaveText(["Roses", "Tulips"])

  await folder(page, "Garden").hover()
  await page.getByRole("button", { name: "Options for folder “Garden”" }).click()
  await page.getByRole("menuitem", { name: "New chat here" }).click()
  await expect(page.getByText("This chat will be in folder “Garden”.")).toBeAttached()
  await chat.askAndWait("[[echo]] daisies")
  await expect(group(page, "Garden").getByRole("link")).toHaveCount(3)
  await chat.reload()
  await expect(group(page, "Garden").getByRole("link")).toHaveCount(3)
  // When closed, it represents the open conversation, also after a reload.
  await folder(page, "Garden").click()
  await expect(folder(page, "Garden")).toHaveAttribute("aria-current", "true")
  await chat.reload()
  await expect(folder(page, "Garden")).toHaveAttribute("aria-expanded", "false")
  await expect(folder(page, "Garden")).toHaveAttribute("aria-current", "true")
  await folder(page, "Garden").click()
  await expect(group(page, "Garden").getByRole("link")).toHaveCount(3)

  await folder(page, "Garden").focus()
  await page.keyboard.press("Delete")
  await expect(group(page, "Today").getByRole("link")).toHaveCount(3)
  // Hovering pauses the notice's timer.
  await page.getByRole("button", { name: "Undo" }).hover()
  await expect(group(other, "Today").getByRole("link")).toHaveCount(3)
  await page.getByRole("button", { name: "Undo" }).click()
  await expect(group(page, "Garden").getByRole("link")).toHaveCount(3)
  await expect(group(other, "Today")).toHaveCount(0)
})

test("several chats are selected by mouse and keyboard, tagged, found by the tag, and deleted with one undo", async ({
  chat,
}) => {
  const { page } = chat
  for (const title of ["Asters", "Begonias", "Crocuses"]) await begin(chat, title)
  await row(page, "Asters").click({ modifiers: ["ControlOrMeta"] })
  await row(page, "Crocuses").click({ modifiers: ["Shift"] })
  const bar = page.getByRole("toolbar", { name: "3 selected" })
  await expect(bar).toBeVisible()
  await row(page, "Crocuses").focus()
  await page.keyboard.press("Space")
  await expect(page.getByRole("toolbar", { name: "2 selected" })).toBeVisible()

  await page.getByRole("toolbar").getByRole("button", { name: "Tags" }).click()
  const dialog = page.getByRole("dialog", { name: "Tags for 2 chats" })
  await dialog.getByRole("textbox", { name: "New tag" }).fill("Late Summer")
  await page.keyboard.press("Enter")
  await expect(dialog.getByText("#late-summer")).toBeVisible()
  await page.keyboard.press("Escape")
  await row(page, "Asters").focus()
  await page.keyboard.press("Escape")
  await expect(page.getByRole("toolbar")).toBeHidden()

  await page.getByRole("button", { name: "Filter by tag" }).click()
  await page.getByRole("menuitemradio", { name: /late-summer/ }).click()
  await expect(group(page, "Today").getByRole("link")).toHaveCount(2)
  await row(page, "Begonias").focus()
  await page.keyboard.press("Shift+ArrowDown")
  const requests: string[] = []
  page.on("request", (request) => request.method() === "PATCH" && requests.push(request.url()))
  await page.keyboard.press("Delete")
  await expect(page.getByText("No chats with this tag.")).toBeVisible()
  await expect(page.getByText("Deleted 2 chats")).toBeVisible()
  expect(requests).toHaveLength(1)
  await page.getByRole("button", { name: "Undo" }).click()
  await expect(group(page, "Today").getByRole("link")).toHaveCount(2)
  await page.getByRole("button", { name: /Show all/ }).click()
  await expect(group(page, "Today").getByRole("link")).toHaveCount(3)
})

test("ten thousand conversations: few are rendered, all are reachable, and a used one moves to the top", async ({
  page,
  modelServer,
}) => {
  // This many searches would delay those of other tests.
  const app = await startApp({ env: fireworksEnv(modelServer) })
  const chat = new ChatPage(page, app)
  await begin(chat, "The newest")
  const userId = await ownerOf(app.dataDir, chat.conversationId())
  await seedConversations(app.dataDir, { userId, count: 10_000 })
  await chat.reload()
  const links = page.getByRole("navigation").locator("a[data-row]")
  await links.first().focus()
  await expect(links.first()).toBeFocused()
  // Jumps to the end of what is loaded each time, up to ten pages back.
  const last = () => links.last().evaluate((link) => Number(link.textContent?.match(/\d+/)?.[0]))
  await expect(async () => {
    await page.keyboard.press("End")
    expect(await last()).toBeGreaterThan(500)
  }).toPass()
  await expect.poll(() => page.evaluate(() => document.activeElement?.hasAttribute("data-row"))).toBe(true)
  expect(await links.count()).toBeLessThan(120)
  const title = (await links.last().textContent()) ?? ""
  // The next page of the list may arrive before the click.
  await links.filter({ hasText: title }).click()
  await expect(page).toHaveTitle(`${title} · Sparkler`)
  await chat.askAndWait("[[echo]] back again")
  // The list may still be reporting that the answer has ended and was read.
  await expect(async () => {
    await links.last().focus()
    await page.keyboard.press("Home")
    await expect(links.first()).toBeFocused({ timeout: 5_000 })
  }).toPass()
  await expect(links.first()).toHaveText(title)
  await app.stop()
})

test("a name discarded with Escape can be restored", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] roses")
  const row = page.getByRole("navigation").locator("a[data-row]").first()
  const field = page.getByRole("textbox", { name: "Chat name" })
  const dropped = page.locator("[data-toast]", { hasText: "wasn't saved" })
  await row.dblclick()
  await expect(field).toBeFocused()
  await page.keyboard.press("Escape")
  await expect(field).toHaveCount(0)
  await expect(dropped, "nothing was typed").toHaveCount(0)
  await row.dblclick()
  await field.fill("Tulips and more")
  await page.keyboard.press("Escape")
  await expect(row).toBeFocused()
  // Hovering pauses its timer.
  await dropped.hover()
  await expect(row).toContainText("roses")
  await dropped.getByRole("button", { name: "Save" }).click()
  await expect(row).toContainText("Tulips and more")

  await page.getByRole("button", { name: "New folder" }).click()
  await page.getByRole("textbox", { name: "Folder name" }).fill("Gardens")
  await page.keyboard.press("Escape")
  await dropped.hover()
  await expect(page.getByRole("button", { name: /^Gardens/ })).toHaveCount(0)
  await dropped.getByRole("button", { name: "Save" }).click()
  await expect(page.getByRole("button", { name: /^Gardens/ })).toBeVisible()
})

test("right click, the menu key and ⋯ open one menu; it includes Share and Export, and double click renames", async ({
  chat,
}) => {
  const { page } = chat
  for (const name of ["Tulips", "Roses"]) await begin(chat, name)
  const tulips = group(page, "Today").getByRole("link", { name: "Tulips" })
  const menu = page.getByRole("menu")
  const items = () => menu.getByRole("menuitem").allTextContents()
  await tulips.click({ button: "right" })
  await expect(menu.getByRole("menuitem", { name: "Share" })).toBeVisible()
  const all = await items()
  await page.keyboard.press("Escape")
  await expect(menu).toHaveCount(0)
  await expect(tulips).toBeFocused()
  await page.keyboard.press("Shift+F10")
  await expect(menu.getByRole("menuitem", { name: "Delete" })).toBeVisible()
  expect(await items()).toEqual(all)
  await page.keyboard.press("Escape")
  await expect(menu).toHaveCount(0)
  const item = page.getByRole("navigation").getByRole("listitem").filter({ hasText: "Tulips" })
  await item.hover()
  await item.getByRole("button", { name: "Options for “Tulips”" }).click()
  await expect(menu.getByRole("menuitem", { name: "Delete" })).toBeVisible()
  expect(await items()).toEqual(all)
  await page.keyboard.press("Escape")
  await expect(menu).toHaveCount(0)

  // Of a chat that isn't open.
  await tulips.click({ button: "right" })
  await menu.getByRole("menuitem", { name: "Share" }).click()
  const dialog = page.getByRole("dialog", { name: "Share" })
  await dialog.getByRole("button", { name: "Create" }).click()
  await expect(dialog.getByRole("textbox", { name: "Link" })).toHaveValue(/\/share\//)
  await page.keyboard.press("Escape")
  await expect(dialog).toHaveCount(0)
  await expect(tulips).toBeFocused()
  await tulips.click({ button: "right" })
  await menu.getByRole("menuitem", { name: "Export" }).click()
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Markdown" }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/Tulips.*\.md$/)

  await tulips.dblclick()
  const field = page.getByRole("textbox", { name: "Chat name" })
  await expect(field).toBeFocused()
  // The chat that the first click opened leaves the focus in the message field.
  await expect(page).toHaveTitle(/^Tulips/)
  await expect(field).toBeFocused()
  await page.keyboard.type("Tulips in spring")
  await page.keyboard.press("Enter")
  await expect(group(page, "Today").getByRole("link", { name: "Tulips in spring" })).toBeFocused()
  await expect(page).toHaveTitle(/^Tulips in spring/)
})

test("the open chat stays visible when it moves, with its pin; the archive is last", async ({ chat }) => {
  const { page } = chat
  for (const name of ["Tulips", "Roses"]) await begin(chat, name)
  const scrolled = page.getByRole("navigation").getByRole("link", { name: "Roses" })
  await choose(page, "Roses", "Pin")
  await expect(group(page, "Pinned").getByRole("link", { name: "Roses" })).toBeFocused()
  await choose(page, "Roses", "Move to folder")
  const dialog = page.getByRole("dialog")
  await dialog.getByRole("button", { name: "New folder" }).click()
  await dialog.getByRole("textbox", { name: "Folder name" }).fill("Garden")
  await page.keyboard.press("Enter")
  // Opened automatically for the current chat; the pin stays.
  await expect(group(page, "Garden").getByRole("link")).toHaveText(["Roses"])
  await expect(group(page, "Pinned").getByRole("link")).toHaveText(["Roses"])
  await expect(scrolled).toHaveCount(2)
  await chat.reload()
  await expect(group(page, "Garden").getByRole("link")).toHaveText(["Roses"])
  const inFolder = page.getByRole("listitem").filter({ hasText: "Roses" }).last()
  await inFolder.hover()
  await inFolder.getByRole("button", { name: "Options for “Roses”" }).click()
  await page.getByRole("menuitem", { name: "Unpin" }).click()
  await expect(group(page, "Pinned")).toHaveCount(0)
  await expect(group(page, "Garden").getByRole("link")).toHaveText(["Roses"])

  await choose(page, "Tulips", "Archive")
  const archived = page.getByRole("button", { name: "Archived" })
  await expect(archived).toBeVisible()
  const below = await archived.boundingBox()
  const folder = await page.getByRole("button", { name: /^Garden/ }).boundingBox()
  expect(below?.y).toBeGreaterThan(folder?.y ?? Number.POSITIVE_INFINITY)
  await archived.click()
  await expect(page.getByRole("navigation").locator("a[data-row]")).toHaveText(["Tulips"])
  await archived.click()
  await expect(page.getByRole("navigation").locator("a[data-row]")).toHaveText(["Roses"])
})

test("New chat is reachable with the sidebar hidden; all chats are selected at once", async ({ chat }) => {
  const { page } = chat
  for (const name of ["Tulips", "Roses"]) await begin(chat, name)
  await page.keyboard.press("Control+b")
  await expect(page.getByRole("navigation")).toHaveCount(0)
  await page.getByRole("button", { name: "New chat" }).click()
  await expect(page).toHaveURL(`${chat.app.url}/`)
  await expect(page.getByRole("textbox", { name: "Message", exact: true })).toBeFocused()
  await expect(page.getByText("Type / for commands")).toBeVisible()
  await page.keyboard.press("Control+b")
  await choose(page, "Tulips", "Select")
  const all = page.getByRole("checkbox", { name: "Select all" })
  await all.check()
  await expect(page.getByRole("toolbar", { name: "2 selected" })).toBeVisible()
  // The checkbox disappears with the selection.
  await all.click()
  await expect(page.getByRole("toolbar")).toHaveCount(0)
})
