import { Preference } from "@/components/base/preference"

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

/** Enter alone, or with Ctrl or ⌘. */
export type SendKey = "enter" | "mod"

/** Which key sends, as it was chosen; null: whatever suits the keyboard. */
export const chosenSendKey = new Preference<SendKey | null>({
  key: "sparkler:send-key",
  initial: null,
  form: { read: (text) => (text === "enter" || text === "mod" ? text : null), write: (key) => key ?? "" },
})

/** Which key sends here. A keyboard on the screen has no Shift+Enter for a new line: there Enter makes one. */
export const sendKey = (): SendKey => chosenSendKey.get() ?? (isTouchKeyboard() ? "mod" : "enter")

/** The key belongs to an input method. 229: Safari reports the end of a composition before this event. */
export const isComposing = ({ isComposing, keyCode }: Pressed): boolean => isComposing || keyCode === 229

/** A key in a text field of several lines sends what is written: Enter without Shift where that is the key, else with Ctrl or ⌘. */
export function sends(event: Pressed): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.altKey || isComposing(event)) return false
  return event.ctrlKey || event.metaKey || sendKey() === "enter"
}
