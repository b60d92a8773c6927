/** Following an answer: the event stream of a message, from any number on. */
import { UI_MESSAGE_STREAM_HEADERS, type UIMessageChunk } from "ai"
import { toChatMessage } from "@/lib/chat/messages"
import type { ChatMessage } from "@/lib/chat/types"
import { runningGeneration } from "@/lib/db/generations"
import { findMessage } from "@/lib/db/messages"
import type { LogEvent } from "@/lib/generation/log"
import { runtime } from "@/lib/generation/runtime"

/** Milliseconds between two comments that keep proxies from closing a quiet stream. */
const HEARTBEAT_MS = 15_000

/** The stream of a message that was just accepted: live, or as stored when it has ended. */
export async function followMessage(userId: string, messageId: string, signal: AbortSignal): Promise<Response | null> {
  const generationId = runtime().logOfMessage.get(messageId)
  const abort = new AbortController()
  const live = generationId
    ? await runtime().log.follow(generationId, -1, AbortSignal.any([signal, abort.signal]))
    : null
  if (live) return eventStream(live, abort)
  const row = await findMessage(messageId, userId)
  return row ? eventStream(once(chunksOf(toChatMessage(row))), abort) : null
}

/**
 * The stream of what runs in a conversation, from behind event `after`. `messageId` names the answer that the
 * follower was reading: its log serves for a while after the end. Null when nothing runs.
 */
export async function followConversation(
  userId: string,
  conversationId: string,
  { after, messageId, signal }: { after: number; messageId?: string; signal: AbortSignal },
): Promise<Response | null> {
  const running = await runningGeneration(conversationId, userId)
  const owned = !running && messageId ? await findMessage(messageId, userId) : null
  if (messageId && running && running.messageId !== messageId) return null
  const generationId =
    running?.id ?? (owned?.conversationId === conversationId ? runtime().logOfMessage.get(owned.id) : undefined)
  if (!generationId) return null
  const abort = new AbortController()
  const events = await runtime().log.follow(generationId, after, AbortSignal.any([signal, abort.signal]))
  return events && eventStream(events, abort)
}

async function* once(chunks: UIMessageChunk[]): AsyncGenerator<LogEvent[]> {
  yield chunks.map((chunk, seq) => ({ seq, json: JSON.stringify(chunk) }))
}

/** Server-sent events as the AI SDK reads them, each with its number as `id`. */
function eventStream(events: AsyncIterable<LogEvent[]>, abort: AbortController): Response {
  const encoder = new TextEncoder()
  const iterator = events[Symbol.asyncIterator]()
  let heartbeat: NodeJS.Timeout | undefined
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      heartbeat = setInterval(() => controller.enqueue(encoder.encode(": still here\n\n")), HEARTBEAT_MS)
    },
    pull: async (controller) => {
      const { done, value } = await iterator.next()
      if (!done)
        return controller.enqueue(
          encoder.encode(value.map(({ seq, json }) => `id: ${seq}\ndata: ${json}\n\n`).join("")),
        )
      clearInterval(heartbeat)
      // An aborted follower must not take the silence for the end of the answer.
      if (!abort.signal.aborted) controller.enqueue(encoder.encode("data: [DONE]\n\n"))
      controller.close()
    },
    cancel: () => {
      clearInterval(heartbeat)
      abort.abort()
    },
  })
  return new Response(body, { headers: { ...UI_MESSAGE_STREAM_HEADERS, "cache-control": "no-cache, no-transform" } })
}

/** The chunks that make a stored message, for who asks for an answer that has ended. */
export function chunksOf(message: ChatMessage): UIMessageChunk[] {
  const content = message.parts.flatMap((part, index): UIMessageChunk[] => {
    const id = `stored-${index}`
    if (part.type === "text")
      return [
        { type: "text-start", id },
        { type: "text-delta", id, delta: part.text },
        { type: "text-end", id },
      ]
    if (part.type === "reasoning")
      return [
        { type: "reasoning-start", id },
        { type: "reasoning-delta", id, delta: part.text },
        { type: "reasoning-end", id },
      ]
    if (part.type === "step-start") return [{ type: "start-step" }]
    if (!("toolCallId" in part)) return []
    const { toolCallId } = part
    const dynamic = part.type === "dynamic-tool"
    const toolName = part.type === "dynamic-tool" ? part.toolName : part.type.slice("tool-".length)
    const call: UIMessageChunk = { type: "tool-input-available", toolCallId, toolName, input: part.input, dynamic }
    if (part.state === "output-available")
      return [call, { type: "tool-output-available", toolCallId, output: part.output, dynamic }]
    if (part.state === "output-denied") return [call, { type: "tool-output-denied", toolCallId }]
    if (part.state === "output-error")
      return [call, { type: "tool-output-error", toolCallId, errorText: part.errorText, dynamic }]
    return [call]
  })
  return [
    { type: "start", messageId: message.id, messageMetadata: message.metadata },
    ...content,
    { type: "finish", messageMetadata: message.metadata },
  ]
}
