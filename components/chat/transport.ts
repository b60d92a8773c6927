import type { ChatTransport, UIMessageChunk } from "ai"
import { chatRequest, type TurnOptions } from "@/components/chat/chat-request"
import { type Connection, followAnswer } from "@/components/chat/follow-answer"
import { errorOf, RequestError, unreachable } from "@/components/chat/request-error"
import { retryWait } from "@/components/chat/retry-wait"
import type { ChatMessage, ChatRequest } from "@/lib/chat/types"

export interface TransportOptions {
  /** What goes with the next turn. Read when it is sent. */
  turn: () => TurnOptions
  /** The answer that is being read when the page was loaded in its middle. */
  resumedMessageId?: string
  /** The server has stored the message. */
  onAccepted: () => void
  onConnection: (connection: Connection) => void
  /** The answer ended out of sight; the stored one has to be read. */
  onGone: () => void
  /** Origin for tests; the page's own otherwise. */
  origin?: string
  wait?: (attempt: number, signal: AbortSignal) => Promise<void>
}

/** Tries of a POST that gets no answer at all: about 8 s with the waits between them. */
const POST_TRIES = 6

/**
 * Carries turns to `POST /api/chat` and answers back, surviving broken connections: the POST is repeated with the
 * same ids (the server makes one message of them), a cut stream goes on behind its last event.
 */
export function createTransport(options: TransportOptions): ChatTransport<ChatMessage> {
  const { turn, resumedMessageId, onAccepted, onConnection, onGone, origin = "", wait = retryWait } = options

  const follow = (chatId: string, first: Response | null, outer: AbortSignal | undefined) => {
    const inner = new AbortController()
    const signal = outer ? AbortSignal.any([outer, inner.signal]) : inner.signal
    const attach = async (after: number, messageId: string | undefined) => {
      const query = new URLSearchParams({ after: String(after) })
      const reading = messageId ?? resumedMessageId
      if (reading && (messageId || !first)) query.set("message", reading)
      const response = await fetch(`${origin}/api/chat/${chatId}/stream?${query}`, { signal, cache: "no-store" })
      if (response.status === 204) return null
      if (!response.ok) throw await errorOf(response)
      return response
    }
    return { chunks: followAnswer({ first, attach, wait, onConnection, onGone, signal }), inner }
  }

  const post = async (request: ChatRequest, signal: AbortSignal): Promise<Response> => {
    const body = JSON.stringify(request)
    for (let attempt = 0; ; attempt++) {
      const response = await fetch(`${origin}/api/chat`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        signal,
      }).catch(() => null)
      signal.throwIfAborted()
      if (response?.ok) return response
      if (response) throw await errorOf(response)
      if (attempt + 1 >= POST_TRIES) throw unreachable()
      onConnection("reconnecting")
      await wait(attempt, signal)
    }
  }

  return {
    // Reattaching from the page's start reads the answer from its first event.
    resumeStreamIsReplay: true,

    sendMessages: async ({ chatId, messages, abortSignal }) => {
      const request = chatRequest(chatId, messages, turn())
      if (!request) throw new RequestError("message:empty", "Write a message first.")
      try {
        const response = await post(request, abortSignal ?? new AbortController().signal)
        onAccepted()
        const { chunks, inner } = follow(chatId, response, abortSignal)
        return toStream(chunks, inner)
      } finally {
        onConnection("open")
      }
    },

    reconnectToStream: async ({ chatId, abortSignal }) => {
      const { chunks, inner } = follow(chatId, null, abortSignal)
      const first = await chunks.next()
      return first.done ? null : toStream(chunks, inner, first.value)
    },
  }
}

/** A stream over the generator; leaving it closes the connection. */
function toStream(
  chunks: AsyncGenerator<UIMessageChunk>,
  connection: AbortController,
  first?: UIMessageChunk,
): ReadableStream<UIMessageChunk> {
  return new ReadableStream<UIMessageChunk>({
    start: (controller) => {
      if (first) controller.enqueue(first)
    },
    pull: async (controller) => {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => connection.abort(reason),
  })
}
