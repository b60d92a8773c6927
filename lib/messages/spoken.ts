/** Translates messages and their streams for a reader: everything they say apart from the model's words. */
import { z } from "zod"
import { DEFAULT_LANGUAGE, type Language } from "@/lib/i18n/language"
import type { Sentence } from "@/lib/i18n/sentence.types"
import { renderSentence } from "@/lib/i18n/sentences"
import { sentenceFromMetadata } from "@/lib/messages/tool-fault"
import { type ChatMessage, type MessageMetadata, messageMetadataSchema } from "@/lib/messages/types"

/** Renders a sentence; `fallback` is the text stored with it. */
export type Speak = (sentence: Sentence, fallback: string) => string

/** Null for the language in which everything is stored, which needs no translation. */
export const createSentenceRenderer = (language: Language): Speak | null =>
  language === DEFAULT_LANGUAGE ? null : (sentence, fallback) => renderSentence(sentence, language, fallback)

/** Text stored by an earlier version has no sentence and stays as it is. */
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

export const localizedMessage =
  (speak: Speak) =>
  (message: ChatMessage): ChatMessage => ({
    ...message,
    ...(message.metadata && { metadata: spokenMetadata(message.metadata, speak) }),
    parts: message.parts.map((part) => spokenPart(part, speak)),
  })

/** Translates why a call failed. */
function spokenPart(part: ChatMessage["parts"][number], speak: Speak): ChatMessage["parts"][number] {
  if (!("toolCallId" in part) || part.state !== "output-error") return part
  const sentence = sentenceFromMetadata(part.resultProviderMetadata)
  return sentence ? { ...part, errorText: speak(sentence, part.errorText) } : part
}

const metadataChunk = z.object({ type: z.literal("message-metadata"), messageMetadata: messageMetadataSchema })
const errorChunk = z.looseObject({ type: z.literal("error"), errorText: z.string() })

const toolFaultChunk = z.looseObject({
  type: z.enum(["tool-output-error", "tool-input-error"]),
  errorText: z.string(),
  providerMetadata: z.unknown(),
})

/** The start of events that may contain a sentence. */
const SPEAKING = /^\{"type":"(?:message-metadata|error|tool-(?:in|out)put-error)"/

/**
 * The events of one answer, each as JSON. Only its end and failed calls contain sentences, so the rest is not parsed.
 */
export function localizedEvents(speak: Speak): (json: string) => string {
  let failed: { stored?: string; spoken?: string } = {}
  return (json) => {
    if (!SPEAKING.test(json)) return json
    const chunk: unknown = JSON.parse(json)
    const end = metadataChunk.safeParse(chunk).data
    if (end) {
      const spoken = spokenMetadata(end.messageMetadata, speak)
      failed = { stored: end.messageMetadata.error?.message, spoken: spoken.error?.message }
      return JSON.stringify({ ...end, messageMetadata: spoken })
    }
    const fault = toolFaultChunk.safeParse(chunk).data
    const sentence = fault && sentenceFromMetadata(fault.providerMetadata)
    if (sentence) return JSON.stringify({ ...fault, errorText: speak(sentence, fault.errorText) })
    const told = errorChunk.safeParse(chunk).data
    return told && told.errorText === failed.stored ? JSON.stringify({ ...told, errorText: failed.spoken }) : json
  }
}
