import type { ChatMessage, MessageStatus } from "@/lib/messages/types"

/** It says or shows something; what was only thought is no answer. */
export const saysSomething = (parts: ChatMessage["parts"]): boolean =>
  parts.some(
    (part) => part.type === "file" || "toolCallId" in part || (part.type === "text" && part.text.trim() !== ""),
  )

/** An answer that can be gone on from: it has not failed, and says something unless it is still being written. */
export const isUsable = (status: MessageStatus | undefined, parts: ChatMessage["parts"]): boolean =>
  status === "streaming" || (status !== "failed" && saysSomething(parts))
