/** Which messages are alternatives of each other. Pure. */
import type { ChatMessage } from "@/lib/messages/types"

/** For each shown message with siblings: the ids of all of them, oldest first. */
export type Siblings = Record<string, string[]>

/** Adds `added` as an alternative of `of`, taking its place on the page. */
export function withSibling(siblings: Siblings, of: string, added: string): Siblings {
  const { [of]: group = [of], ...others } = siblings
  return { ...others, [added]: [...group, added] }
}

/** The messages before the one with this id; all when it isn't found. */
export function messagesBefore(messages: ChatMessage[], id: string): ChatMessage[] {
  const index = messages.findIndex((message) => message.id === id)
  return index === -1 ? messages : messages.slice(0, index)
}

/** `messages` from before an attempt, after any earlier ones loaded since. */
export function withEarlierMessages(now: ChatMessage[], messages: ChatMessage[]): ChatMessage[] {
  const place = now.findIndex(({ id }) => id === messages[0]?.id)
  return place > 0 ? [...now.slice(0, place), ...messages] : messages
}

/** The new messages, reusing the old objects where nothing has changed, so that those don't rerender. */
export function reuse(old: ChatMessage[], messages: ChatMessage[]): ChatMessage[] {
  const known = new Map(old.map((message) => [message.id, message]))
  return messages.map((message) => {
    const before = known.get(message.id)
    return before && JSON.stringify(before) === JSON.stringify(message) ? before : message
  })
}
