/** Between `useChat` and our routes: one message goes up, numbered events come down over as many connections as it takes. */
import type { ChatTransport, UIMessageChunk } from "ai"
import { ApiError, readError, UNREACHABLE } from "@/components/base/api"
import { retryWait } from "@/components/base/retry-wait"
import { chatRequest, type TurnOptions } from "@/components/stream/chat-request"
import { type Connection, followAnswer } from "@/components/stream/follow-answer"
import { parentIn } from "@/lib/chat/parent-header"
import type { ChatRequest } from "@/lib/chat/requests"
import type { ChatMessage } from "@/lib/messages/types"

export interface TransportOptions {
  /** What goes with the next turn. Read when it is sent. */
  turn: () => TurnOptions
  /** The answer that a resume goes on reading. Read when it begins. */
  resumedMessageId: () => string | undefined
  /** The server has stored the message, behind this one when it says so. */
  onAccepted: (parentId: string | null | undefined) => void
  onConnection: (connection: Connection) => void
  /** The answer ended out of sight: what is stored has to be read instead. */
  onGone: () => void
  /** Of the server; the page's own when left out. */
  origin?: string
  /** The wait before retry number `attempt`, from 0. */
  wait?: (attempt: number, signal: AbortSignal) => Promise<void>
}

/** Times that a question is sent while no answer at all comes back: about 8 s with the waits. */
const SEND_TRIES = 6

interface PostOptions extends Pick<TransportOptions, "origin" | "wait" | "onConnection"> {
  signal: AbortSignal
}

/** Posts a turn until the server has answered, whatever it says. Throws `ApiError` when it refuses or can't be reached. */
export async function postTurn(
  request: ChatRequest,
  { origin = "", wait = retryWait, onConnection, signal }: PostOptions,
): Promise<Response> {
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(request) }
  for (let attempt = 0; ; attempt++) {
    const response = await fetch(`${origin}/api/chat`, { ...init, signal }).catch(() => null)
    signal.throwIfAborted()
    if (response?.ok) return response
    if (response) throw await readError(response)
    if (attempt + 1 >= SEND_TRIES) throw new ApiError("network", UNREACHABLE, 0)
    onConnection("reconnecting")
    await wait(attempt, signal)
  }
}

/**
 * Carries turns to `POST /api/chat` and answers back, surviving broken connections: the POST is repeated with the
 * same ids (the server makes one message of them), a cut stream goes on behind its last event, a resume replays the
 * answer from its start. Both calls throw `ApiError` when the server refuses.
 */
export function createTransport(options: TransportOptions): ChatTransport<ChatMessage> {
  const { turn, resumedMessageId, onAccepted, onConnection, onGone, origin = "", wait = retryWait } = options

  const follow = (chatId: string, first: Response | null, signal: AbortSignal, answerId: string | undefined) => {
    const attach = async (after: number, messageId: string | undefined) => {
      // Named before its first event came, too: the stream of an answer that has ended is found by its name only.
      const reading = messageId ?? answerId
      const query = new URLSearchParams({ after: String(after), ...(reading && { message: reading }) })
      const response = await fetch(`${origin}/api/chat/${chatId}/stream?${query}`, { signal, cache: "no-store" })
      if (response.status === 204) return null
      if (!response.ok) throw await readError(response)
      return response
    }
    return followAnswer({ first, attach, wait, onConnection, onGone, signal })
  }

  return {
    resumeStreamIsReplay: true,

    sendMessages: async ({ chatId, messages, abortSignal }) => {
      const request = chatRequest(chatId, messages, turn())
      if (!request) throw new ApiError("message:empty", "Write a message first.", 0)
      const { signal, leave } = leavable(abortSignal)
      try {
        const response = await postTurn(request, { origin, wait, onConnection, signal })
        onAccepted(parentIn(response))
        return toStream(follow(chatId, response, signal, request.responseId), leave)
      } finally {
        onConnection("open")
      }
    },

    reconnectToStream: async ({ chatId, abortSignal }) => {
      const { signal, leave } = leavable(abortSignal)
      const chunks = follow(chatId, null, signal, resumedMessageId())
      const first = await chunks.next()
      return first.done ? null : toStream(chunks, leave, first.value)
    },
  }
}

/** A signal that aborts with `outer`, or when the reader of the stream leaves. */
function leavable(outer: AbortSignal | undefined) {
  const inner = new AbortController()
  const signal = outer ? AbortSignal.any([outer, inner.signal]) : inner.signal
  return { signal, leave: (reason: unknown) => inner.abort(reason) }
}

/** A stream over the generator; leaving it closes the connection. */
function toStream(
  chunks: AsyncGenerator<UIMessageChunk>,
  leave: (reason: unknown) => void,
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
    cancel: leave,
  })
}
