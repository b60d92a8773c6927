/** Which messages are alternatives of one another. Pure. */
import type { ChatMessage } from "@/lib/chat/types"

/** For each shown message that has siblings: the ids of all of them, oldest first. */
export type Siblings = Record<string, string[]>

/** `added` is a new alternative of `of`, and takes its place on the page. */
export function withSibling(siblings: Siblings, of: string, added: string): Siblings {
  const { [of]: group = [of], ...others } = siblings
  return { ...others, [added]: [...group, added] }
}

/** The messages before the one of that id; all when it isn't there. */
export function messagesBefore(messages: ChatMessage[], id: string): ChatMessage[] {
  const index = messages.findIndex((message) => message.id === id)
  return index === -1 ? messages : messages.slice(0, index)
}
