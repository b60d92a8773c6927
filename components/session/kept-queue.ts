/**
 * The messages that wait, kept in the browser until the server has them: a reload or another tab of the same
 * conversation sees the same.
 */
import { keyOf, type PageStorage, readJson } from "@/components/base/storage"
import { type QueuedTurn, queueOf } from "@/components/session/queue"

export class KeptQueue {
  private storage: PageStorage | null = null
  private readonly key: string

  constructor(conversationId: string) {
    this.key = `sparkler:queue:${conversationId}`
  }

  /** Tells what was kept, now and when other tabs have changed it. Returns how to leave. */
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

  /** Keeps these; `underway`, which is on its way to the server, comes back before the others if it does not arrive. */
  keep(waiting: QueuedTurn[], underway: QueuedTurn | null): void {
    const turns = underway ? [underway, ...waiting] : waiting
    if (turns.length === 0) this.storage?.removeItem(this.key)
    else this.storage?.setItem(this.key, JSON.stringify(turns))
  }
}
