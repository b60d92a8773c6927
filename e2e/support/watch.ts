import type { Page } from "@playwright/test"

/** What was ever to be seen on a page that should not be, and how often it said that it reconnects. */
interface Watched {
  /** Answers that lost text, or went, while somebody was reading them. */
  shrunk: string[]
  reconnecting: number
  alerts: string[]
}

/** Looks at the page after each of its changes. Returns how to read what was seen. */
export async function watch(page: Page): Promise<() => Promise<Watched>> {
  const handle = await page.evaluateHandle(() => {
    const watched = { shrunk: [] as string[], reconnecting: 0, alerts: [] as string[] }
    const sizes = new Map<string, number>()
    let wasReconnecting = false
    // Marks of markdown come and go as it becomes whole; letters and digits may only come.
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
