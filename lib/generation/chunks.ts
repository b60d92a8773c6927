/** Pure work on the chunks of an answer: joining neighbours, and the message that they make. */
import { readUIMessageStream, type UIMessageChunk } from "ai"
import { type MessageParts, parseParts } from "@/lib/chat/parts"
import type { ChatMessage } from "@/lib/chat/types"

/** Types of the chunks with which an answer has begun. */
export const CONTENT: ReadonlySet<string> = new Set([
  "text-delta",
  "reasoning-delta",
  "tool-input-start",
  "tool-input-available",
])

/** Neighbouring deltas of the same part joined; the message that the chunks make stays the same. */
export function joinChunks(chunks: UIMessageChunk[]): UIMessageChunk[] {
  const joined: UIMessageChunk[] = []
  for (const chunk of chunks) {
    const last = joined.at(-1)
    if (chunk.type === "text-delta" && last?.type === "text-delta" && last.id === chunk.id)
      joined[joined.length - 1] = { ...last, delta: last.delta + chunk.delta }
    else if (chunk.type === "reasoning-delta" && last?.type === "reasoning-delta" && last.id === chunk.id)
      joined[joined.length - 1] = { ...last, delta: last.delta + chunk.delta }
    else if (
      chunk.type === "tool-input-delta" &&
      last?.type === "tool-input-delta" &&
      last.toolCallId === chunk.toolCallId
    )
      joined[joined.length - 1] = { ...last, inputTextDelta: last.inputTextDelta + chunk.inputTextDelta }
    else joined.push(chunk)
  }
  return joined
}

/** The parts that the chunks make. `error` and `abort` chunks end nothing here: what came is kept. */
export async function partsOf(chunks: UIMessageChunk[]): Promise<MessageParts> {
  const content = joinChunks(chunks).filter(
    ({ type }) => type !== "error" && type !== "abort" && !type.startsWith("data-title"),
  )
  const stream = new ReadableStream<UIMessageChunk>({
    start: (controller) => {
      for (const chunk of content) controller.enqueue(chunk)
      controller.close()
    },
  })
  let parts: MessageParts = []
  for await (const message of readUIMessageStream<ChatMessage>({ stream, terminateOnError: false }))
    parts = message.parts
  return parseParts(parts)
}

/** The chunks that make a stored message, for who asks for an answer that has ended. Part `n` has the id `stored-n`. */
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
    if (part.type === "data-left-out") return [{ type: "data-left-out", data: part.data }]
    if (part.type === "step-start") return [{ type: "start-step" }]
    if (part.type === "data-served") return [{ type: "data-served", id: "served", data: part.data }]
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
