/** The server does not know any more who asks: what a page does by itself has no use from then on. */
let sentence: string | null = null
/** Why the page began without a session, which it says itself; null where it has one. */
let unbegun: string | null = null
const listeners = new Set<() => void>()

export const sessionEnd = {
  /** What to tell the person; null while the session is not known to have ended. */
  told: (): string | null => sentence,
  unbegun: (): string | null => unbegun,
  setUnbegun: (why: string | null): void => {
    unbegun = why
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  tell: (why: string): void => {
    if (sentence !== null) return
    sentence = why
    for (const listener of listeners) listener()
  },
}
