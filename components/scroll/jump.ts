/** Bringing one message of the conversation into view. */
import { holdPlace } from "@/components/scroll/hold-place"

const FLASH_MS = 1_600

/** The place of a message in the list, or null when it is not there. */
export const articleOf = (scroller: HTMLElement, id: string) =>
  scroller.querySelector<HTMLElement>(`article[data-message-id="${CSS.escape(id)}"]`)

/**
 * Scrolls to a message that is in the list, gives it the focus, and points it out. It holds the message in place while
 * what is around it is drawn, until the next jump, or until the reader does something.
 */
export function jumpToMessage(scroller: HTMLElement, id: string): void {
  holdPlace(
    () => {
      const article = articleOf(scroller, id)
      if (!article) return null
      const before = scroller.scrollTop
      article.scrollIntoView({ block: "start" })
      const drawn = !article.querySelector("[hidden='until-found']")
      return drawn ? scroller.scrollTop - before : Number.POSITIVE_INFINITY
    },
    () => {
      const article = articleOf(scroller, id)
      if (article) pointOut(article)
    },
  )
}

function pointOut(article: HTMLElement): void {
  article.tabIndex = -1
  article.focus({ preventScroll: true })
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return
  const mark = "color-mix(in oklab, var(--color-spark) 22%, transparent)"
  article.animate([{ backgroundColor: mark }, { backgroundColor: "transparent" }], {
    duration: FLASH_MS,
    easing: "ease-in",
  })
}

/** The question before or behind what is at the top of the view, or null when there is none in the list. */
export function neighborQuestion(scroller: HTMLElement, direction: "before" | "behind"): HTMLElement | null {
  const top = scroller.getBoundingClientRect().top
  // What has just been jumped to stands a little below the edge.
  const slack = 24
  const questions = [...scroller.querySelectorAll<HTMLElement>("article[data-role='user']")]
  const offset = (article: HTMLElement) => article.getBoundingClientRect().top - top
  return direction === "before"
    ? (questions.findLast((article) => offset(article) < -slack / 4) ?? null)
    : (questions.find((article) => offset(article) > slack) ?? null)
}
