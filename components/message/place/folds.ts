/**
 * Long messages are folded to make a conversation easy to skim. Except the newest, which is being read, and any the
 * user opened, jumped to or searched in. The state is kept for the lifetime of the page, even while a message is not
 * rendered.
 */
import { Store, useStoreSelector } from "@/components/base/store"
import type { ChatMessage } from "@/lib/messages/types"

/** Estimated pixels beyond which an answer is folded: about four screens. */
const ANSWER_FROM_PX = 3_200
/** Visible pixels of a folded answer; app/globals.css uses the same value. */
export const FOLDED_ANSWER_PX = 640
/** Characters beyond which a question is folded, and how many of them show: a pasted log must not fill the page. */
const QUESTION_FROM = 4_000
const FOLDED_QUESTION = 1_200

/** Whether an answer of this height is worth folding. */
export const isLongAnswer = (pixels: number): boolean => pixels > ANSWER_FROM_PX

/** The visible part of a folded question; null when it is short enough to show whole. */
export const foldedQuestion = (text: string): string | null =>
  text.length > QUESTION_FROM ? `${text.slice(0, FOLDED_QUESTION).trimEnd()}…` : null

const opened = new Store<ReadonlyMap<string, boolean>>(new Map())

export function setOpen(messageId: string, isOpen: boolean): void {
  const known = opened.get()
  if (known.get(messageId) !== isOpen) opened.set(new Map(known).set(messageId, isOpen))
}

/** Undefined when the user has neither opened nor closed it. */
export const isOpen = ({ id }: Pick<ChatMessage, "id">): boolean | undefined => opened.get().get(id)

/** Whether a message shows whole: as last set by the user, else folded. */
export const useOpen = (messageId: string): boolean =>
  useStoreSelector(
    opened,
    (messages) => messages.get(messageId) ?? false,
    () => false,
  )
