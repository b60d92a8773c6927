/** Finds the part of an answer that a selection refers to, for a change request. */
import type { Selected } from "@/components/selection/selected"
import { openChange, textsOf } from "@/lib/messages/change"
import type { ChangeRequest } from "@/lib/messages/change.types"
import type { ChatMessage } from "@/lib/messages/types"

/** An answer whose text can be changed in part: complete, prose, and without an undecided change. */
export function isChangeable(message: ChatMessage | undefined): message is ChatMessage {
  if (message?.role !== "assistant" || message.metadata?.output) return false
  return message.metadata?.status !== "streaming" && openChange(message.parts) === null
}

/** The request without the wish; null when the selection can't be found in the source. */
export async function partToChange(
  message: ChatMessage,
  { range, part }: Selected,
): Promise<Omit<ChangeRequest, "wish"> | null> {
  const chosen = part === null ? undefined : message.parts[part]
  const { startContainer } = range
  const element = startContainer instanceof Element ? startContainer : startContainer.parentElement
  const words = element?.closest<HTMLElement>("[data-words]")
  if (part === null || chosen?.type !== "text" || !words) return null
  const { visibleText } = await import("@/components/selection/source/visible")
  const visible = visibleText(words, range)
  const { sourceRange } = await import("@/components/selection/source/source-range")
  const found = sourceRange(chosen.text, visible)
  if (!found) return null
  return {
    of: message.id,
    text: textsOf(message.parts.slice(0, part)).length,
    start: found.start,
    old: chosen.text.slice(found.start, found.end),
  }
}
