import type { ChatMessage } from "@/lib/messages/types"

/** Calls that wait for the person's leave. By itself: the empty page does without the schemas of all parts. */
export const askedFor = (parts: ChatMessage["parts"]): number =>
  parts.filter((part) => "toolCallId" in part && part.state === "approval-requested").length
