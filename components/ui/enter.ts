interface Pressed {
  key: string
  shiftKey: boolean
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  isComposing: boolean
  keyCode: number
}

/** Text is typed on the screen: only fingers point at it. */
const isTouchKeyboard = (): boolean =>
  window.matchMedia("(pointer: coarse)").matches && !window.matchMedia("(any-pointer: fine)").matches

/** The key belongs to an input method. 229: Safari reports the end of a composition before this event. */
export const isComposing = ({ isComposing, keyCode }: Pressed): boolean => isComposing || keyCode === 229

/**
 * A key in a text field of several lines sends what is written: Enter without Shift. A keyboard on the screen has no
 * Shift+Enter: there Enter makes a new line, and only with Ctrl or ⌘ (of a keyboard that was added) sends.
 */
export function sends(event: Pressed): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.altKey || isComposing(event)) return false
  return event.ctrlKey || event.metaKey || !isTouchKeyboard()
}
