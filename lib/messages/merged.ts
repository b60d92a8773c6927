import type { ChatMessage } from "@/lib/messages/types"

/** The answer that one model made out of others. */
export const isMerged = ({ metadata }: Pick<ChatMessage, "metadata">): boolean => metadata?.merged !== undefined
