import type { ChatMessage } from "@/lib/messages/types"

/** Whether an answer was merged from others. */
export const isMerged = ({ metadata }: Pick<ChatMessage, "metadata">): boolean => metadata?.merged !== undefined
