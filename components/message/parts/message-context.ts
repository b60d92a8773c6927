import { type ComponentType, createContext, type ReactElement, useContext } from "react"
import type { Edited } from "@/components/base/message-content"
import type { ButtonProps } from "@/components/ui/button"
import type { ApprovalRequest } from "@/lib/chat/requests"
import type { ImageInfo } from "@/lib/images/types"
import type { ChangeRequest } from "@/lib/messages/change.types"
import type { ValueEdit } from "@/lib/messages/edits.types"
import type { ChatMessage } from "@/lib/messages/types"

/** The user's decision on a call: whether to run it, whether to always allow it, and the reason if not. */
export type Said = Pick<ApprovalRequest, "approved" | "always" | "reason">

/** Actions on messages. A stable object, so that a message rerenders only when it changes. */
export interface MessageHandlers {
  edit: (messageId: string, edited: Edited) => void
  /** Requests another answer; a model other than the chat's is used only this once. */
  regenerate: (messageId: string, model?: string) => void
  /** Requests a version of a JSON answer in which the invalid values are generated again. */
  repair: (messageId: string) => void
  /** Continues an answer that broke off. */
  goOn: (messageId: string) => void
  /** Approves or denies a pending call. Never rejects. */
  approve: (messageId: string, approvalId: string, said: Said) => Promise<void>
  /** Retries a failed call, and lets the model continue. Never rejects. */
  retryCall: (messageId: string, toolCallId: string) => Promise<void>
  /** Reloads the conversation from the server. */
  reload: () => Promise<void>
  /** Stops an answer that is being written. */
  stop: (messageId: string) => void
  /** Accepts or rejects a change of a part. Resolves to false when the request failed. */
  decideChange: (messageId: string, taken: boolean) => Promise<boolean>
  /** Requests the change again, replacing this version. */
  changeAgain: (messageId: string, change: ChangeRequest) => Promise<void>
  /** Overwrites values in a JSON answer. Rejects with the error from the request. */
  editValues: (messageId: string, values: ValueEdit[]) => Promise<void>
  /** Shows another version of a message. */
  selectSibling: (messageId: string) => void
}

/** Actions of the page around the messages. Also stable. */
export interface MessageTools {
  /** A menu, opened by `trigger`, of the models an answer can be requested from again. */
  TryAgain: ComponentType<{ message: ChatMessage; trigger: ReactElement<ButtonProps> }>
  /** Lets the user choose another model for the answer. */
  tryOther: (message: ChatMessage) => void
  /** Shows the request behind an answer as code. */
  getCode: (messageId: string) => void
  /** Shows the recording of an answer, for saving. */
  saveRecording: (messageId: string) => void
  /** Saves an answer's question as an eval case. */
  saveCase: (messageId: string) => void
  /** Deletes a message and offers undo. */
  remove: (messageId: string) => void
  /** Creates a chat from the branch up to here. Null for temporary chats. */
  branch: ((messageId: string) => void) | null
  /** Shares the branch up to here; null for temporary chats. */
  share: ((messageId: string) => void) | null
}

export interface MessageContextValue {
  /** Null where messages are read-only. */
  handlers: MessageHandlers | null
  /** Null where messages are read-only. */
  tools: MessageTools | null
  /** Answers are side by side, each below its model's name, and none has been chosen to continue from. */
  beside?: boolean
  /** Copies a shared conversation up to here into a chat of the reader's own. */
  continueFrom?: (messageId: string) => void
  /** Null when it does not belong to the reader. */
  conversationId: string | null
  /** The URL of a message; null when it has no permanent one. */
  linkTo: ((messageId: string) => string) | null
  /** Attaches an image to the next message; undefined where no message can be sent. */
  attach?: (image: ImageInfo) => void
  /** Puts a question into the composer for the user to send; undefined where no message can be sent. */
  suggest?: (text: string) => void
  /** An answer is in progress: no other can be requested. */
  busy: boolean
  /** A model's display name. */
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
