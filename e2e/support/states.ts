/** The states of the page that everybody must be able to use, and how each is reached. */
import { AxeBuilder } from "@axe-core/playwright"
import type { Page } from "@playwright/test"
import { type ChatPage, expect } from "./fixtures"

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

/** Axe finds nothing on the page as it is. */
export async function check(page: Page, state: string): Promise<void> {
  // The order of headings is the model's.
  const axe = new AxeBuilder({ page }).withTags(RULES).disableRules(["heading-order"])
  const { violations } = await axe.analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`)
  expect(found, state).toEqual([])
}

/** Each state is reached by hand or key, checked, and left. */
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
    open: ({ page }) => page.getByRole("combobox", { name: "Model" }).click(),
    close: ({ page }) => page.keyboard.press("Escape"),
  },
  {
    name: "structured output",
    open: ({ page }) => page.getByRole("button", { name: "Structured output" }).click(),
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
      await expect(page.getByText("Nothing found for")).toBeVisible()
    },
    close: ({ page }) => page.keyboard.press("Escape"),
  },
  {
    name: "the shortcuts",
    open: async ({ page }) => {
      await page.keyboard.press("Control+/")
      await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible()
    },
    close: ({ page }) => page.keyboard.press("Escape"),
  },
]
