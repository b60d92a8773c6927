/** Detects which source a chat comes from, by its members. */
import { chatgpt } from "@/lib/import/formats/chatgpt"
import { chatui } from "@/lib/import/formats/chatui"
import { claude } from "@/lib/import/formats/claude"
import { librechat } from "@/lib/import/formats/librechat"
import { openwebui } from "@/lib/import/formats/openwebui"
import { sound } from "@/lib/import/formats/sound"
import { sparkler } from "@/lib/import/formats/sparkler"
import type { Adapter, FileNames, NeutralChat, Source } from "@/lib/import/formats/types"
import { entriesOf, entryOf, idOf } from "@/lib/import/formats/values"
import { isRecord } from "@/lib/is-record"

const ADAPTERS: Record<Source, Adapter> = { sparkler, chatgpt, claude, openwebui, librechat, chatui }

/** Null if the source is unknown. */
export function sourceOf(value: unknown): Source | null {
  if (!isRecord(value)) return null
  if (value.format === "sparkler-chat") return "sparkler"
  if (isRecord(value.mapping)) return "chatgpt"
  if (Array.isArray(value.chat_messages)) return "claude"
  if (isRecord(entryOf(value.chat).history) || Array.isArray(entryOf(value.chat).messages) || isRecord(value.history))
    return "openwebui"
  if (!Array.isArray(value.messages)) return null
  const [first] = entriesOf(value.messages)
  if (idOf(value.conversationId) && (!first || "messageId" in first || "isCreatedByUser" in first)) return "librechat"
  if ((value._id !== undefined || value.rootMessageId !== undefined) && (!first || "from" in first)) return "chatui"
  return null
}

export interface ReadChat {
  source: Source
  chat: NeutralChat
}

/** A chat from a file, with a sound tree. Null if it can't be read. Never throws. */
export function readChat(value: unknown, files: FileNames): ReadChat | null {
  const source = sourceOf(value)
  if (!source || !isRecord(value)) return null
  const chat = ADAPTERS[source](value, files)
  return chat && { source, chat: sound(chat) }
}
