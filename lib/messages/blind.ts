/** Answers that are compared while nobody may know whose they are. Pure. */
import { isRecord } from "@/lib/is-record"
import type { ChatMessage, MessageMetadata } from "@/lib/messages/types"

/**
 * Without what tells the model: its name, what it cost and how fast it was, and the words of its error, which may name
 * it.
 */
export function blindMetadata(metadata: MessageMetadata): MessageMetadata {
  const { parentId, createdAt, status, output, outputCheck, finishReason, error } = metadata
  return {
    ...{ parentId, createdAt, status, blind: true },
    ...(output && { output }),
    ...(outputCheck && { outputCheck }),
    ...(finishReason && { finishReason }),
    ...(error && { error: { code: error.code, message: "", retryable: error.retryable } }),
  }
}

/** Parts that would tell it: how it thinks, who answered in its place, what it did not take. */
const TELLING: ReadonlySet<string> = new Set([
  "reasoning",
  "data-served",
  "data-left-out",
  "data-alternatives",
  "data-starting",
])

/** Of a message as it is stored, what tells it. */
const TELLING_MEMBERS: ReadonlySet<string> = new Set([
  "model",
  "usage",
  "costUsd",
  "timeToFirstTokenMs",
  "tokensPerSecond",
  "reasoningMs",
  "serverTimings",
  "error",
])

/** What is stored of an answer, as it may be told until one is chosen. */
export function blindRow(row: Record<string, unknown>): Record<string, unknown> {
  const told = Object.fromEntries(Object.entries(row).filter(([member]) => !TELLING_MEMBERS.has(member)))
  const mayBeTold = (part: unknown) => !(isRecord(part) && typeof part.type === "string" && TELLING.has(part.type))
  return { ...told, parts: Array.isArray(row.parts) ? row.parts.filter(mayBeTold) : row.parts }
}

/** How the events begin that bring such parts. */
const TELLING_EVENT = new RegExp(
  `^\\{"type":"(?:reasoning-|(?:${[...TELLING].filter((type) => type.startsWith("data-")).join("|")})")`,
)
const NOTHING_TOLD = JSON.stringify({ type: "message-metadata", messageMetadata: { blind: true } })

/** An event as it is told until one is chosen. Each has its number: what must not be told is told as nothing new. */
export const blindEvent = (json: string): string => (TELLING_EVENT.test(json) ? NOTHING_TOLD : json)

const blindParts = (parts: ChatMessage["parts"]): ChatMessage["parts"] => parts.filter(({ type }) => !TELLING.has(type))

/** The answer as it is shown until one is chosen. */
export const blindMessage = ({ id, role, parts, metadata }: ChatMessage): ChatMessage => ({
  ...{ id, role, parts: blindParts(parts) },
  ...(metadata && { metadata: blindMetadata(metadata) }),
})
