import { AxeBuilder } from "@axe-core/playwright"
import { expect, type Page } from "@playwright/test"

const ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
/** What a theme can change. */
const COLORS = ["color-contrast", "link-in-text-block"]

/** Nothing of another origin is looked into, so no second page is needed to put the findings together. */
const axeOn = (page: Page) => new AxeBuilder({ page }).setLegacyMode(true)

async function findNothing(axe: AxeBuilder, state: string): Promise<void> {
  const { violations } = await axe.analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`)
  expect(found, state).toEqual([])
}

/** WCAG 2.2 AA by axe: nothing is found in this state of the page. */
export function check(page: Page, state: string): Promise<void> {
  // The order of headings is the model's.
  return findNothing(axeOn(page).withTags(ALL).disableRules(["heading-order"]), state)
}

/** The same, and the colors in both themes. */
export async function checkBothThemes(page: Page, state: string): Promise<void> {
  await toTheme(page, "dark")
  await findNothing(axeOn(page).withRules(COLORS), `${state}, dark`)
  await toTheme(page, "light")
  await check(page, `${state}, light`)
}

/** The menu that is open, in both themes. Radix hides the page around it, which axe would take for its own fault. */
export async function checkMenu(page: Page, state: string): Promise<void> {
  const menu = () => axeOn(page).include("[role='menu']")
  for (const theme of ["dark", "light"] as const) {
    await toTheme(page, theme)
    await findNothing(theme === "dark" ? menu().withRules(COLORS) : menu().withTags(ALL), `${state}, ${theme}`)
  }
}

async function toTheme(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
  await expect(page.locator(`html.${colorScheme}`)).toBeAttached()
}
