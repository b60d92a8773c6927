/**
 * Which conversation the start page shows. The first message changes the address without a navigation, so to the
 * router “/” and “/c/{id}” are one page from then on: the address alone tells what is wanted.
 */
export interface ShownConversation {
  /** Id of the conversation that begins at “/”. */
  fresh: string
  /** It has begun: “/” means another one from now on. */
  begun: boolean
}

/** The conversation of an address, or null at the start page. */
export const conversationAt = (pathname: string): string | null => /^\/c\/([0-9a-f-]{36})$/.exec(pathname)?.[1] ?? null

/** Ids of the conversations that began in this tab: a start page that the router brings back still names one. */
const begunHere = new Set<string>()

export const begins = (id: string): void => void begunHere.add(id)

/** The state of a start page that the server, or the router from an earlier time, gave this id. */
export const shownFirst = (id: string): ShownConversation => ({ fresh: id, begun: begunHere.has(id) })

/** The state at an address; the same object when nothing changes. */
export function shownAt(shown: ShownConversation, pathname: string, newId: () => string): ShownConversation {
  const open = conversationAt(pathname)
  if (open === shown.fresh && !shown.begun) return { ...shown, begun: true }
  if (open === null && shown.begun) return { fresh: newId(), begun: false }
  return shown
}
