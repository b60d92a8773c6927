import { requireUser } from "@/lib/auth/session"
import type { ListEvent } from "@/lib/chat/conversation.types"
import { subscribe } from "@/lib/chat/news"
import { eventStream } from "@/lib/http/event-stream"
import { route } from "@/lib/http/route"

/** What happens to the person's conversations, as it happens: `ListEvent`s, without a history. */
export const GET = route(async (request) => {
  const user = await requireUser(request)
  const abort = new AbortController()
  return eventStream(news(user.id, AbortSignal.any([request.signal, abort.signal])), { abort })
})

/** Events that a slow reader may be behind. Then its stream ends: it comes back, and reads what it has missed. */
const MOST_WAITING = 1_000

async function* news(userId: string, signal: AbortSignal): AsyncGenerator<string> {
  let waiting: ListEvent[] = []
  let behind = false
  let wake = () => {}
  const unsubscribe = subscribe(userId, (event) => {
    behind ||= waiting.length >= MOST_WAITING
    if (behind) waiting = []
    else waiting.push(event)
    wake()
  })
  const leave = () => wake()
  signal.addEventListener("abort", leave)
  try {
    // Says that from here on nothing is missed.
    yield "event: open\ndata: {}\n\n"
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
