/** Message rows as the page sees them. */
import { z } from "zod"
import type { MessageRow } from "@/lib/db/messages"
import { parseParts } from "@/lib/messages/parts"
import {
  type ChatMessage,
  type MessageMetadata,
  messageErrorSchema,
  outputCheckSchema,
  outputRequestSchema,
  serverTimingsSchema,
  tokenUsageSchema,
} from "@/lib/messages/types"

/** Stored JSON of whatever version: what does not fit is left out. */
function optional<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data : undefined
}

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
  }
  return { ...metadata, ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) }
}
