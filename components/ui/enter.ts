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

/** Text is typed on an on-screen keyboard: the only pointer is touch. */
const isTouchKeyboard = (): boolean =>
  window.matchMedia("(pointer: coarse)").matches && !window.matchMedia("(any-pointer: fine)").matches

/** Plain Enter, or with Ctrl or ⌘. */
export type SendKey = "enter" | "mod"

/** The user's choice of key that sends; null: depends on the keyboard. */
export const chosenSendKey = new Preference<SendKey | null>({
  key: "sparkler:send-key",
  initial: null,
  form: { read: (text) => (text === "enter" || text === "mod" ? text : null), write: (key) => key ?? "" },
})

/** The key that sends here. An on-screen keyboard has no Shift+Enter, so Enter inserts a new line there. */
export const sendKey = (): SendKey => chosenSendKey.get() ?? (isTouchKeyboard() ? "mod" : "enter")

/** Whether the key belongs to an input method. 229: Safari reports the end of a composition before this event. */
export const isComposing = ({ isComposing, keyCode }: Pressed): boolean => isComposing || keyCode === 229

/** Whether a key in a multi-line field sends: Enter without Shift if that is the send key, or with Ctrl or ⌘. */
export function sends(event: Pressed): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.altKey || isComposing(event)) return false
  return event.ctrlKey || event.metaKey || sendKey() === "enter"
}
