/** Which answers can be gone on with. Pure; the page asks the same. */
import { openChange } from "@/lib/messages/change"
import { TOOL_STEPS } from "@/lib/messages/finish"
import type { ChatMessage } from "@/lib/messages/types"

/** There is text or a tool call to go on from, and the end is not the end. */
export function canContinue({ role, parts, metadata }: ChatMessage): boolean {
  if (role !== "assistant" || !metadata || metadata.output || openChange(parts)) return false
  const { status, finishReason } = metadata
  const ended = status === "complete" && finishReason !== "length" && finishReason !== TOOL_STEPS
  return status !== "streaming" && !ended && openEnd(parts) !== null
}

/** The part from which an answer goes on: its last text, unless the model was to do something since. Null when there is none. */
export const openEnd = (parts: ChatMessage["parts"]) =>
  parts.findLast(
    (part) => (part.type === "text" && part.text.trim() !== "") || "toolCallId" in part || part.type === "data-steer",
  ) ?? null
