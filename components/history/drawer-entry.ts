/** The entry that the open drawer has in the browser's history, so that Back closes it and leaves the page alone. */

const MARK = "sparklerDrawer"

/** Is this the entry of the drawer? Also after it was closed on the way to another page, which takes its place. */
export const isDrawerEntry = (state: unknown = window.history.state): boolean =>
  typeof state === "object" && state !== null && MARK in state

/** Without an address, so that the router has nothing to do; it adds to the state what it needs. */
export function pushDrawerEntry(): void {
  if (!isDrawerEntry()) window.history.pushState({ [MARK]: true }, "")
}

/** Back to the page as it was before; false when the drawer has no entry. */
export function leaveDrawerEntry(): boolean {
  const there = isDrawerEntry()
  if (there) window.history.back()
  return there
}
