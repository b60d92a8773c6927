/** Posts a turn to the server. */
import { readError, unreachable } from "@/components/base/api"
import { retryWait } from "@/components/base/retry-wait"
import type { Connection } from "@/components/stream/follow-answers"
import type { ChatRequest } from "@/lib/chat/requests"

/** Maximum attempts while no response arrives: about 8 s including delays. */
const SEND_TRIES = 6

interface PostOptions {
  onConnection: (connection: Connection) => void
  signal: AbortSignal
  /** The server's origin; the page's own by default. */
  origin?: string
  /** The delay before retry number `attempt`, from 0. */
  wait?: (attempt: number, signal: AbortSignal) => Promise<void>
}

/**
 * Posts a turn until the server responds in any way. Retries reuse the same ids, so the server creates one message.
 * Throws `ApiError` when the server rejects it or can't be reached, and the signal's reason when aborted.
 */
export async function postTurn(request: ChatRequest, options: PostOptions): Promise<Response> {
  const { origin = "", wait = retryWait, onConnection, signal } = options
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(request) }
  try {
    for (let attempt = 0; ; attempt++) {
      const response = await fetch(`${origin}/api/chat`, { ...init, signal }).catch(() => null)
      signal.throwIfAborted()
      if (response?.ok) return response
      // A connection broken within the status line yields an invalid status: not a response either.
      if (response && response.status >= 400) throw await readError(response)
      if (attempt + 1 >= SEND_TRIES) throw unreachable()
      onConnection("reconnecting")
      await wait(attempt, signal)
    }
  } finally {
    onConnection("open")
  }
}
