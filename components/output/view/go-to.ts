import type { MouseEvent } from "react"

/** Scrolls to a place on the page and focuses it, without adding to the browser history. */
export function goTo(event: MouseEvent<HTMLAnchorElement>): void {
  event.preventDefault()
  scrollToAndFocus(decodeURIComponent(event.currentTarget.hash.slice(1)))
}

/** Scrolls an element into view and focuses it. */
export function scrollToAndFocus(id: string): void {
  const target = document.getElementById(id)
  if (!target) return
  target.tabIndex = -1
  target.focus({ preventScroll: true })
  target.scrollIntoView({ block: "center" })
}
