/** Where the focus goes when what had it is done with. */

/** The message field. */
const FIELD = "message"

/** A focused field opens no keyboard over half of the screen. */
export const opensNoKeyboard = (): boolean => window.matchMedia("(hover: hover) and (pointer: fine)").matches

/** Puts the focus into a field where that opens no keyboard over half of the screen. */
export function focusWithoutKeyboard(field: HTMLElement | null): void {
  if (opensNoKeyboard()) field?.focus({ preventScroll: true })
}

/** Somebody writes: a name in the list, say. */
export const isWriting = (): boolean =>
  document.activeElement?.matches("textarea, input:not([type=checkbox], [type=radio], [type=range])") ?? false

/**
 * The focus goes where one goes on: to the message field. Where that would open a keyboard, and where there is no field,
 * to `item`, else to the conversation, else to the page's main part: never to nothing, where keys and screen readers
 * begin again at the top.
 */
export function goOn(item: HTMLElement | null = null): void {
  const field = document.getElementById(FIELD)
  const writes = field && opensNoKeyboard() && canHaveFocus(field) ? field : null
  const log = document.querySelector<HTMLElement>("[role='log']")
  const target = [writes, item, log, document.querySelector("main")].find((element) => element?.isConnected)
  if (!target) return
  if (!target.hasAttribute("tabindex")) target.tabIndex = -1
  target.focus({ preventScroll: true })
}

/** How long an element that a render brings is waited for, in frames: a second at most on most screens. */
const WAIT_FRAMES = 60

/** Focuses what the next render brings: on a busy machine that may take more than one frame. Gives up after a second. */
export function focusSoon(find: () => HTMLElement | null | undefined, options?: FocusOptions): void {
  let frames = 0
  const look = () => {
    const element = find()
    if (element && canHaveFocus(element)) element.focus(options)
    else if (++frames < WAIT_FRAMES) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** It is on the page, is shown, and takes part. */
export const canHaveFocus = (element: Element): boolean =>
  element.isConnected &&
  !element.matches(":disabled") &&
  element.closest("[inert]") === null &&
  element.checkVisibility({ visibilityProperty: true })
