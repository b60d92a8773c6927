/** Messages and their streams on their way to a reader: what they say beside the model's words, in the reader's language. */
import { z } from "zod"
import { DEFAULT_LANGUAGE, type Language } from "@/lib/i18n/language"
import type { Sentence } from "@/lib/i18n/sentence.types"
import { inWords } from "@/lib/i18n/sentences"
import { type ChatMessage, type MessageMetadata, messageMetadataSchema } from "@/lib/messages/types"

/** Puts a sentence into words; `fallback` is what was stored with it. */
export type Speak = (sentence: Sentence, fallback: string) => string

/** Null for the language in which everything is stored: there is nothing to do. */
export const speakIn = (language: Language): Speak | null =>
  language === DEFAULT_LANGUAGE ? null : (sentence, fallback) => inWords(sentence, language, fallback)

/** What an earlier version stored stays as it is. */
const said = <Told extends { message: string; sentence?: Sentence }>(told: Told, speak: Speak): Told =>
  told.sentence ? { ...told, message: speak(told.sentence, told.message) } : told

function spokenMetadata(metadata: MessageMetadata, speak: Speak): MessageMetadata {
  const { error, outputCheck } = metadata
  return {
    ...metadata,
    ...(error && { error: said(error, speak) }),
    ...(outputCheck && {
      outputCheck: { ...outputCheck, problems: outputCheck.problems.map((problem) => said(problem, speak)) },
    }),
  }
}

export const spokenMessage =
  (speak: Speak) =>
  (message: ChatMessage): ChatMessage =>
    message.metadata ? { ...message, metadata: spokenMetadata(message.metadata, speak) } : message

const metadataChunk = z.object({ type: z.literal("message-metadata"), messageMetadata: messageMetadataSchema })
const errorChunk = z.looseObject({ type: z.literal("error"), errorText: z.string() })

/** The events of one answer, each as JSON. Only its end has sentences: the rest is not parsed. */
export function spokenEvents(speak: Speak): (json: string) => string {
  let failed: { stored?: string; spoken?: string } = {}
  return (json) => {
    if (!json.startsWith('{"type":"message-metadata"') && !json.startsWith('{"type":"error"')) return json
    const chunk: unknown = JSON.parse(json)
    const end = metadataChunk.safeParse(chunk).data
    if (end) {
      const spoken = spokenMetadata(end.messageMetadata, speak)
      failed = { stored: end.messageMetadata.error?.message, spoken: spoken.error?.message }
      return JSON.stringify({ ...end, messageMetadata: spoken })
    }
    const told = errorChunk.safeParse(chunk).data
    return told && told.errorText === failed.stored ? JSON.stringify({ ...told, errorText: failed.spoken }) : json
  }
}
