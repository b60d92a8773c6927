/** Messages and their streams on their way to a reader: what they say beside the model's words, in the reader's language. */
import { z } from "zod"
import { DEFAULT_LANGUAGE, type Language } from "@/lib/i18n/language"
import type { Sentence } from "@/lib/i18n/sentence.types"
import { inWords } from "@/lib/i18n/sentences"
import { type ChatMessage, type MessageMetadata, messageErrorSchema } from "@/lib/messages/types"

/** Puts a sentence into words; `fallback` is what was stored with it. */
export type Speak = (sentence: Sentence, fallback: string) => string

/** Null for the language in which everything is stored: there is nothing to do. */
export const speakIn = (language: Language): Speak | null =>
  language === DEFAULT_LANGUAGE ? null : (sentence, fallback) => inWords(sentence, language, fallback)

/** What an earlier version stored stays as it is. */
const said = <Told extends { message: string; sentence?: Sentence }>(told: Told, speak: Speak): Told =>
  told.sentence ? { ...told, message: speak(told.sentence, told.message) } : told

function spokenMetadata(metadata: MessageMetadata, speak: Speak): MessageMetadata {
  const { error } = metadata
  return error ? { ...metadata, error: said(error, speak) } : metadata
}

export const spokenMessage =
  (speak: Speak) =>
  (message: ChatMessage): ChatMessage =>
    message.metadata ? { ...message, metadata: spokenMetadata(message.metadata, speak) } : message

const metadataChunk = z.looseObject({
  type: z.literal("message-metadata"),
  messageMetadata: z.looseObject({ error: messageErrorSchema }),
})
const errorChunk = z.looseObject({ type: z.literal("error"), errorText: z.string() })

/** The events of one answer, each as JSON. Only its end has sentences: the rest is not parsed. */
export function spokenEvents(speak: Speak): (json: string) => string {
  let failed: { stored: string; spoken: string } | null = null
  return (json) => {
    if (!json.startsWith('{"type":"message-metadata"') && !json.startsWith('{"type":"error"')) return json
    const chunk: unknown = JSON.parse(json)
    const end = metadataChunk.safeParse(chunk).data
    if (end) {
      const { error } = end.messageMetadata
      const spoken = said(error, speak)
      failed = { stored: error.message, spoken: spoken.message }
      return JSON.stringify({ ...end, messageMetadata: { ...end.messageMetadata, error: spoken } })
    }
    const told = errorChunk.safeParse(chunk).data
    return told && told.errorText === failed?.stored ? JSON.stringify({ ...told, errorText: failed.spoken }) : json
  }
}
