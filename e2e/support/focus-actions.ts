/** Actions on the page, and where the focus belongs after each (e2e/page/focus.spec.ts). */
import type { Locator, Page } from "@playwright/test"
import { type ChatPage, expect } from "@/e2e/support/fixtures"
import { blueSquare } from "@/e2e/support/pictures"

/** Activates a control, by mouse, touch, or key. */
export type Press = (control: Locator) => Promise<void>

export interface World {
  chat: ChatPage
  page: Page
  press: Press
}

/**
 * Where the focus belongs: in the message field (on a phone: on anything but a field), on the item, or on this element.
 */
type Place = "field" | "item" | ((world: World) => Locator)

export interface Action {
  name: string
  act: (world: World) => Promise<unknown>
  to: Place
}

/** A lost focus is restored within two frames. */
export const rest = (page: Page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 6; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
  })

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name })
const dialog = (page: Page) => page.getByRole("dialog")
const last = ({ chat }: World) => chat.answer()
const nav = (page: Page) => page.getByRole("navigation")
const rowOf = (title: string) => (world: World) => nav(world.page).locator("a[data-row]", { hasText: title })

async function settled({ chat }: World, status: "complete" | "stopped" | "failed" = "complete") {
  await chat.ended(status)
}

/** Opens the menu of a row and chooses an item. */
async function inMenu({ page, press }: World, title: string, item: string) {
  const row = nav(page).getByRole("listitem").filter({ hasText: title })
  await row.hover()
  await press(row.getByRole("button", { name: `Options for “${title}”` }))
  await press(page.getByRole("menuitem", { name: item, exact: true }))
}

export const MESSAGES: Action[] = [
  {
    name: "send",
    act: async (world) => {
      await world.chat.message.fill("[[echo]] first words")
      await world.press(world.chat.send)
      await settled(world)
    },
    to: "field",
  },
  {
    name: "copy",
    act: (world) => world.press(last(world).getByRole("button", { name: "Copy message" })),
    to: "item",
  },
  {
    name: "regenerate",
    act: async (world) => {
      await world.press(last(world).getByRole("button", { name: "Regenerate", exact: true }))
      await expect(last(world).getByText("2 / 2")).toBeVisible()
      await settled(world)
    },
    to: "field",
  },
  {
    name: "the version before",
    act: async (world) => {
      await world.press(last(world).getByRole("button", { name: "Previous version" }))
      await expect(last(world).getByText("1 / 2")).toBeVisible()
    },
    to: "item",
  },
  {
    name: "begin an edit",
    act: async ({ chat, page, press }) => {
      await chat.articles("user").last().hover()
      await press(button(page, "Edit message"))
      await expect(page.getByRole("textbox", { name: "Edit message" })).toBeVisible()
    },
    to: ({ page }) => page.getByRole("textbox", { name: "Edit message" }),
  },
  {
    name: "cancel an edit",
    act: ({ page, press }) => press(button(page, "Cancel")),
    to: ({ page }) => button(page, "Edit message"),
  },
  {
    name: "send an edit",
    act: async (world) => {
      const { page, press, chat } = world
      await chat.articles("user").last().hover()
      await press(button(page, "Edit message"))
      await page.getByRole("textbox", { name: "Edit message" }).fill("[[echo]] other words")
      await press(page.getByRole("button", { name: "Send", exact: true }))
      await expect(last(world)).toContainText("other words")
      await settled(world)
    },
    to: "field",
  },
  {
    name: "stop",
    act: async (world) => {
      const { chat, press } = world
      await chat.message.fill("[[words n=3000 rate=20]]")
      await press(chat.send)
      await expect(last(world)).toContainText(/(\w+ ){12}/)
      await press(chat.stop)
      await settled(world, "stopped")
    },
    to: "field",
  },
  {
    name: "continue",
    act: async (world) => {
      await world.press(button(world.page, "Continue"))
      await expect(last(world)).toHaveAttribute("data-status", "streaming")
      await rest(world.page)
    },
    to: "field",
  },
  {
    name: "queue a message",
    act: async ({ chat, page, press }) => {
      for (const text of ["[[echo]] queued one", "[[echo]] queued two", "[[echo]] queued three"]) {
        await chat.message.fill(text)
        await press(chat.send)
        await expect(page.getByRole("region", { name: "Queued messages" })).toContainText(text)
      }
    },
    to: "field",
  },
  {
    name: "remove a queued message",
    act: ({ page, press }) => press(button(page, "Remove queued message").last()),
    to: "field",
  },
  {
    name: "edit a queued message",
    act: async ({ chat, page, press }) => {
      await press(button(page, "Edit queued message").last())
      await expect(chat.message).toHaveValue("[[echo]] queued two")
    },
    to: "field",
  },
  {
    name: "send a queued message now",
    act: async (world) => {
      const { chat, page, press } = world
      await chat.message.fill("")
      await press(button(page, "Send now"))
      await expect(last(world)).toContainText("queued one")
      await settled(world)
    },
    to: "field",
  },
  {
    name: "retry",
    act: async (world) => {
      const { chat, page, press } = world
      await chat.message.fill("[[fault status=500]]")
      await press(chat.send)
      await settled(world, "failed")
      await press(last(world).getByRole("button", { name: "Retry" }))
      await rest(page)
      await settled(world, "failed")
    },
    to: "field",
  },
]

