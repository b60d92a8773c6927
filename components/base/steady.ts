import type { ChatMessage } from "@/lib/messages/types"

/**
 * What to show of an answer that is replayed after a reconnect: the replay starts from nothing, so the existing content
 * stays until the replay has caught up. Avoids a flash of missing text.
 */
export function steady(shown: ChatMessage | undefined, next: ChatMessage): ChatMessage {
  if (shown?.id !== next.id) return next
  if (shown.metadata?.status !== "streaming" || next.metadata?.status !== "streaming") return next
  return sizeOf(next) < sizeOf(shown) ? shown : next
}

/** The amount of content: a part counts like a character, so that one more tool call is more. */
function sizeOf({ parts }: ChatMessage): number {
  return parts.reduce((sum, part) => sum + 1 + ("text" in part ? part.text.length : 0) + toolProgress(part), 0)
}

function toolProgress(part: ChatMessage["parts"][number]): number {
  if (!("toolCallId" in part)) return 0
  if (part.state === "input-streaming") return 0
  return part.state === "input-available" ? 1 : 2
}
