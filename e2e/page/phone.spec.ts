/** The page on a touch screen: the on-screen keyboard, and the drawer with the conversations. */
import type { Page } from "@playwright/test"
import { checkBothThemes } from "@/e2e/support/axe"
import { type ChatPage, expect, test } from "@/e2e/support/fixtures"
import { waitUntilInteractive } from "@/e2e/support/interactive"

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

// The field doesn't take the focus if that would open a keyboard.
const begin = async ({ page, app }: Pick<ChatPage, "page" | "app">) => {
  await page.goto(app.url)
  await waitUntilInteractive(page.getByRole("textbox", { name: "Message", exact: true }))
}

const drawerOf = (page: Page) => page.getByRole("dialog", { name: "Chats" })
const show = (page: Page) => page.getByRole("button", { name: "Show sidebar" })

/** Swipes over the page. */
async function swipe(page: Page, from: number, to: number): Promise<void> {
  const client = await page.context().newCDPSession(page)
  const at = (x: number) => [{ x, y: 400 }]
  await client.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(from) })
  for (const share of [0.3, 0.6, 1])
    await client.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(from + (to - from) * share) })
  await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] })
  await client.detach()
}

test("Enter inserts a line break, the button sends", async ({ page, app }) => {
  await begin({ page, app })
  const message = page.getByRole("textbox", { name: "Message", exact: true })
  await message.fill("[[echo]] one")
  await message.press("Enter")
  await message.pressSequentially("two")
  await expect(message).toHaveValue("[[echo]] one\ntwo")
  await page.getByRole("button", { name: "Send message" }).click()
  await expect(page.locator('article[data-role="user"]')).toHaveText(/one\s+two/)
  await expect(page.locator('article[data-role="assistant"]')).toHaveAttribute("data-status", "complete")
  // The same for editing a message.
  await page.getByRole("button", { name: "Edit message" }).click()
  const edit = page.getByRole("textbox", { name: "Edit message" })
  await edit.press("Enter")
  await expect(edit).toHaveValue("[[echo]] one\ntwo\n")
})

test("the drawer is a dialog: focus is trapped and restored, and Escape, the backdrop and Back close it", async ({
  page,
  app,
}) => {
  await begin({ page, app })
  const message = page.getByRole("textbox", { name: "Message", exact: true })
  await message.fill("[[echo]] kept in the drawer")
  await page.getByRole("button", { name: "Send message" }).click()
  await expect(page.locator('article[data-role="assistant"]')).toHaveAttribute("data-status", "complete")
  const address = page.url()
  await message.fill("a draft")

  await show(page).click()
  await expect(drawerOf(page)).toHaveAttribute("aria-modal", "true")
  await checkBothThemes(page, "the drawer")
  const inside = () => drawerOf(page).evaluate((drawer) => drawer.contains(document.activeElement))
  for (let press = 0; press < 25; press++) {
    await page.keyboard.press("Tab")
    expect(await inside(), `Tab ${press + 1}`).toBe(true)
  }
  for (let press = 0; press < 25; press++) {
    await page.keyboard.press("Shift+Tab")
    expect(await inside(), `Shift+Tab ${press + 1}`).toBe(true)
  }

  const closings: [string, () => Promise<unknown>][] = [
    ["Escape", () => page.keyboard.press("Escape")],
    ["the shade", () => page.mouse.click(380, 400)],
    ["Back", () => page.goBack()],
    ["its button", () => drawerOf(page).getByRole("button", { name: "Hide sidebar" }).click()],
    ["a swipe", () => swipe(page, 280, 40)],
  ]
  for (const [by, close] of closings) {
    if (!(await drawerOf(page).isVisible())) await show(page).click()
    await expect(drawerOf(page)).toBeVisible()
    await close()
    await expect(drawerOf(page), by).toHaveCount(0)
    await expect(show(page), by).toBeFocused()
    expect(page.url(), by).toBe(address)
    await expect(message, by).toHaveValue("a draft")
  }
  await page.goForward()
  await expect(drawerOf(page)).toBeVisible()
})

test("a swipe opens the drawer from the edge only", async ({ page, app }) => {
  await begin({ page, app })
  await swipe(page, 200, 380)
  await swipe(page, 5, 30)
  await expect(drawerOf(page)).toHaveCount(0)
  await swipe(page, 10, 250)
  await expect(drawerOf(page)).toBeVisible()
})