const picture = async () => ({ name: "blue.png", mimeType: "image/png", buffer: await blueSquare() })

export const COMPOSER: Action[] = [
  {
    name: "attach by the button",
    act: async ({ page, press }) => {
      const chooser = page.waitForEvent("filechooser")
      await press(button(page, /^Attach/))
      await (await chooser).setFiles(await picture())
      await expect(page.getByRole("list", { name: "Attached files" }).getByRole("img")).toBeVisible()
    },
    to: "field",
  },
  {
    name: "remove an attachment",
    act: ({ page, press }) => press(button(page, "Remove blue.png")),
    to: "field",
  },
  {
    name: "attach by dropping",
    act: async ({ page }) => {
      await page.evaluate(() => {
        const { activeElement: active } = document
        if (active instanceof HTMLElement) active.blur()
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File(["a,b\n1,2"], "table.csv", { type: "text/csv" }))
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }))
      })
      await expect(page.getByRole("list", { name: "Attached files" })).toContainText("table.csv")
    },
    to: "field",
  },
  {
    name: "remove what was dropped",
    act: ({ page, press }) => press(button(page, "Remove table.csv")),
    to: "field",
  },
  {
    name: "choose a model",
    act: async ({ page, press }) => {
      await press(page.getByRole("combobox", { name: "Model" }))
      await page.getByRole("option").nth(1).click()
      await expect(page.getByRole("listbox", { name: "Model" })).toHaveCount(0)
    },
    to: "field",
  },
  {
    name: "leave the list of models",
    act: async ({ page, press }) => {
      await press(page.getByRole("combobox", { name: "Model" }))
      await expect(page.getByRole("option").first()).toBeVisible()
      await page.keyboard.press("Escape")
    },
    to: ({ page }) => page.getByRole("combobox", { name: "Model" }),
  },
  {
    name: "choose several models",
    act: async ({ page, press }) => {
      await press(page.getByRole("combobox", { name: "Model", exact: true }))
      await press(button(page, "Compare models…"))
      const model = page.getByRole("option", { selected: false }).first()
      await model.click()
      await press(button(page, "Compare 2 models"))
      await expect(button(page, "Stop comparing")).toBeVisible()
    },
    to: "field",
  },
  {
    name: "stop comparing",
    act: async ({ page, press }) => {
      await press(button(page, "Stop comparing"))
      await expect(button(page, "Stop comparing")).toHaveCount(0)
    },
    to: "field",
  },
  {
    name: "structured output, done",
    act: async ({ page, press }) => {
      await press(button(page, "Structured output").first())
      await press(button(page, /^Person/))
      await press(button(page, "Done"))
      await expect(dialog(page)).toHaveCount(0)
    },
    to: "item",
  },
  {
    name: "remove structured output",
    act: ({ page, press }) => press(button(page, "Remove structured output")),
    to: "field",
  },
]

