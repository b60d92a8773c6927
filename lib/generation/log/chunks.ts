/** Pure functions on the chunks of an answer: joining neighbors, and building the message from them. */
import { parsePartialJson, type UIMessageChunk } from "ai"
import { MessageBuilder } from "@/lib/chat/message-builder"
import { cut } from "@/lib/cut"
import type { CallPart, MessageParts } from "@/lib/messages/parts"
import type { ChatMessage } from "@/lib/messages/types"

/** Chunk types that mean the answer has started. */
export const CONTENT: ReadonlySet<string> = new Set([
  "text-delta",
  "reasoning-delta",
  "tool-input-start",
  "tool-input-available",
])

/** Characters of a delta up to which neighbors are joined, and above which one is split: the size of one event. */
const LONGEST_DELTA = 32_000

/** Joins neighboring deltas of the same part; the resulting message stays the same. */
export function joinChunks(chunks: UIMessageChunk[]): UIMessageChunk[] {
  const joined: UIMessageChunk[] = []
  for (const chunk of chunks) {
    const last = joined.at(-1)
    const both = last && joinedWith(last, chunk)
    if (both) joined[joined.length - 1] = both
    else joined.push(chunk)
  }
  return joined
}

/** Two neighbors as one; null if they belong to different parts or would be too long together. */
function joinedWith(last: UIMessageChunk, chunk: UIMessageChunk): UIMessageChunk | null {
  if (lengthOf(last) + lengthOf(chunk) > LONGEST_DELTA) return null
  if (chunk.type === "text-delta" && last.type === "text-delta" && last.id === chunk.id)
    return { ...last, delta: last.delta + chunk.delta }
  if (chunk.type === "reasoning-delta" && last.type === "reasoning-delta" && last.id === chunk.id)
    return { ...last, delta: last.delta + chunk.delta }
  if (chunk.type === "tool-input-delta" && last.type === "tool-input-delta" && last.toolCallId === chunk.toolCallId)
    return { ...last, inputTextDelta: last.inputTextDelta + chunk.inputTextDelta }
  return null
}

/** Characters of a delta; 0 for any other chunk. */
export const lengthOf = (chunk: UIMessageChunk): number =>
  "delta" in chunk ? chunk.delta.length : chunk.type === "tool-input-delta" ? chunk.inputTextDelta.length : 0

/** Splits a chunk into pieces no longer than an event should be. */
export function piecesOf(chunk: UIMessageChunk): UIMessageChunk[] {
  if (lengthOf(chunk) <= LONGEST_DELTA) return [chunk]
  if (chunk.type === "text-delta" || chunk.type === "reasoning-delta")
    return inPieces(chunk.delta).map((delta) => ({ ...chunk, delta }))
  if (chunk.type !== "tool-input-delta") return [chunk]
  return inPieces(chunk.inputTextDelta).map((inputTextDelta) => ({ ...chunk, inputTextDelta }))
}

/** Never splits a character. */
function inPieces(text: string): string[] {
  const pieces: string[] = []
  for (let at = 0; at < text.length; at += pieces.at(-1)?.length ?? 0)
    pieces.push(cut(text.slice(at, at + LONGEST_DELTA), LONGEST_DELTA))
  return pieces
}

/** The parts built from the chunks. `error` and `abort` chunks don't stop this: everything received is kept. */
export async function partsOf(chunks: UIMessageChunk[]): Promise<MessageParts> {
  const builder = new MessageBuilder()
  for (const chunk of chunks) builder.take(chunk)
  return partsIn(builder)
}

/** What a builder has so far, including partial arguments of calls. */
export async function partsIn(builder: MessageBuilder): Promise<MessageParts> {
  await builder.readArguments(async (text) => (await parsePartialJson(text)).value)
  return builder.parts()
}

type FailedPart = Extract<CallPart, { state: "output-error" }>

/** That the user was asked for approval, and their decision. */
function approvalChunks(part: CallPart): UIMessageChunk[] {
  // A call that a page runs is approved and pending again.
  if (part.state === "input-available" || !part.approval) return []
  const { toolCallId, approval } = part
  const { id: approvalId, approved, reason, requestReason, isAutomatic } = approval
  return [
    {
      type: "tool-approval-request",
      approvalId,
      toolCallId,
      ...(requestReason !== undefined && { reason: requestReason }),
      ...(isAutomatic && { isAutomatic }),
      ...("inputSchemaInput" in approval && { inputSchemaInput: approval.inputSchemaInput }),
    },
    ...(approved === undefined
      ? []
      : [{ type: "tool-approval-response" as const, approvalId, approved, ...(reason !== undefined && { reason }) }]),
  ]
}

/** Why the call has no result, and related metadata. */
function errorChunk(part: FailedPart, dynamic: boolean): UIMessageChunk {
  const { toolCallId, errorText, resultProviderMetadata: providerMetadata } = part
  return { type: "tool-output-error", toolCallId, errorText, dynamic, ...(providerMetadata && { providerMetadata }) }
}

/** Tells followers of an answer why calls that were open at its end, and are stored as failed, have no result. */
export function closingChunks(before: MessageParts, after: MessageParts): UIMessageChunk[] {
  const open = new Set(
    before.flatMap((part) => ("toolCallId" in part && !part.state.startsWith("output") ? [part.toolCallId] : [])),
  )
  return after.flatMap((part) =>
    "toolCallId" in part && part.state === "output-error" && open.has(part.toolCallId)
      ? [errorChunk(part, part.type === "dynamic-tool")]
      : [],
  )
}

/**
 * The chunks of a stored message, for a client that asks for an answer that has ended. Part `n` has the ID `stored-n`.
 */
export function messageChunks(message: ChatMessage): UIMessageChunk[] {
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
    if (part.type === "data-steer") return [{ type: "data-steer", id: part.data.id, data: part.data }]
    if (part.type === "data-away") return [{ type: "data-away", data: part.data }]
    if (part.type === "data-alternatives") return [{ type: "data-alternatives", data: part.data }]
    if (part.type === "data-repair") return [{ type: "data-repair", id: "repair", data: part.data }]
    if (part.type === "data-sources") return [{ type: "data-sources", id: "sources", data: part.data }]
    if (part.type === "data-edits") return [{ type: "data-edits", id: "edits", data: part.data }]
    if (part.type === "data-change") return [{ type: "data-change", id: "change", data: part.data }]
    if (part.type === "step-start") return [{ type: "start-step" }]
    if (part.type === "data-served") return [{ type: "data-served", id: "served", data: part.data }]
    if (!("toolCallId" in part)) return []
    const { toolCallId } = part
    const dynamic = part.type === "dynamic-tool"
    const toolName = part.type === "dynamic-tool" ? part.toolName : part.type.slice("tool-".length)
    const call: UIMessageChunk = { type: "tool-input-available", toolCallId, toolName, input: part.input, dynamic }
    const asked = approvalChunks(part)
    if (part.state === "output-available")
      return [call, ...asked, { type: "tool-output-available", toolCallId, output: part.output, dynamic }]
    if (part.state === "output-denied") return [call, ...asked, { type: "tool-output-denied", toolCallId }]
    if (part.state === "output-error") return [call, ...asked, errorChunk(part, dynamic)]
    return [call, ...asked]
  })
  return [
    { type: "start", messageId: message.id, messageMetadata: message.metadata },
    ...content,
    { type: "finish", messageMetadata: message.metadata },
  ]
}
