/**
 * Why a tool call has no result: in English, as told to the model and as stored, together with the sentence, so that
 * users read it in their own language. Stored where the SDK keeps metadata of a result.
 */
import type { ProviderMetadata } from "ai"
import { z } from "zod"
import { type Sentence, sentenceSchema } from "@/lib/i18n/sentence.types"

export interface ToolFault {
  text: string
  /** Missing if only a program produced it: then the text stays as it is. */
  sentence?: Sentence | undefined
}

const keptSchema = z.looseObject({ sparkler: z.looseObject({ sentence: sentenceSchema }) })
const toldSchema = z.looseObject({ sparkler: z.looseObject({ told: z.string() }) })

/** The sentence stored in the metadata of a result; undefined if there is none, and in rows of earlier versions. */
export const sentenceFromMetadata = (metadata: unknown): Sentence | undefined =>
  keptSchema.safeParse(metadata).data?.sparkler.sentence

/** What the model was told if that is more than the user reads; undefined if it is the same. */
export const toldIn = (metadata: unknown): string | undefined => toldSchema.safeParse(metadata).data?.sparkler.told

/** Metadata of a result: why it failed, and what the model was told if that differs. */
export const sentenceMetadata = (sentence: Sentence | undefined, told?: string): ProviderMetadata | undefined =>
  // Through JSON, as it will be stored: drops undefined members.
  sentence || told !== undefined ? { sparkler: JSON.parse(JSON.stringify({ sentence, told })) } : undefined

/** A call without what only the model was told about its failure, which may name tools and arguments. */
export function withoutTold<Call extends object>(call: Call): Call {
  const metadata = "resultProviderMetadata" in call ? call.resultProviderMetadata : undefined
  if (toldIn(metadata) === undefined) return call
  return { ...call, resultProviderMetadata: sentenceMetadata(sentenceFromMetadata(metadata)) }
}