const closing = (name: string, open: (world: World) => Promise<unknown>): Action => ({
  name: `close ${name}`,
  act: async (world) => {
    const { page } = world
    await open(world)
    await expect(dialog(page).first()).toBeVisible()
    // An automated browser is faster than the dialog's key handlers.
    await expect(async () => {
      if (await dialog(page).first().isVisible()) await page.keyboard.press("Escape")
      await expect(dialog(page)).toHaveCount(0, { timeout: 5_000 })
    }).toPass()
  },
  to: "item",
})

export const DIALOGS: Action[] = [
  closing("chat settings", ({ page, press }) => press(button(page, /^Chat settings/))),
  closing("sharing", ({ page, press }) => press(page.getByRole("button", { name: "Share", exact: true }))),
  closing("the search", ({ page }) => page.keyboard.press("Control+k")),
  closing("the shortcuts", ({ page }) => page.keyboard.press("Control+/")),
  closing("the settings", ({ page }) => page.keyboard.press("Control+,")),
]

/** On rows of the list; “Tulips” is the open chat. */
export const LIST: Action[] = [
  { name: "pin", act: (world) => inMenu(world, "Roses", "Pin"), to: "item" },
  { name: "unpin", act: (world) => inMenu(world, "Roses", "Unpin"), to: "item" },
  {
    name: "rename",
    act: async (world) => {
      await inMenu(world, "Roses", "Rename")
      await world.page.keyboard.type("Wild roses")
      await world.page.keyboard.press("Enter")
    },
    to: rowOf("Wild roses"),
  },
  {
    name: "leave a name as it was",
    act: async (world) => {
      await inMenu(world, "Wild roses", "Rename")
      await world.page.keyboard.type("x")
      await world.page.keyboard.press("Escape")
    },
    to: rowOf("Wild roses"),
  },
  {
    name: "move to a new folder",
    act: async (world) => {
      const { page, press } = world
      await inMenu(world, "Wild roses", "Move to folder")
      await press(dialog(page).getByRole("button", { name: "New folder" }))
      await page.keyboard.type("Garden")
      await page.keyboard.press("Enter")
      await expect(dialog(page)).toHaveCount(0)
    },
    to: "item",
  },
  {
    name: "tags",
    act: async (world) => {
      const { page } = world
      await inMenu(world, "Lilies", "Tags")
      await dialog(page).getByRole("textbox").fill("white")
      await page.keyboard.press("Enter")
      await page.keyboard.press("Escape")
      await expect(dialog(page)).toHaveCount(0)
    },
    to: "item",
  },
  {
    name: "archive",
    act: async (world) => {
      await inMenu(world, "Lilies", "Archive")
      await expect(rowOf("Lilies")(world)).toHaveCount(0)
    },
    to: "item",
  },
  {
    name: "undo in a notice",
    act: async (world) => {
      const notice = world.page.getByRole("region", { name: "Notifications" }).getByRole("listitem")
      await world.press(notice.filter({ hasText: "Lilies" }).getByRole("button", { name: "Undo" }))
      await expect(rowOf("Lilies")(world)).toBeVisible()
    },
    to: "item",
  },
  {
    name: "delete another chat",
    act: async (world) => {
      await inMenu(world, "Lilies", "Delete")
      await expect(rowOf("Lilies")(world)).toHaveCount(0)
    },
    to: "item",
  },
  {
    name: "open a chat",
    act: async (world) => {
      await world.press(rowOf("Violets")(world))
      await expect(world.chat.articles("user")).toContainText("Violets")
    },
    to: "field",
  },
  {
    name: "new chat",
    act: async ({ page, press }) => {
      await press(button(page, /^New chat/).first())
      await expect(page).toHaveURL(/\/$/)
    },
    to: "field",
  },
  {
    name: "delete the open chat",
    act: async (world) => {
      await world.press(rowOf("Violets")(world))
      await expect(world.chat.articles("user")).toContainText("Violets")
      await inMenu(world, "Violets", "Delete")
      await expect(world.page).toHaveURL(/\/$/)
    },
    to: "item",
  },
]
