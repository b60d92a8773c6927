/** Scrolls a message of the conversation into view. */
import { holdScrollPosition } from "@/components/scroll/hold-place"

const FLASH_MS = 1_600

/** The element of a message in the list, or null. */
export const messageElementOf = (scroller: HTMLElement, id: string) =>
  scroller.querySelector<HTMLElement>(`article[data-message-id="${CSS.escape(id)}"]`)

/**
 * Scrolls to a message in the list, focuses it, and highlights it. Keeps it in place while its surroundings render,
 * until the next jump or until the reader interacts.
 */
export function jumpToMessage(scroller: HTMLElement, id: string): void {
  holdScrollPosition(
    () => {
      const article = messageElementOf(scroller, id)
      if (!article) return null
      const before = scroller.scrollTop
      article.scrollIntoView({ block: "start" })
      const drawn = !article.querySelector("[hidden='until-found']")
      return drawn ? scroller.scrollTop - before : Number.POSITIVE_INFINITY
    },
    () => {
      const article = messageElementOf(scroller, id)
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

/** The question before or after the top of the view, or null when there is none in the list. */
export function adjacentQuestion(scroller: HTMLElement, direction: "before" | "behind"): HTMLElement | null {
  const top = scroller.getBoundingClientRect().top
  // The last jump target is slightly below the edge.
  const slack = 24
  const questions = [...scroller.querySelectorAll<HTMLElement>("article[data-role='user']")]
  const offset = (article: HTMLElement) => article.getBoundingClientRect().top - top
  return direction === "before"
    ? (questions.findLast((article) => offset(article) < -slack / 4) ?? null)
    : (questions.find((article) => offset(article) > slack) ?? null)
}
