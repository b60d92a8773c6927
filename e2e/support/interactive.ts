import { expect, type Locator } from "@playwright/test"

/** Waits until the page's scripts handle events of this element: an earlier click would be lost. */
export async function waitUntilInteractive(element: Locator): Promise<void> {
  const isHeard = () => element.evaluate((node) => Object.keys(node).some((key) => key.startsWith("__reactProps")))
  await expect.poll(isHeard).toBe(true)
}
