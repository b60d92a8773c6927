/** Where focus goes when the focused element is done or gone. */

/** The id of the message field. */
const FIELD = "message"

/** Whether focusing a field opens no on-screen keyboard. */
export const lacksOnScreenKeyboard = (): boolean => window.matchMedia("(hover: hover) and (pointer: fine)").matches

/** Focuses a field unless that would open an on-screen keyboard. */
export function focusWithoutKeyboard(field: HTMLElement | null): void {
  if (lacksOnScreenKeyboard()) field?.focus({ preventScroll: true })
}

/** Whether the user is typing, such as a name in the list. */
export const isTyping = (): boolean =>
  document.activeElement?.matches("textarea, input:not([type=checkbox], [type=radio], [type=range])") ?? false

/**
 * Moves the focus to where the user continues: the message field. If that would open a keyboard, or there is no field,
 * to `item`, else to the conversation, else to the main part of the page: never to the body, where keys and screen
 * readers would start over at the top.
 */
export function goOn(item: HTMLElement | null = null): void {
  const field = document.getElementById(FIELD)
  const writes = field && lacksOnScreenKeyboard() && isFocusable(field) ? field : null
  const log = document.querySelector<HTMLElement>("[role='log']")
  const target = [writes, item, log, document.querySelector("main")].find((element) => element?.isConnected)
  if (!target) return
  if (!target.hasAttribute("tabindex")) target.tabIndex = -1
  target.focus({ preventScroll: true })
}

/** Frames to wait for an element to be rendered: at most a second on most screens. */
const WAIT_FRAMES = 60

/**
 * Focuses an element from the next render, which may take more than one frame on a busy machine. Gives up after a
 * second.
 */
export function focusWhenRendered(find: () => HTMLElement | null | undefined, options?: FocusOptions): void {
  let frames = 0
  const look = () => {
    const element = find()
    if (element && isFocusable(element)) element.focus(options)
    else if (++frames < WAIT_FRAMES) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** Whether the element is attached, visible and enabled. */
export const isFocusable = (element: Element): boolean =>
  element.isConnected &&
  !element.matches(":disabled") &&
  element.closest("[inert]") === null &&
  element.checkVisibility({ visibilityProperty: true })
