/** A question on its way to the server. */
import { readError, unreachable } from "@/components/base/api"
import { retryWait } from "@/components/base/retry-wait"
import type { Connection } from "@/components/stream/follow-answers"
import type { ChatRequest } from "@/lib/chat/requests"

/** Times that a question is sent while no answer at all comes back: about 8 s with the waits. */
const SEND_TRIES = 6

interface PostOptions {
  onConnection: (connection: Connection) => void
  signal: AbortSignal
  /** Of the server; the page's own when left out. */
  origin?: string
  /** The wait before retry number `attempt`, from 0. */
  wait?: (attempt: number, signal: AbortSignal) => Promise<void>
}

/**
 * Posts a turn until the server has answered, whatever it says: with the same ids, of which the server makes one
 * message. Throws `ApiError` when it refuses or can't be reached, and the signal's reason when aborted.
 */
export async function postTurn(request: ChatRequest, options: PostOptions): Promise<Response> {
  const { origin = "", wait = retryWait, onConnection, signal } = options
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(request) }
  try {
    for (let attempt = 0; ; attempt++) {
      const response = await fetch(`${origin}/api/chat`, { ...init, signal }).catch(() => null)
      signal.throwIfAborted()
      if (response?.ok) return response
      // A connection that broke within the status line leaves a number that is none: no answer, either.
      if (response && response.status >= 400) throw await readError(response)
      if (attempt + 1 >= SEND_TRIES) throw unreachable()
      onConnection("reconnecting")
      await wait(attempt, signal)
    }
  } finally {
    onConnection("open")
  }
}
