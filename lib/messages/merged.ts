import type { ChatMessage } from "@/lib/messages/types"

export const isMerged = ({ metadata }: Pick<ChatMessage, "metadata">): boolean => metadata?.merged !== undefined
