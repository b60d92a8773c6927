import { goOn } from "@/components/base/focus"
import type { MessageHandlers } from "@/components/message/parts/message-context"

/** What asks for an answer takes the focus along: the button that was pressed is about to go. */
export const goingOn = (handlers: MessageHandlers): MessageHandlers => ({
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
