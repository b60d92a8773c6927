import { goOn } from "@/components/base/focus"
import type { MessageHandlers } from "@/components/message/parts/message-context"

/** Moves the focus when an answer is requested, since the pressed button is about to be removed. */
export const withFocusMoved = (handlers: MessageHandlers): MessageHandlers => ({
  ...handlers,
  regenerate: (...asked) => {
    handlers.regenerate(...asked)
    goOn()
  },
  goOn: (...asked) => {
    handlers.goOn(...asked)
    goOn()
  },
  edit: (...asked) => {
    handlers.edit(...asked)
    goOn()
  },
})
