import { type ComponentType, createContext, type ReactElement, useContext } from "react"
import type { Edited } from "@/components/base/message-content"
import type { ButtonProps } from "@/components/ui/button"
import type { ApprovalRequest } from "@/lib/chat/requests"
import type { ImageInfo } from "@/lib/images/types"
import type { ChangeRequest } from "@/lib/messages/change.types"
import type { ValueEdit } from "@/lib/messages/edits.types"
import type { ChatMessage } from "@/lib/messages/types"

/** What a person says of a call: it runs, from now on unasked, or not, and why not. */
export type Said = Pick<ApprovalRequest, "approved" | "always" | "reason">

/** What can be done with messages. One stable object, so that a message renders anew only when it changes. */
export interface MessageHandlers {
  edit: (messageId: string, edited: Edited) => void
  /** Asks for another answer; of a model that is not the chat's only this once. */
  regenerate: (messageId: string, model?: string) => void
  /** Asks for a version of an answer in JSON in which what is wrong is asked for again. */
  repair: (messageId: string) => void
  /** Goes on with an answer that broke off. */
  goOn: (messageId: string) => void
  /** Says whether a call that waits for the person may run. Never rejects. */
  approve: (messageId: string, approvalId: string, said: Said) => Promise<void>
  /** Runs a call that failed again, and lets the model go on. Never rejects. */
  retryCall: (messageId: string, toolCallId: string) => Promise<void>
  /** Reads what has changed on the server. */
  reload: () => Promise<void>
  /** Ends an answer that is being written. */
  stop: (messageId: string) => void
  /** Takes a change of a part, or leaves it. Resolves with false when that did not work. */
  decideChange: (messageId: string, taken: boolean) => Promise<boolean>
  /** Asks for it once more, in the place of this version. */
  changeAgain: (messageId: string, change: ChangeRequest) => Promise<void>
  /** Writes over values of an answer in JSON. Rejects with why that did not work. */
  editValues: (messageId: string, values: ValueEdit[]) => Promise<void>
  /** Shows another alternative of a message. */
  selectSibling: (messageId: string) => void
}

/** What the page around the messages can do with them. Stable, too. */
export interface MessageTools {
  /** The models that an answer can be asked of again, behind `trigger`. */
  TryAgain: ComponentType<{ message: ChatMessage; trigger: ReactElement<ButtonProps> }>
  /** Lets the person choose who answers again. */
  tryOther: (message: ChatMessage) => void
  /** Shows the request behind an answer as programs. */
  getCode: (messageId: string) => void
  /** Shows what is in the recording of an answer, to be saved. */
  saveRecording: (messageId: string) => void
  /** Saves the question of an answer as a case of an eval. */
  saveCase: (messageId: string) => void
  /** Deletes a message, and offers to bring it back. */
  remove: (messageId: string) => void
  /** Makes a chat of the branch up to here. Null where nothing is to be left behind. */
  branch: ((messageId: string) => void) | null
  /** Shares the branch up to here; null as well. */
  share: ((messageId: string) => void) | null
}

export interface MessageContextValue {
  /** Null where messages can only be read. */
  handlers: MessageHandlers | null
  /** Null as well. */
  tools: MessageTools | null
  /** Answers stand side by side, each below its model's name: the chat goes on from none of them yet. */
  beside?: boolean
  /** Makes a chat of the reader's own of what is shared, up to here. */
  continueFrom?: (messageId: string) => void
  /** Null where it is not the reader's own. */
  conversationId: string | null
  /** The address of a message; null where it has none that lasts. */
  linkTo: ((messageId: string) => string) | null
  /** Attaches an image to what is written next; missing where nothing can be asked. */
  attach?: (image: ImageInfo) => void
  /** Puts a question into the composer, for the person to send; missing where nothing can be asked. */
  suggest?: (text: string) => void
  /** An answer is on its way: no other can be asked for. */
  busy: boolean
  /** A model's name for people. */
  modelName: (id: string) => string
}

export const MessageContext = createContext<MessageContextValue>({
  handlers: null,
  tools: null,
  conversationId: null,
  linkTo: null,
  busy: false,
  modelName: (id) => id.split("/").at(-1) ?? id,
})

export const useMessageContext = () => useContext(MessageContext)
