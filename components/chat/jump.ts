/** Bringing one message of the conversation into view. */

/** Frames that the messages around it get to be drawn, each of which may move it. */
const MOST_FRAMES = 60
const STEADY_FRAMES = 4
const FLASH_MS = 1_600

/** The place of a message in the list, or null when it is not there. */
export const articleOf = (scroller: HTMLElement, id: string) =>
  scroller.querySelector<HTMLElement>(`article[data-message-id="${CSS.escape(id)}"]`)

/** The jump that is still settling: there is one at a time. */
let settling = new AbortController()

/** What a person does that takes the view elsewhere, or is about to. */
const TAKING_OVER = ["wheel", "touchmove", "pointerdown", "keydown"] as const

/**
 * Scrolls to a message that is in the list, gives it the focus, and points it out. It holds the message in place while
 * what is around it is drawn, until the next jump, or until the reader does something.
 */
export function jumpToMessage(scroller: HTMLElement, id: string): void {
  settling.abort()
  settling = new AbortController()
  const { signal } = settling
  const takeOver = settling.abort.bind(settling)
  for (const type of TAKING_OVER) window.addEventListener(type, takeOver, { signal, passive: true, capture: true })
  let steady = 0
  let frames = 0
  const step = () => {
    const article = articleOf(scroller, id)
    if (!article || signal.aborted) return
    const before = scroller.scrollTop
    article.scrollIntoView({ block: "start" })
    const drawn = !article.querySelector("[hidden='until-found']")
    steady = drawn && Math.abs(scroller.scrollTop - before) < 1 ? steady + 1 : 0
    if (steady < STEADY_FRAMES && ++frames < MOST_FRAMES) requestAnimationFrame(step)
    else {
      takeOver()
      pointOut(article)
    }
  }
  step()
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
export function neighbourQuestion(scroller: HTMLElement, direction: "before" | "behind"): HTMLElement | null {
  const top = scroller.getBoundingClientRect().top
  // What has just been jumped to stands a little below the edge.
  const slack = 24
  const questions = [...scroller.querySelectorAll<HTMLElement>("article[data-role='user']")]
  const offset = (article: HTMLElement) => article.getBoundingClientRect().top - top
  return direction === "before"
    ? (questions.findLast((article) => offset(article) < -slack / 4) ?? null)
    : (questions.find((article) => offset(article) > slack) ?? null)
}
