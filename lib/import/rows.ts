/**
 * Converts a message from a file to a database row. IDs are new; references between them in Sparkler's own files are
 * mapped.
 */
import { v7 as uuidv7 } from "uuid"
import { z } from "zod"
import type { ImportedMessage } from "@/lib/db/imports"
import { dateOf } from "@/lib/import/formats/values"
import { parseParts } from "@/lib/messages/parts"
import {
  MESSAGE_STATUSES,
  messageErrorSchema,
  outputCheckSchema,
  outputRequestSchema,
  serverTimingsSchema,
  tokenUsageSchema,
  verdictSchema,
} from "@/lib/messages/types"

/** Maps the file's IDs to new ones, consistently. */
export class NewIds {
  private readonly ids = new Map<string, string>()

  of(id: string): string {
    const known = this.ids.get(id)
    if (known) return known
    const made = uuidv7()
    this.ids.set(id, made)
    return made
  }

  /** Null if no message has that ID. */
  known(id: string): string | null {
    return this.ids.get(id) ?? null
  }
}

const figure = z.number().min(0).optional().catch(undefined)
const whole = z.number().int().min(0).max(100).optional().catch(undefined)
const date = z
  .unknown()
  .transform((value) => dateOf(value))
  .transform((at) => (at === null ? undefined : new Date(at)))
const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)

/** Columns of Sparkler's own messages. Invalid ones are dropped. */
const moreSchema = z
  .object({
    status: z.enum(MESSAGE_STATUSES).catch("complete"),
    settings: optional(z.record(z.string(), z.json())),
    output: optional(outputRequestSchema),
    outputCheck: optional(outputCheckSchema),
    finishReason: optional(z.string().max(100)),
    usage: optional(tokenUsageSchema),
    ...{ costUsd: figure, timeToFirstTokenMs: figure, tokensPerSecond: figure, reasoningMs: figure },
    serverTimings: optional(serverTimingsSchema),
    error: optional(messageErrorSchema),
    comparisonId: optional(z.string().max(100)),
    comparisonPlace: whole,
    ...{ decidedAt: date, chosenAt: date, endedAt: date },
    verdict: optional(verdictSchema),
    merged: optional(
      z.object({
        answers: z.array(z.object({ id: z.string().max(100), model: z.string().max(300) })).max(10),
        cut: z.boolean().optional(),
      }),
    ),
  })
  .partial()

/** A message line of `chats.ndjson`. Written by us, but validated anyway because it was on disk. */
export const lineSchema = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  role: z.enum(["user", "assistant"]),
  createdAt: z.number().nullable(),
  model: z.string().nullable(),
  parts: z.array(z.looseObject({ type: z.string() })),
  more: z.record(z.string(), z.unknown()).optional(),
})
export type Line = z.infer<typeof lineSchema>

export interface Placed {
  ids: NewIds
  /** For a message without a date: after the preceding ones. */
  otherwise: Date
  /** Parts with their images resolved. */
  parts: unknown[]
}

export function rowOf(line: Line, { ids, otherwise, parts }: Placed): ImportedMessage {
  const { comparisonId, merged, status = "complete", ...more } = moreSchema.catch({}).parse(line.more ?? {})
  return {
    ...more,
    id: ids.of(line.id),
    parentId: line.parentId === null ? null : ids.of(line.parentId),
    role: line.role,
    // No answer is being generated here.
    status: status === "streaming" ? "interrupted" : status,
    parts: parseParts(parts),
    model: line.role === "assistant" ? line.model : null,
    createdAt: line.createdAt === null ? otherwise : new Date(line.createdAt),
    ...(comparisonId !== undefined && { comparisonId: ids.of(comparisonId) }),
    ...(merged && {
      merged: { ...merged, answers: merged.answers.map(({ id, model }) => ({ id: ids.of(id), model })) },
    }),
  }
}
