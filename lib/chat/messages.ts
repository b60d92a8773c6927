/** Converts message rows into the form the page gets. */
import { z } from "zod"
import type { MessageRow } from "@/lib/db/messages"
import { blindMessage } from "@/lib/messages/blind"
import { parseParts } from "@/lib/messages/parts"
import {
  type ChatMessage,
  type MessageMetadata,
  messageErrorSchema,
  outputCheckSchema,
  outputRequestSchema,
  serverTimingsSchema,
  tokenUsageSchema,
  verdictSchema,
} from "@/lib/messages/types"

/** Reads stored JSON of any version: anything invalid is left out. */
function optional<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data : undefined
}

/** The stored form of the answers that one was merged from. */
const mergedSchema = z.object({
  answers: z.array(z.object({ id: z.string(), model: z.string() })),
  cut: z.literal(true).optional(),
})
export type Merged = z.infer<typeof mergedSchema>

export const readMerged = (stored: unknown): Merged | undefined => optional(mergedSchema, stored)

/** The form of it that the user gets. */
export function mergedOf(stored: unknown): MessageMetadata["merged"] {
  const { answers, cut } = readMerged(stored) ?? {}
  return answers && { from: answers.map(({ model }) => model), ...(cut && { cut }) }
}

/** An answer in the form its user gets: without model names while they are hidden. */
export const messageForUser = (row: MessageRow): ChatMessage =>
  row.blind ? blindMessage(toChatMessage(row)) : toChatMessage(row)

export function toChatMessage(row: MessageRow): ChatMessage {
  return { id: row.id, role: row.role, metadata: metadataOf(row), parts: parseParts(row.parts) }
}

function metadataOf(row: MessageRow): MessageMetadata {
  const metadata: MessageMetadata = {
    parentId: row.parentId,
    createdAt: row.createdAt.toISOString(),
    status: row.status,
  }
  const rest: Partial<MessageMetadata> = {
    model: row.model ?? undefined,
    output: optional(outputRequestSchema, row.output),
    outputCheck: optional(outputCheckSchema, row.outputCheck),
    finishReason: row.finishReason ?? undefined,
    usage: optional(tokenUsageSchema, row.usage),
    costUsd: optional(z.number(), row.costUsd),
    timeToFirstTokenMs: row.timeToFirstTokenMs ?? undefined,
    tokensPerSecond: row.tokensPerSecond ?? undefined,
    reasoningMs: row.reasoningMs ?? undefined,
    serverTimings: optional(serverTimingsSchema, row.serverTimings),
    error: optional(messageErrorSchema, row.error),
    verdict: optional(verdictSchema, row.verdict),
    merged: mergedOf(row.merged),
  }
  return { ...metadata, ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) }
}
