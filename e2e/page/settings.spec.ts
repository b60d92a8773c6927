import { check, checkBothThemes } from "@/e2e/support/axe"
import { expect, test } from "@/e2e/support/fixtures"

test("the menu at the sidebar's foot says where chats are, and leads to the settings", async ({ chat }) => {
  const { page } = chat
  const you = page.getByRole("button", { name: "Guest: settings and more" })
  await you.click()
  await expect(page.getByRole("menu")).toContainText("saved for this browser only")
  await page.getByRole("menuitem", { name: "Settings" }).click()
  const dialog = page.getByRole("dialog", { name: "Settings" })
  await expect(dialog.getByRole("heading", { name: "General" })).toBeVisible()
  await dialog.getByRole("button", { name: "Data and privacy" }).click()
  await expect(page).toHaveURL(/#settings\/data$/)
  await checkBothThemes(page, "the settings")
  await page.keyboard.press("Escape")
  await expect(dialog).toBeHidden()
  await expect(you).toBeFocused()
  await expect(page).toHaveURL(`${chat.app.url}/`)
})

test("settings have an address, a key and a command; Back closes them", async ({ chat }) => {
  const { page } = chat
  const dialog = page.getByRole("dialog", { name: "Settings" })
  await page.goto(`${chat.app.url}/#settings/appearance`)
  await dialog.getByRole("combobox", { name: "Theme" }).selectOption("Dark")
  await expect(page.locator("html")).toHaveClass(/dark/)
  await page.keyboard.press("Escape")
  await expect(dialog).toBeHidden()
  await expect(page).toHaveURL(`${chat.app.url}/`)
  await page.keyboard.press("Control+,")
  await dialog.getByRole("button", { name: "Keyboard" }).click()
  await dialog.getByRole("button", { name: "Show" }).click()
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(dialog).toBeVisible()
  await page.goBack()
  await expect(dialog).toBeHidden()
  await page.keyboard.press("Control+k")
  await page.getByRole("combobox").fill("settings")
  await page.getByRole("option", { name: "Settings", exact: true }).click()
  await expect(dialog).toBeVisible()
})

test("on a phone settings fill the screen, a list first", async ({ chat }) => {
  const { page } = chat
  await page.setViewportSize({ width: 360, height: 740 })
  await page.getByRole("button", { name: "Show sidebar" }).click()
  await page.getByRole("button", { name: "Guest: settings and more" }).click()
  await page.getByRole("menuitem", { name: "Settings" }).click()
  const dialog = page.getByRole("dialog", { name: "Settings" })
  expect(await dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 740 })
  await expect(dialog.getByRole("heading", { name: "General" })).toBeHidden()
  await dialog.getByRole("button", { name: "Appearance" }).click()
  await expect(dialog.getByRole("combobox", { name: "Theme" })).toBeVisible()
  await expect(dialog.getByRole("button", { name: "All settings" })).toBeFocused()
  await check(page, "a section on a phone")
  await dialog.getByRole("button", { name: "All settings" }).click()
  await expect(dialog.getByRole("button", { name: "Appearance" })).toBeVisible()
})
