/**
 * The queued messages, stored in the browser until the server has them, so that a reload or another tab of the same
 * conversation sees them too.
 */
import { keyOf, type PageStorage, readJson } from "@/components/base/storage"
import { type QueuedTurn, queueOf } from "@/components/session/queue"

export class PersistedQueue {
  private storage: PageStorage | null = null
  private readonly key: string

  constructor(conversationId: string) {
    this.key = `sparkler:queue:${conversationId}`
  }

  /** Calls `onRead` with the stored queue, now and whenever another tab changes it. Returns an unsubscribe function. */
  open(
    storage: PageStorage,
    target: Pick<EventTarget, "addEventListener" | "removeEventListener">,
    onRead: (turns: QueuedTurn[]) => void,
  ): () => void {
    this.storage = storage
    const read = () => onRead(queueOf(readJson(storage, this.key)))
    read()
    const heard = (event: Event) => {
      const key = "key" in event ? event.key : null
      if (typeof key !== "string" || keyOf(key) === this.key) read()
    }
    target.addEventListener("storage", heard)
    return () => target.removeEventListener("storage", heard)
  }

  /** Stores the queue; `underway`, which is being sent, goes back to the front if it does not arrive. */
  keep(waiting: QueuedTurn[], underway: QueuedTurn | null): void {
    const turns = underway ? [underway, ...waiting] : waiting
    if (turns.length === 0) this.storage?.removeItem(this.key)
    else this.storage?.setItem(this.key, JSON.stringify(turns))
  }
}
