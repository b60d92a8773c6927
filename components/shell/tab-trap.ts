import type { KeyboardEvent } from "react"

const MAY_TAKE_FOCUS = "a[href], button, input, select, textarea, [tabindex]"

/** Keeps Tab inside an element: from its last control to its first, and back. */
export function trapTab(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "Tab" || event.altKey || event.ctrlKey || event.metaKey) return
  const controls = [...event.currentTarget.querySelectorAll<HTMLElement>(MAY_TAKE_FOCUS)].filter(
    (control) => control.tabIndex >= 0 && !control.matches(":disabled") && control.checkVisibility(),
  )
  const [end, other] = event.shiftKey ? [controls[0], controls.at(-1)] : [controls.at(-1), controls[0]]
  if (document.activeElement !== end) return
  event.preventDefault()
  other?.focus()
}
