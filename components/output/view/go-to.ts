import type { MouseEvent } from "react"

/** To a place on the page, without a trace in the browser's history; it gets the focus. */
export function goTo(event: MouseEvent<HTMLAnchorElement>): void {
  event.preventDefault()
  showPlace(decodeURIComponent(event.currentTarget.hash.slice(1)))
}

/** Brings an element into view and gives it the focus. */
export function showPlace(id: string): void {
  const target = document.getElementById(id)
  if (!target) return
  target.tabIndex = -1
  target.focus({ preventScroll: true })
  target.scrollIntoView({ block: "center" })
}
