/** Labels of icon-only controls: on hover, by keyboard, by long press. */
import type { Page } from "@playwright/test"
import { expect, test } from "@/e2e/support/fixtures"
import { waitUntilInteractive } from "@/e2e/support/interactive"

const tooltip = (page: Page) => page.locator("[data-part=tooltip]")
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })

test("hovering shows the name and the shortcut, moves between neighbors, and onto the tooltip", async ({ chat }) => {
  const { page } = chat
  await chat.open("/")
  // No native tooltips.
  expect(await page.locator("[title]").count()).toBe(0)
  const hide = button(page, "Hide sidebar")
  await hide.hover()
  await expect(tooltip(page)).toHaveText(/^Hide sidebar(Ctrl\+|⌘)B$/)
  const [named, shown] = await Promise.all([hide.boundingBox(), tooltip(page).boundingBox()])
  if (!named || !shown) throw new Error("nothing is drawn")
  expect(shown.y).toBeGreaterThanOrEqual(named.y + named.height)
  // It can be hovered, so that it can be read when magnified.
  await tooltip(page).hover()
  await expect(tooltip(page)).toHaveText(/^Hide sidebar/)
  await page.keyboard.press("Escape")
  await expect(tooltip(page)).toHaveCount(0)

  await button(page, "Attach images").hover()
  await expect(tooltip(page)).toHaveCount(1)
  await page.getByRole("textbox", { name: "Message", exact: true }).hover()
  await expect(tooltip(page)).toHaveCount(0)
  // A clicked control no longer needs its label.
  await hide.hover()
  await expect(tooltip(page)).toHaveCount(1)
  await hide.click()
  await expect(tooltip(page)).toHaveCount(0)
})

test("Tab shows the name, and it is announced once; Escape hides it and closes the dialog as usual", async ({
  chat,
}) => {
  const { page } = chat
  await chat.open("/")
  await page.getByRole("link", { name: "Sparkler" }).focus()
  await page.keyboard.press("Tab")
  await expect(button(page, "Hide sidebar")).toBeFocused()
  await expect(tooltip(page)).toHaveText(/^Hide sidebar/)
  await expect(tooltip(page)).toHaveAttribute("aria-hidden", "true")
  await expect(button(page, "Hide sidebar")).toHaveAccessibleDescription("")
  await page.keyboard.press("Tab")
  await page.keyboard.press("Tab")
  await expect(tooltip(page)).toHaveCount(0)

  await page.keyboard.press("Control+/")
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" })
  const close = dialog.getByRole("button", { name: "Close" })
  await expect(dialog).toBeVisible()
  await close.hover()
  await expect(tooltip(page)).toHaveText("Close")
  // A click on it doesn't count as outside of the dialog.
  await tooltip(page).click()
  await expect(dialog).toBeVisible()
  await close.click()
  await expect(dialog).toHaveCount(0)
  await expect(tooltip(page)).toHaveCount(0)
})

test("it disappears with its target", async ({ chat }) => {
  const { page } = chat
  await chat.open("/")
  await chat.askAndWait("[[echo]] one")
  await page.getByRole("button", { name: "Edit message" }).hover()
  await expect(tooltip(page)).toHaveText("Edit message")
  await page.keyboard.press("Control+Shift+O")
  await expect(page.getByRole("article")).toHaveCount(0)
  await expect(tooltip(page)).toHaveCount(0)
})

test.describe("with touch", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test("a long press shows the name and does nothing else, a tap activates the button", async ({ page, app }) => {
    await page.goto(app.url)
    const show = button(page, "Show sidebar")
    await waitUntilInteractive(show)
    const box = await show.boundingBox()
    if (!box) throw new Error("nothing is drawn")
    const client = await page.context().newCDPSession(page)
    const touchPoints = [{ x: box.x + 10, y: box.y + 10 }]
    await client.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints })
    await expect(tooltip(page)).toHaveText(/^Show sidebar/)
    // It stays for two seconds: measured inside the page, because a busy machine is too slow from outside.
    const [stays] = await Promise.all([
      page.evaluate(async () => {
        await new Promise((resolve) => setTimeout(resolve, 300))
        return document.querySelectorAll("[data-part=tooltip]").length
      }),
      client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] }),
    ])
    expect(stays).toBe(1)
    await expect(page.getByRole("dialog")).toHaveCount(0)
    await expect(tooltip(page)).toHaveCount(0)
    await show.tap()
    await expect(page.getByRole("dialog", { name: "Chats" })).toBeVisible()
  })
})
