import { AxeBuilder } from "@axe-core/playwright"
import { expect, type Page } from "@playwright/test"

const ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
/** Rules that depend on the theme. */
const COLORS = ["color-contrast", "link-in-text-block"]

/** No frames of other origins are checked, so no second page is needed to merge the results. */
const axeOn = (page: Page) => new AxeBuilder({ page }).setLegacyMode(true)

async function findNothing(axe: AxeBuilder, state: string): Promise<void> {
  const { violations } = await axe.analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`)
  expect(found, state).toEqual([])
}

/** Checks WCAG 2.2 AA with axe: this state of the page has no violations. */
export function check(page: Page, state: string): Promise<void> {
  // The model decides the order of headings.
  return findNothing(axeOn(page).withTags(ALL).disableRules(["heading-order"]), state)
}

/** The same, and the colors in both themes. */
export async function checkBothThemes(page: Page, state: string): Promise<void> {
  await toTheme(page, "dark")
  await findNothing(axeOn(page).withRules(COLORS), `${state}, dark`)
  await toTheme(page, "light")
  await check(page, `${state}, light`)
}

/** The open menu, in both themes. Radix hides the page around it, which axe would report. */
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
