/** Which messages are alternatives of one another. Pure. */
import type { ChatMessage } from "@/lib/messages/types"

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

/** `messages` as they were before a try, behind those that were read from further up meanwhile. */
export function withEarlier(now: ChatMessage[], messages: ChatMessage[]): ChatMessage[] {
  const place = now.findIndex(({ id }) => id === messages[0]?.id)
  return place > 0 ? [...now.slice(0, place), ...messages] : messages
}

/** The new messages, with the old objects where nothing has changed: what is the same is not drawn anew. */
export function reuse(old: ChatMessage[], messages: ChatMessage[]): ChatMessage[] {
  const known = new Map(old.map((message) => [message.id, message]))
  return messages.map((message) => {
    const before = known.get(message.id)
    return before && JSON.stringify(before) === JSON.stringify(message) ? before : message
  })
}
