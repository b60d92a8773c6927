import type { Page } from "@playwright/test"

/** Records what must never appear on a page, and how often the page said that it reconnects. */
interface Watched {
  /** Answers that lost text, or disappeared, while being read. */
  shrunk: string[]
  reconnecting: number
  alerts: string[]
}

/** Checks the page after each of its changes. Returns a function that reads the results. */
export async function watch(page: Page): Promise<() => Promise<Watched>> {
  const handle = await page.evaluateHandle(() => {
    const watched = { shrunk: [] as string[], reconnecting: 0, alerts: [] as string[] }
    const sizes = new Map<string, number>()
    let wasReconnecting = false
    // Markdown characters may come and go as it becomes complete; letters and digits may only be added.
    const lettersOf = (element: Element) =>
      [...element.querySelectorAll(".prose-chat:not(.caret)")]
        .map((part) => part.textContent?.replace(/[^\p{L}\p{N}]/gu, "").length ?? 0)
        .reduce((sum, letters) => sum + letters, element.querySelectorAll("[data-tool]").length)
    const sample = () => {
      const answers = [...document.querySelectorAll('article[data-role="assistant"]')]
      const ids = new Set(answers.map((answer) => answer.getAttribute("data-message-id")))
      for (const id of sizes.keys())
        if (!ids.has(id)) {
          watched.shrunk.push(`${id} went at ${sizes.get(id)} letters`)
          sizes.delete(id)
        }
      const last = answers.at(-1)
      const id = last?.getAttribute("data-message-id")
      if (last && id) {
        const before = sizes.get(id) ?? 0
        const now = lettersOf(last)
        if (now < before) watched.shrunk.push(`${id} from ${before} to ${now}: ${last.textContent?.slice(-60)}`)
        sizes.set(id, now)
      }
      const reconnecting = [...document.querySelectorAll('[role="status"]')].some((status) =>
        status.textContent?.includes("Reconnecting"),
      )
      if (reconnecting && !wasReconnecting) watched.reconnecting++
      wasReconnecting = reconnecting
      for (const alert of document.querySelectorAll('[role="alert"]'))
        if (alert.textContent) watched.alerts.push(alert.textContent)
    }
    const everything = { subtree: true, childList: true, characterData: true, attributes: true }
    new MutationObserver(sample).observe(document.body, everything)
    return watched
  })
  return () => handle.jsonValue()
}
