/** The changes of a user's conversations as blocks of an event stream. */
import type { ListEvent } from "@/lib/chat/conversation.types"
import { subscribe } from "@/lib/chat/news/news"

/**
 * Events that may be queued for a slow reader. Beyond that its stream ends: it reconnects, and loads what it has
 * missed.
 */
export const MAX_WAITING = 1_000

/**
 * All events from now on, until `signal` aborts; `owner` identifies the user to their pages. Ends if the reader is too
 * far behind, or may have missed something.
 */
export async function* newsBlocks(userId: string, signal: AbortSignal, owner = ""): AsyncGenerator<string> {
  let waiting: ListEvent[] = []
  let behind = false
  let wake = () => {}
  const take = (event: ListEvent) => {
    behind ||= waiting.length >= MAX_WAITING
    if (behind) waiting = []
    else waiting.push(event)
    wake()
  }
  const missed = () => {
    behind = true
    waiting = []
    wake()
  }
  const unsubscribe = await subscribe(userId, take, missed)
  const leave = () => wake()
  signal.addEventListener("abort", leave)
  try {
    // Tells the client that nothing is missed from here on.
    yield `event: open\ndata: ${JSON.stringify(owner ? { owner } : {})}\n\n`
    while (!signal.aborted) {
      if (waiting.length === 0 && !behind)
        await new Promise<void>((resolve) => {
          wake = resolve
          if (signal.aborted) resolve()
        })
      if (behind) return
      const events = waiting
      waiting = []
      if (events.length > 0) yield events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("")
    }
  } finally {
    unsubscribe()
    signal.removeEventListener("abort", leave)
  }
}
