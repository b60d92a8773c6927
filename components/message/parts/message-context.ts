import { createContext, useContext } from "react"
import type { Edited } from "@/components/base/message-content"
import type { ChangeRequest } from "@/lib/messages/change.types"

/** What can be done with messages. One stable object, so that a message renders anew only when it changes. */
export interface MessageHandlers {
  edit: (messageId: string, edited: Edited) => void
  regenerate: (messageId: string) => void
  /** Goes on with an answer that broke off. */
  goOn: (messageId: string) => void
  /** Says whether a call that waits for the person may run. Never rejects. */
  approve: (messageId: string, approvalId: string, approved: boolean) => Promise<void>
  /** Ends an answer that is being written. */
  stop: (messageId: string) => void
  /** Takes a change of a part, or leaves it. Resolves with false when that did not work. */
  decideChange: (messageId: string, taken: boolean) => Promise<boolean>
  /** Asks for it once more, in the place of this version. */
  changeAgain: (messageId: string, change: ChangeRequest) => Promise<void>
  /** Shows another alternative of a message. */
  selectSibling: (messageId: string) => void
}

export interface MessageContextValue {
  /** Null where messages can only be read. */
  handlers: MessageHandlers | null
  /** Null where it is not the reader's own. */
  conversationId: string | null
  /** The address of a message; null where it has none that lasts. */
  linkTo: ((messageId: string) => string) | null
  /** An answer is on its way: no other can be asked for. */
  busy: boolean
  /** A model's name for people. */
  modelName: (id: string) => string
}

export const MessageContext = createContext<MessageContextValue>({
  handlers: null,
  conversationId: null,
  linkTo: null,
  busy: false,
  modelName: (id) => id.split("/").at(-1) ?? id,
})

export const useMessageContext = () => useContext(MessageContext)
