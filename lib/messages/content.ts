/** Without a schema library, for the page as well. */
import type { ChatMessage } from "@/lib/messages/types"

/** Is there anything for a person to read? */
export const hasContent = (parts: ChatMessage["parts"]): boolean =>
  parts.some(
    (part) =>
      part.type === "file" ||
      part.type === "data-text-file" ||
      part.type === "data-document" ||
      "toolCallId" in part ||
      ((part.type === "text" || part.type === "reasoning") && part.text.trim() !== ""),
  )
