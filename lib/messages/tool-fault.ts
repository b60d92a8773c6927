/**
 * Why a call of a tool has no result: in English, as the model is told and as it is stored, with the sentence beside it,
 * so that a person reads it in their own language. It stands where the SDK keeps what belongs to a result.
 */
import type { ProviderMetadata } from "ai"
import { z } from "zod"
import { type Sentence, sentenceSchema } from "@/lib/i18n/sentence.types"

export interface ToolFault {
  text: string
  /** Missing where nobody but a program says it: the words stay as they are. */
  sentence?: Sentence | undefined
}

const keptSchema = z.looseObject({ sparkler: z.looseObject({ sentence: sentenceSchema }) })
const toldSchema = z.looseObject({ sparkler: z.looseObject({ told: z.string() }) })

/** The sentence kept in the metadata of a result; undefined for what is none, and in rows of earlier versions. */
export const sentenceIn = (metadata: unknown): Sentence | undefined =>
  keptSchema.safeParse(metadata).data?.sparkler.sentence

/** What the model was told where that is more than the person reads; undefined where it is the same. */
export const toldIn = (metadata: unknown): string | undefined => toldSchema.safeParse(metadata).data?.sparkler.told

/** As metadata of a result: why it failed, and what the model was told where that is something else. */
export const keptSentence = (sentence: Sentence | undefined, told?: string): ProviderMetadata | undefined =>
  // Through JSON, as it will be stored: members that are undefined are no JSON.
  sentence || told !== undefined ? { sparkler: JSON.parse(JSON.stringify({ sentence, told })) } : undefined

/** A call without what only the model was told of its failure: it may name tools and arguments. */
export function withoutTold<Call extends object>(call: Call): Call {
  const metadata = "resultProviderMetadata" in call ? call.resultProviderMetadata : undefined
  if (toldIn(metadata) === undefined) return call
  return { ...call, resultProviderMetadata: keptSentence(sentenceIn(metadata)) }
}
