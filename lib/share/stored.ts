/** The stored format of snapshots, of this and earlier versions. */
import { z } from "zod"
import { parseParts } from "@/lib/messages/parts"
import { type ChatMessage, messageMetadataSchema } from "@/lib/messages/types"
import { DEFAULT_OPTIONS, type ShareOptions } from "@/lib/share/options"
import { optionsSchema } from "@/lib/share/requests"
import type { Snapshot } from "@/lib/share/snapshot"

/** The content of `Share.messages`. Earlier versions stored only the messages. */
export const storedSnapshot = ({ messages, systemPrompt, settings }: Snapshot, model: string | null) => ({
  version: 2,
  ...{ messages, systemPrompt, settings, model },
})

const messageSchema = z.object({
  id: z.string(),
  role: z.enum(["user", "assistant"]),
  parts: z.unknown(),
  metadata: messageMetadataSchema.optional().catch(undefined),
})

const snapshotSchema = z.union([
  z.array(z.unknown()).transform((messages) => ({ messages, systemPrompt: null, settings: {}, model: null })),
  z.object({
    messages: z.array(z.unknown()),
    systemPrompt: z.string().nullable().catch(null),
    settings: z.record(z.string(), z.unknown()).catch({}),
    model: z.string().nullable().catch(null),
  }),
])

export interface ReadSnapshot {
  messages: ChatMessage[]
  systemPrompt: string | null
  settings: Record<string, unknown>
  /** The chat's model; null if unknown. */
  model: string | null
}

/** Anything written by another version that can't be parsed is dropped; the rest is shown. */
export function readSnapshot(stored: unknown): ReadSnapshot {
  const { data } = snapshotSchema.safeParse(stored)
  if (!data) return { messages: [], systemPrompt: null, settings: {}, model: null }
  const messages = data.messages.flatMap((item): ChatMessage[] => {
    const { data: message } = messageSchema.safeParse(item)
    return message ? [{ ...message, parts: parseParts(message.parts) }] : []
  })
  return { ...data, messages }
}

/** The author's options; for links of earlier versions, what those showed. */
export const readOptions = (stored: unknown): ShareOptions => optionsSchema.safeParse(stored).data ?? DEFAULT_OPTIONS
