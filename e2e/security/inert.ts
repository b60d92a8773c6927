/** Checks whether anything on a page ran, loaded from elsewhere, violated the policy, or could. */
import { expect, type Page } from "@playwright/test"

export const chunks = <T>(items: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size))

/** Records every script that ran, host that was requested, and policy report. */
export async function listen(page: Page): Promise<string[]> {
  const heard: string[] = []
  await page.exposeFunction("xss", () => heard.push("a script ran"))
  await page.exposeFunction("policyBroken", (what: string) => heard.push(`policy: ${what}`))
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) => {
      const report: unknown = Reflect.get(window, "policyBroken")
      if (typeof report === "function") report(`${violatedDirective} ${blockedURI} ${sourceFile}`)
    })
  })
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (/^https?:$/.test(protocol) && !["127.0.0.1", "localhost"].includes(hostname)) heard.push(request.url())
  })
  page.on("dialog", async (dialog) => {
    heard.push(`dialog: ${dialog.message()}`)
    await dialog.dismiss()
  })
  return heard
}

/** Renders a whole chat, as printing does: every message, including collapsed ones and those far from the viewport. */
export async function renderAllMessages(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute("data-printed", "")
  })
  // Clicked again if the page wasn't interactive yet.
  await expect(async () => {
    await page.keyboard.press("Control+p")
    await expect(page.locator("body")).toHaveAttribute("data-printed", { timeout: 20_000 })
  }).toPass()
  await expect(page.locator("[data-pending]")).toHaveCount(0)
}

/** Expands everything that is collapsed, including nested parts. */
export async function openAll(page: Page, within: string): Promise<void> {
  const closed = [`${within} details:not([open]) > summary`, `${within} [aria-expanded=false]:not([aria-haspopup])`]
  while (
    await page.evaluate((selectors) => {
      const found = [...document.querySelectorAll<HTMLElement>(selectors)].filter((one) => !one.dataset.opened)
      for (const one of found) {
        one.dataset.opened = "true"
        one.click()
      }
      return found.length
    }, closed.join(","))
  );
}

/**
 * Dispatches events that payloads may listen for, to every element not handled before. Returns everything that could
 * run or navigate away.
 */
export const triggerPayloads = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const known: unknown = Reflect.get(window, "provoked")
    const provoked = known instanceof WeakSet ? known : new WeakSet<object>()
    Reflect.set(window, "provoked", provoked)
    const events = [
      "mouseover",
      "pointerenter",
      "focus",
      "focusin",
      "toggle",
      "animationstart",
      "wheel",
      "error",
      "load",
    ]
    const dangerous = /^[\s\p{Cc}]*(javascript|vbscript|data:text|data:image\/svg|view-source|filesystem)/iu
    const leading = ["href", "src", "action", "formaction", "xlink:href", "data", "poster", "ping", "srcdoc"]
    const found: string[] = []
    const own = document.body.querySelectorAll("article, [role=log], nav, aside, [role=dialog], main")
    const inside = new Set([...own].flatMap((root) => [...root.querySelectorAll("*")]))
    for (const element of inside) {
      for (const { name, value } of element.attributes) {
        if (name.startsWith("on")) found.push(`${element.localName} ${name}=${value}`)
        if (leading.includes(name) && dangerous.test(value)) found.push(`${element.localName} ${name}=${value}`)
      }
      if (/^(script|iframe|object|embed|base|meta|link|style|form|frame|portal)$/.test(element.localName)) {
        const ours = element.matches("[data-diagram-frame], form[data-own], dialog form, [role=dialog] form, main form")
        if (element.closest("article") && !ours) found.push(`a ${element.localName} in a message`)
      }
      if (provoked.has(element)) continue
      provoked.add(element)
      for (const type of events)
        element.dispatchEvent(new Event(type, { bubbles: type !== "error" && type !== "load" }))
    }
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))
    return found
  })

export async function expectInert(page: Page, heard: string[]): Promise<void> {
  expect(await triggerPayloads(page)).toEqual([])
  expect(heard).toEqual([])
}
