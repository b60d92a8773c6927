/** Snapshots as they are stored, of this and of earlier versions. */
import { z } from "zod"
import { parseParts } from "@/lib/messages/parts"
import { type ChatMessage, messageMetadataSchema } from "@/lib/messages/types"
import { DEFAULT_OPTIONS, type ShareOptions } from "@/lib/share/options"
import { optionsSchema } from "@/lib/share/requests"
import type { Snapshot } from "@/lib/share/snapshot"

/** What goes into `Share.messages`. Earlier versions stored the messages alone. */
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
  /** Of the chat; null where it is not known. */
  model: string | null
}

/** What another version wrote and this one can't read is left out; the rest is shown. */
export function readSnapshot(stored: unknown): ReadSnapshot {
  const { data } = snapshotSchema.safeParse(stored)
  if (!data) return { messages: [], systemPrompt: null, settings: {}, model: null }
  const messages = data.messages.flatMap((item): ChatMessage[] => {
    const { data: message } = messageSchema.safeParse(item)
    return message ? [{ ...message, parts: parseParts(message.parts) }] : []
  })
  return { ...data, messages }
}

/** What the author chose; of links of earlier versions what these showed. */
export const readOptions = (stored: unknown): ShareOptions => optionsSchema.safeParse(stored).data ?? DEFAULT_OPTIONS
