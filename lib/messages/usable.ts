import type { ChatMessage, MessageStatus } from "@/lib/messages/types"

/** Whether it says or shows something; reasoning alone is not an answer. */
export const saysSomething = (parts: ChatMessage["parts"]): boolean =>
  parts.some(
    (part) => part.type === "file" || "toolCallId" in part || (part.type === "text" && part.text.trim() !== ""),
  )

/** Whether an answer can be continued from: it has not failed, and says something unless it is still being written. */
export const isUsable = (status: MessageStatus | undefined, parts: ChatMessage["parts"]): boolean =>
  status === "streaming" || (status !== "failed" && saysSomething(parts))
