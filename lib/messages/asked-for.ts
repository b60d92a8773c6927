import type { ChatMessage } from "@/lib/messages/types"

/** Calls of an answer that has ended which wait for the person's leave. */
export const askedFor = (parts: ChatMessage["parts"]): number =>
  parts.filter((part) => "toolCallId" in part && part.state === "approval-requested").length

/**
 * Calls of an answer that has ended which still wait: for the person's leave, or for what a page of theirs sends. By itself:
 * the empty page does without the schemas of all parts.
 */
export const waitingCalls = (parts: ChatMessage["parts"]): number =>
  askedFor(parts) + parts.filter((part) => "toolCallId" in part && part.state === "input-available").length
