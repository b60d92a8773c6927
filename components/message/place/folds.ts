/**
 * Long messages are folded, so that a conversation can be looked through. Not the newest, which is being read, and not
 * one that somebody opened, jumped to or searched in. What is open stays so while the page lives, drawn or not.
 */
import { Store, usePart } from "@/components/base/store"
import type { ChatMessage } from "@/lib/messages/types"

/** Pixels, as estimated, from which an answer is folded: about four screens. */
const ANSWER_FROM_PX = 3_200
/** Pixels of a folded answer that show; app/globals.css keeps to it. */
export const FOLDED_ANSWER_PX = 640
/** Characters from which a question is folded, and of it that show: a pasted log must not fill the page. */
const QUESTION_FROM = 4_000
const FOLDED_QUESTION = 1_200

/** An answer of so many pixels is worth folding. */
export const isLongAnswer = (pixels: number): boolean => pixels > ANSWER_FROM_PX

/** What shows of a folded question; null when it is short enough to show whole. */
export const foldedQuestion = (text: string): string | null =>
  text.length > QUESTION_FROM ? `${text.slice(0, FOLDED_QUESTION).trimEnd()}…` : null

const opened = new Store<ReadonlyMap<string, boolean>>(new Map())

export function setOpen(messageId: string, isOpen: boolean): void {
  const known = opened.get()
  if (known.get(messageId) !== isOpen) opened.set(new Map(known).set(messageId, isOpen))
}

/** Undefined when nobody has opened or closed it. */
export const isOpen = ({ id }: Pick<ChatMessage, "id">): boolean | undefined => opened.get().get(id)

/** Whether a message shows whole: as it was left, else folded. */
export const useOpen = (messageId: string): boolean =>
  usePart(
    opened,
    (messages) => messages.get(messageId) ?? false,
    () => false,
  )
