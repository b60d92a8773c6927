/** Compared answers whose models are hidden. Pure. */
import { isRecord } from "@/lib/is-record"
import type { ChatMessage, MessageMetadata } from "@/lib/messages/types"

/** Removes what reveals the model: its name, cost, and speed, and the text of its error, which may name it. */
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

/** Parts that would reveal it: its reasoning, the model that answered instead, what it did not accept. */
const TELLING: ReadonlySet<string> = new Set([
  "reasoning",
  "data-served",
  "data-left-out",
  "data-alternatives",
  "data-starting",
])

/** Members of a stored message that reveal it. */
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

/** A stored answer in the form that may be shown until one is chosen. */
export function blindRow(row: Record<string, unknown>): Record<string, unknown> {
  const told = Object.fromEntries(Object.entries(row).filter(([member]) => !TELLING_MEMBERS.has(member)))
  const mayBeTold = (part: unknown) => !(isRecord(part) && typeof part.type === "string" && TELLING.has(part.type))
  return { ...told, parts: Array.isArray(row.parts) ? row.parts.filter(mayBeTold) : row.parts }
}

/** The start of events with such parts. */
const TELLING_EVENT = new RegExp(
  `^\\{"type":"(?:reasoning-|(?:${[...TELLING].filter((type) => type.startsWith("data-")).join("|")})")`,
)
const NOTHING_TOLD = JSON.stringify({ type: "message-metadata", messageMetadata: { blind: true } })

/**
 * An event in the form that may be shown until one is chosen. Events are numbered, so a hidden one is replaced by an
 * empty one.
 */
export const blindEvent = (json: string): string => (TELLING_EVENT.test(json) ? NOTHING_TOLD : json)

const blindParts = (parts: ChatMessage["parts"]): ChatMessage["parts"] => parts.filter(({ type }) => !TELLING.has(type))

/** The answer as shown until one is chosen. */
export const blindMessage = ({ id, role, parts, metadata }: ChatMessage): ChatMessage => ({
  ...{ id, role, parts: blindParts(parts) },
  ...(metadata && { metadata: blindMetadata(metadata) }),
})
