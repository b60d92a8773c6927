import { AxeBuilder } from "@axe-core/playwright"
import { expect, type Page } from "@playwright/test"

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

/** WCAG 2.2 AA by axe: nothing is found in this state of the page. */
export async function check(page: Page, state: string): Promise<void> {
  // The order of headings is the model's.
  const axe = new AxeBuilder({ page }).withTags(RULES).disableRules(["heading-order"])
  const { violations } = await axe.analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`)
  expect(found, state).toEqual([])
}

/** The same in both themes. */
export async function checkBothThemes(page: Page, state: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    await expect(page.locator(`html.${colorScheme}`)).toBeAttached()
    await check(page, `${state}, ${colorScheme}`)
  }
}
