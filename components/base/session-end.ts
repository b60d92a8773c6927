/** The server no longer recognizes the user: background requests are pointless from then on. */
import { Store } from "@/components/base/store"

const ended = new Store<string | null>(null)
/** Why the page started without a session, which it shows itself; null when it has one. */
let unbegun: string | null = null

export const sessionEnd = {
  /** The message for the user; null until the session is known to have ended. */
  get: ended.get,
  subscribe: ended.subscribe,
  /** Keeps only the first reason. */
  tell: (why: string): void => ended.set(ended.get() ?? why),
  unbegun: (): string | null => unbegun,
  setUnbegun: (why: string | null): void => {
    unbegun = why
  },
}
