import { expect, type Page } from "@playwright/test"

/**
 * Watches for something that is on the page only briefly, at each change: a busy machine polls too rarely from outside.
 * The returned function waits until a matching element with these words has been there.
 */
export async function watchForElement(page: Page, selector: string, words = ""): Promise<() => Promise<void>> {
  const handle = await page.evaluateHandle(
    ([selector = "", words = ""]) => {
      const state = { seen: false }
      const look = () => {
        state.seen ||= [...document.querySelectorAll(selector)].some(({ textContent }) => textContent?.includes(words))
        if (state.seen) observer.disconnect()
      }
      const observer = new MutationObserver(look)
      observer.observe(document.body, { attributes: true, characterData: true, childList: true, subtree: true })
      look()
      return state
    },
    [selector, words],
  )
  return () => expect.poll(() => handle.evaluate(({ seen }) => seen), `${selector} ${words}`.trim()).toBe(true)
}
