/** Which answers can be continued. Pure; also used by the page. */
import { openChange } from "@/lib/messages/change"
import { TOOL_STEPS } from "@/lib/messages/finish"
import type { ChatMessage } from "@/lib/messages/types"

/** There is text or a tool call to continue from, and the answer is incomplete. */
export function canContinue({ role, parts, metadata }: ChatMessage): boolean {
  if (role !== "assistant" || !metadata || metadata.output || openChange(parts)) return false
  const { status, finishReason } = metadata
  const ended = status === "complete" && finishReason !== "length" && finishReason !== TOOL_STEPS
  return status !== "streaming" && !ended && continuationPart(parts) !== null
}

/** The part from which an answer continues: its last text, tool call, or note of the user. Null if there is none. */
export const continuationPart = (parts: ChatMessage["parts"]) =>
  parts.findLast(
    (part) => (part.type === "text" && part.text.trim() !== "") || "toolCallId" in part || part.type === "data-steer",
  ) ?? null
