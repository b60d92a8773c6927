/**
 * Decides which conversation the start page shows. The first message changes the URL without a navigation, so for the
 * router “/” and “/c/{id}” are the same page from then on: only the URL tells what is wanted.
 */
export interface ShownConversation {
  /** Id of the conversation that starts at “/”. */
  fresh: string
  /** It has begun, so “/” now means another one. */
  begun: boolean
}

/** The conversation of a URL, or null on the start page. */
export const conversationIdFromPath = (pathname: string): string | null =>
  /^\/c\/([0-9a-f-]{36})$/.exec(pathname)?.[1] ?? null

/** Ids of the conversations started in this tab: a start page restored by the router still names one. */
const begunHere = new Set<string>()

export const begins = (id: string): void => void begunHere.add(id)

/** The state of a start page with this id, fresh from the server or restored by the router. */
export const initialShownConversation = (id: string): ShownConversation => ({ fresh: id, begun: begunHere.has(id) })

/** The state at a URL; the same object when nothing changes. */
export function nextShownConversation(
  shown: ShownConversation,
  pathname: string,
  newId: () => string,
): ShownConversation {
  const open = conversationIdFromPath(pathname)
  if (open === shown.fresh && !shown.begun) return { ...shown, begun: true }
  if (open === null && shown.begun) return { fresh: newId(), begun: false }
  return shown
}
