/** Without a schema library, so that the page can use it. */
import type { ChatMessage } from "@/lib/messages/types"

/** Whether there is anything for a user to read. */
export const hasContent = (parts: ChatMessage["parts"]): boolean =>
  parts.some(
    (part) =>
      part.type === "file" ||
      part.type === "data-text-file" ||
      part.type === "data-document" ||
      "toolCallId" in part ||
      ((part.type === "text" || part.type === "reasoning") && part.text.trim() !== ""),
  )
