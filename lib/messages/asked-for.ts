import type { ChatMessage } from "@/lib/messages/types"

/** Number of calls in an ended answer that await the user's approval. */
export const askedFor = (parts: ChatMessage["parts"]): number =>
  parts.filter((part) => "toolCallId" in part && part.state === "approval-requested").length

/**
 * Number of calls in an ended answer that still wait: for the user's approval, or for a result from one of their pages.
 * A separate module, so that the empty page loads without the schemas of all parts.
 */
export const waitingCalls = (parts: ChatMessage["parts"]): number =>
  askedFor(parts) + parts.filter((part) => "toolCallId" in part && part.state === "input-available").length
