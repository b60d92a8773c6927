/** The server does not know any more who asks: what a page does by itself has no use from then on. */
import { Store } from "@/components/base/store"

const ended = new Store<string | null>(null)
/** Why the page began without a session, which it says itself; null where it has one. */
let unbegun: string | null = null

export const sessionEnd = {
  /** What to tell the person; null while the session is not known to have ended. */
  get: ended.get,
  subscribe: ended.subscribe,
  /** Only the first reason is told. */
  tell: (why: string): void => ended.set(ended.get() ?? why),
  unbegun: (): string | null => unbegun,
  setUnbegun: (why: string | null): void => {
    unbegun = why
  },
}
