/** The open drawer's entry in the browser history, so that Back closes it without leaving the page. */

const MARK = "sparklerDrawer"

/**
 * Whether this is the drawer's entry. Also true after it was closed on the way to another page, which replaces the
 * entry.
 */
export const isDrawerEntry = (state: unknown = window.history.state): boolean =>
  typeof state === "object" && state !== null && MARK in state

/** Pushes no URL, so that the router has nothing to do; the router adds the state it needs. */
export function pushDrawerEntry(): void {
  if (!isDrawerEntry()) window.history.pushState({ [MARK]: true }, "")
}

/** Goes back to the page as it was before; false when the drawer has no entry. */
export function leaveDrawerEntry(): boolean {
  const there = isDrawerEntry()
  if (there) window.history.back()
  return there
}
