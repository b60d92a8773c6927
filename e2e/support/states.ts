/** The states of the page that must be accessible, and how to reach each. */
import { type ChatPage, expect } from "./fixtures"

/** Each state is reached by pointer or keyboard, checked, and left. */
export const STATES: {
  name: string
  open: (chat: ChatPage) => Promise<unknown>
  close?: (chat: ChatPage) => Promise<unknown>
}[] = [
  { name: "empty page", open: async () => {} },
  {
    name: "an answer of every kind of markdown",
    open: ({ askAndWait }) => askAndWait("Show me markdown: headings, a list, a table, code and a quote"),
  },
  { name: "a tool's card", open: (chat) => chat.askAndWait("What is the weather in Bergen?") },
  {
    name: "an answer about itself",
    open: async ({ page }) => {
      await page.getByRole("button", { name: "About this answer" }).last().click()
      await expect(page.getByRole("dialog")).toBeVisible()
    },
    close: ({ page }) => page.keyboard.press("Escape"),
  },
  {
    name: "editing a message",
    open: async (chat) => {
      await chat.articles("user").last().hover()
      await chat.articles("user").last().getByRole("button", { name: "Edit message" }).click()
    },
    close: ({ page }) => page.keyboard.press("Escape"),
  },
  {
    name: "the models",
    open: async ({ page }) => {
      await page.getByRole("combobox", { name: "Model" }).click()
      await expect(page.getByRole("option").first()).toBeVisible()
    },
    close: ({ page }) => page.keyboard.press("Escape"),
  },
  {
    name: "structured output",
    open: async ({ page }) => {
      await page.getByRole("button", { name: "Structured output" }).click()
      await expect(page.getByRole("dialog")).toBeVisible()
    },
    close: ({ page }) => page.keyboard.press("Escape"),
  },
  {
    name: "the settings of a chat, with a preset",
    open: async ({ page }) => {
      await page.getByRole("button", { name: "Chat settings" }).click()
      await page.getByLabel("Temperature", { exact: true }).fill("0.5")
      await page.getByRole("button", { name: "Save as preset" }).click()
      await page.getByRole("textbox", { name: "Preset name" }).fill("Sober")
      await page.keyboard.press("Enter")
      await expect(page.getByRole("button", { name: "Delete “Sober”" })).toBeVisible()
    },
  },
  {
    name: "a preset that was deleted",
    open: async ({ page }) => {
      await page.getByRole("button", { name: "Delete “Sober”" }).click()
      await expect(page.getByRole("button", { name: "Undo" })).toBeFocused()
    },
    close: ({ page }) => page.keyboard.press("Escape"),
  },
  {
    name: "the library of prompts",
    open: async (chat) => {
      const { page } = chat
      await chat.message.fill("/prompts")
      await expect(page.getByRole("option", { name: /^\/prompts/ })).toBeVisible()
      await chat.message.press("Enter")
      await page.getByRole("button", { name: "New prompt" }).click()
      await page.getByRole("textbox", { name: "Command" }).fill("letter")
      await page.getByRole("textbox", { name: "Text" }).fill("Write to {{name}}")
      await page.getByRole("button", { name: "Save", exact: true }).click()
      await expect(page.getByText("/letter")).toBeVisible()
    },
    close: ({ page }) => page.keyboard.press("Escape"),
  },
  {
    name: "commands and prompts behind a slash",
    open: async (chat) => {
      await chat.message.fill("/")
      await expect(chat.page.getByRole("option", { name: /^\/letter/ })).toBeVisible()
    },
  },
  {
    name: "the variables of a prompt",
    open: async (chat) => {
      await chat.message.press("Enter")
      await expect(chat.page.getByRole("dialog", { name: "/letter" })).toBeVisible()
    },
    close: ({ page }) => page.keyboard.press("Escape"),
  },
  {
    name: "sharing",
    open: async ({ page }) => {
      await page.getByRole("button", { name: "Share" }).click()
      await expect(page.getByRole("dialog")).toBeVisible()
    },
    close: ({ page }) => page.keyboard.press("Escape"),
  },
  {
    name: "search: recent conversations and commands",
    open: async ({ page }) => {
      await page.keyboard.press("Control+k")
      await expect(page.getByRole("dialog", { name: "Search" }).getByRole("option").first()).toBeVisible()
    },
  },
  {
    name: "search: results",
    open: async ({ page }) => {
      await page.keyboard.type("weather")
      await expect(page.getByRole("dialog", { name: "Search" }).getByRole("status")).toHaveText(/result/)
    },
  },
  {
    name: "search: nothing found",
    open: async ({ page }) => {
      await page.keyboard.type("qqq")
      await expect(page.getByText("No results for")).toBeVisible()
    },
    close: async ({ page }) => {
      await page.keyboard.press("Escape")
      await expect(page.getByRole("dialog", { name: "Search" })).toHaveCount(0)
    },
  },
  {
    name: "a conversation's tags",
    open: async ({ page }) => {
      if (await page.getByRole("button", { name: "Show sidebar" }).isVisible())
        await page.getByRole("button", { name: "Show sidebar" }).click()
      const item = page.getByRole("navigation").getByRole("listitem").first()
      await item.hover()
      await item.getByRole("button", { name: /Options for/ }).click()
      await page.getByRole("menuitem", { name: "Tags" }).click()
      await page.getByRole("textbox", { name: "New tag" }).fill("weather")
      await page.keyboard.press("Enter")
      await expect(page.getByRole("dialog").getByText("#weather")).toBeVisible()
    },
    close: ({ page }) => page.keyboard.press("Escape"),
  },
  {
    name: "a folder, and conversations that are chosen",
    open: async ({ page }) => {
      await page.getByRole("button", { name: "New folder" }).click()
      await page.getByRole("textbox", { name: "Folder name" }).fill("Journeys")
      await page.keyboard.press("Enter")
      await expect(page.getByRole("button", { name: /^Journeys/ })).toBeVisible()
      await page.getByRole("navigation").locator("a[data-row]").first().focus()
      await page.keyboard.press("Space")
      await expect(page.getByRole("toolbar", { name: "1 selected" })).toBeVisible()
    },
    close: async ({ page }) => {
      await page.keyboard.press("Escape")
      await expect(page.getByRole("toolbar")).toBeHidden()
      await page.keyboard.press("Escape")
    },
  },
  {
    name: "the shortcuts",
    open: async ({ page }) => {
      await page.keyboard.press("Control+/")
      // Where reading starts.
      await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" }).locator("section").first()).toBeFocused()
    },
    close: ({ page }) => page.keyboard.press("Escape"),
  },
]