test("a conversation opened from the drawer replaces it in the history: Back leads to the page before", async ({
  page,
  app,
}) => {
  await begin({ page, app })
  const message = page.getByRole("textbox", { name: "Message", exact: true })
  await message.fill("[[echo]] first")
  await page.getByRole("button", { name: "Send message" }).click()
  await expect(page.locator('article[data-role="assistant"]')).toHaveAttribute("data-status", "complete")
  const first = page.url()
  await show(page).click()
  await drawerOf(page).getByRole("button", { name: "New chat" }).click()
  await expect(page).toHaveURL(`${app.url}/`)
  await expect(drawerOf(page)).toHaveCount(0)
  await show(page).click()
  await drawerOf(page)
    .locator(`a[href="${new URL(first).pathname}"]`)
    .click()
  await expect(page).toHaveURL(first)
  await expect(drawerOf(page)).toHaveCount(0)
  await expect(page.locator('article[data-role="user"]')).toHaveText(/first/)
  await page.goBack()
  await expect(page).toHaveURL(`${app.url}/`)
  await expect(drawerOf(page)).toHaveCount(0)
  await page.goBack()
  await expect(page).toHaveURL(first)
  await expect(page.locator('article[data-role="user"]')).toHaveText(/first/)
})

test("a long press on a chat opens its menu, not the chat; a new one is started from the header", async ({
  page,
  app,
}) => {
  await begin({ page, app })
  const message = page.getByRole("textbox", { name: "Message", exact: true })
  const newChat = page.getByRole("main").getByRole("button", { name: "New chat" })
  // This already is a new chat.
  await expect(newChat).toBeHidden()
  await message.fill("[[echo]] pressed long")
  await page.getByRole("button", { name: "Send message" }).click()
  await expect(page.locator('article[data-role="assistant"]')).toHaveAttribute("data-status", "complete")
  await newChat.click()
  await expect(page).toHaveURL(`${app.url}/`)
  await expect(page.locator("article")).toHaveCount(0)

  await show(page).click()
  const row = drawerOf(page).locator("a[data-row]")
  // The drawer has stopped moving.
  await row.hover({ trial: true })
  const box = await row.boundingBox()
  if (!box) throw new Error("nothing is drawn")
  const client = await page.context().newCDPSession(page)
  await client.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x: box.x + 40, y: box.y + 15 }] })
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeVisible()
  await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] })
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeVisible()
  expect(page.url()).toBe(`${app.url}/`)
  await page.getByRole("menuitem", { name: "Move to folder" }).tap()
  // A sheet: as wide as the phone, at the bottom.
  const sheet = page.getByRole("dialog", { name: /^Move/ })
  await expect.poll(() => sheet.evaluate((dialog) => dialog.getBoundingClientRect().bottom)).toBe(844)
  expect(await sheet.evaluate((dialog) => dialog.getBoundingClientRect().width)).toBe(390)
})

test("at 360 px nothing is cut: the header, the composer's controls, the models", async ({ page, app }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await begin({ page, app })
  const message = page.getByRole("textbox", { name: "Message", exact: true })
  await message.fill("[[echo]] narrow")
  await page.getByRole("button", { name: "Send message" }).click()
  await expect(page.locator('article[data-role="assistant"]')).toHaveAttribute("data-status", "complete")
  await message.fill("more")
  const outside = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("header button, form button")]
        .filter((button) => button.checkVisibility())
        .filter((button) => {
          const { left, right } = button.getBoundingClientRect()
          return left < 0 || right > window.innerWidth
        })
        .map((button) => button.ariaLabel ?? button.textContent),
    )
  await expect.poll(outside).toEqual([])
  // All in one row.
  const tops = await page
    .locator("form")
    .getByRole("button")
    .evaluateAll((buttons) =>
      buttons.map((button) => button.getBoundingClientRect()).map(({ top, height }) => top + height / 2),
    )
  expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(4)
  // Options chosen for the answer are shown above that row, with their full names.
  await page.getByRole("button", { name: "Structured output", exact: true }).click()
  await page.getByRole("button", { name: /^Person/ }).click()
  await page.getByRole("button", { name: "Done" }).click()
  await expect(page.getByRole("dialog")).toHaveCount(0)
  const chosen = page.locator("form").getByText("Person", { exact: true })
  await expect(chosen).toBeVisible()
  expect(await chosen.evaluate((name) => name.scrollWidth - name.clientWidth)).toBe(0)
  await expect.poll(outside).toEqual([])
  await page.getByRole("button", { name: "Remove structured output" }).click()
  await expect(chosen).toHaveCount(0)
  await page.getByRole("combobox", { name: "Model" }).click()
  const list = page.getByRole("listbox", { name: "Model" })
  await expect(list).toBeVisible()
  const [box] = await Promise.all([list.boundingBox()])
  expect(box?.width).toBeGreaterThan(320)
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360)
})
