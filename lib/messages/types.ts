/** A message as the browser and the server know it, and what it is asked with. Safe to import on both sides. */
import type { UIMessage, UITools } from "ai"
import { z } from "zod"
import type { LeftOut } from "@/lib/ai/refusals/told"
import { DOCUMENT_KINDS, READING_MODES } from "@/lib/documents/types"
import { sentenceSchema } from "@/lib/i18n/sentence.types"
import { idSchema } from "@/lib/ids"
import { COMPARED, MAX_OUTPUT, MAX_SEED, MAX_STOP, MAX_SYSTEM_PROMPT, MOST_STOPS } from "@/lib/limits"
import type { Alternatives } from "@/lib/messages/alternatives"
import type { CallNews } from "@/lib/messages/call-news"
import type { StoredChange } from "@/lib/messages/change.types"
import type { StoredEdits } from "@/lib/messages/edits.types"
import type { StoredRepair } from "@/lib/messages/repair.types"
import type { StoredSources } from "@/lib/messages/sources.types"
import { THINKING_LEVELS } from "@/lib/models/thinking"

export const MESSAGE_STATUSES = ["streaming", "complete", "stopped", "interrupted", "failed"] as const
export type MessageStatus = (typeof MESSAGE_STATUSES)[number]

export const modelIdSchema = z.string().min(1).max(300)

/** System prompt, sampling parameters in the ranges that Fireworks accepts, and tools. What is left out is the default. */
export const settingsSchema = z
  .object({
    /** What the person tells the model before everything else. */
    systemPrompt: z
      .string()
      .max(MAX_SYSTEM_PROMPT, `at most ${MAX_SYSTEM_PROMPT.toLocaleString("en")} characters are allowed`),
    temperature: z.number().min(0).max(2),
    topP: z.number().min(0).max(1),
    topK: z.number().int().min(0).max(100),
    /** Thinking included. What a model can't give, or the operator doesn't allow, is not asked of it. */
    maxTokens: z.number().int().min(1).max(MAX_OUTPUT),
    reasoning: z.enum(THINKING_LEVELS),
    frequencyPenalty: z.number().min(-2).max(2),
    presencePenalty: z.number().min(-2).max(2),
    repetitionPenalty: z.number().min(0).max(2),
    minP: z.number().min(0).max(1),
    seed: z.number().int().min(0).max(MAX_SEED),
    /** The answer ends before any of these. */
    stop: z.array(z.string().min(1).max(MAX_STOP)).min(1).max(MOST_STOPS),
    /** Likeliest words that are kept beside each word of an answer; 0: only how likely the word itself was. */
    alternatives: z.number().int().min(0).max(5),
    /** What looks like a model's own control tokens stays text. */
    safeTokens: z.boolean(),
    /** Tools that the model may call; all when left out. */
    tools: z.array(z.string().max(64)).max(256),
    /** Each question goes to these models at once; `blind`: which answer is whose is told only when one is chosen. */
    compare: z.strictObject({
      models: z.array(modelIdSchema).min(COMPARED.least).max(COMPARED.most),
      blind: z.literal(true).optional(),
    }),
  })
  .partial()
  .strict()
export type ChatSettings = z.infer<typeof settingsSchema>
/** The models that are compared, until that is ended. */
export type Comparing = NonNullable<ChatSettings["compare"]>

/** The model is asked for the words that each value was taken from. */
const quotes = z.literal(true).optional()

/** Structured output asked for: any JSON, or JSON that fits a schema. How large and deep a schema may be, `lib/output/validate.ts` says. */
export const outputRequestSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("json"), quotes }).strict(),
  z
    .object({
      type: z.literal("json_schema"),
      name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
      schema: z.record(z.string(), z.unknown()),
      quotes,
      /** The kept schema that it was taken from. What counts is the schema beside it. */
      stored: z.strictObject({ id: idSchema, version: z.int().min(1) }).optional(),
    })
    .strict(),
])
export type OutputRequest = z.infer<typeof outputRequestSchema>

/** What a sentence says in any language; missing in rows of earlier versions, which have its words only. */
const storedSentence = sentenceSchema.optional().catch(undefined)

/** One problem of a structured answer, at its place (`path` is a JSON pointer, "" the root). */
const outputProblemSchema = z.object({ path: z.string(), message: z.string(), sentence: storedSentence })
export const outputCheckSchema = z.object({ valid: z.boolean(), problems: z.array(outputProblemSchema) })
export type OutputProblem = z.infer<typeof outputProblemSchema>
export type OutputCheck = z.infer<typeof outputCheckSchema>

export const tokenUsageSchema = z.object({
  input: z.number(),
  cachedInput: z.number().optional(),
  output: z.number(),
  reasoning: z.number().optional(),
  /** USD by which the cached input was cheaper. Missing when the price is not known. */
  savedUsd: z.number().optional(),
  /** The tokens that the answer could have, where it ended because it had them. */
  limit: z.number().optional(),
  /** Paid by the person's own API key. */
  ownKey: z.literal(true).optional(),
})
export type TokenUsage = z.infer<typeof tokenUsageSchema>

/** What a model server measured of itself, by its own names, values of any kind; Fireworks' times are in seconds. */
export const serverTimingsSchema = z.record(z.string(), z.json())
export type ServerTimings = z.infer<typeof serverTimingsSchema>

/** Why an answer failed: a code for programs, a sentence for the person, which `message` has in words. */
export const messageErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  sentence: storedSentence,
})

export const verdictSchema = z.enum(["better", "worse", "tie", "bad"])
export type Verdict = z.infer<typeof verdictSchema>

/** What travels with a message beside its parts. */
export const messageMetadataSchema = z.object({
  parentId: z.string().nullable(),
  createdAt: z.string(),
  status: z.enum(MESSAGE_STATUSES),
  model: z.string().optional(),
  output: outputRequestSchema.optional(),
  outputCheck: outputCheckSchema.optional(),
  finishReason: z.string().optional(),
  usage: tokenUsageSchema.optional(),
  /** USD. Missing when the price is not known. */
  costUsd: z.number().optional(),
  timeToFirstTokenMs: z.number().optional(),
  tokensPerSecond: z.number().optional(),
  /** Milliseconds that the model thought. */
  reasoningMs: z.number().optional(),
  serverTimings: serverTimingsSchema.optional(),
  error: messageErrorSchema.optional(),
  /** Whose it is must not be told yet: `model`, and all that would tell it, is missing. */
  blind: z.literal(true).optional(),
  /** How it came off where models were compared: `tie` and `bad` hold for all of them. */
  verdict: verdictSchema.optional(),
  /** It was made out of answers of these models; `cut`: of the beginnings of long ones. */
  merged: z.object({ from: z.array(modelIdSchema), cut: z.literal(true).optional() }).optional(),
})
export type MessageMetadata = z.infer<typeof messageMetadataSchema>

const oneLine = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, "a name is one line")

/**
 * A file of text in a person's message. Its text is part of the message, and counts into its length. `name` is one line,
 * somebody's word: never a path, never a type. `mediaType` says how to show it.
 */
export const textFileSchema = z.strictObject({
  name: oneLine,
  mediaType: z
    .string()
    .max(100)
    .regex(/^[a-z]+\/[a-z0-9.+-]+$/),
  text: z.string(),
})
export type TextFile = z.infer<typeof textFileSchema>

/** A document on its way into a message: what the server said of it, and what was chosen. */
export interface DocumentPart {
  documentId: string
  name: string
  [fact: string]: unknown
}

const page = z.number().int().min(1).max(10_000)

/** What a person chose of a document. */
export const documentChoiceSchema = z.object({
  documentId: idSchema,
  /** First and last pages; all of them when left out. */
  range: z
    .array(z.tuple([page, page]))
    .min(1)
    .max(50)
    .optional(),
  mode: z.enum(READING_MODES),
})

/** A document in a message, as it is stored: what the server knows of it stands beside what was chosen. */
export const documentPartSchema = documentChoiceSchema.extend({
  /** Missing where a share shows the card alone. */
  documentId: idSchema.optional(),
  name: oneLine,
  kind: z.enum(DOCUMENT_KINDS),
  bytes: z.number(),
  /** Of the whole document. */
  pages: z.number(),
  /** Estimated, of what a model is shown. */
  tokens: z.number(),
  /** Pages that go as pictures. */
  pictures: z.number(),
  /** The link behind which its pages are read; stored nowhere. */
  share: z.string().optional(),
})
export type MessageDocument = z.infer<typeof documentPartSchema>

/**
 * Data parts. `title` is transient: it is on the stream and in no message. `summary` in a person's message asks for a
 * summary of what was said, which a model is shown in its place from then on. `starting` is on the stream while a deployment
 * starts from zero, for so many milliseconds by now, and is not stored. `served` names the model that answered in place of
 * the one that was asked. `left-out` tells what the model doesn't take, so that it answered
 * without. `steer` is a message that the model got at this place of its answer, before its next step. `call` is what a call says while it runs, and is not stored. `away` names servers whose tools the answer had to do
 * without. `change` says that a version is an answer in which one part is another, `repair` that
 * wrong values of an answer in JSON were asked for again. `edits` are values of one that its person wrote over, `sources` the places that
 * its values come from.
 */
type ChatData = {
  title: { conversationId: string; title: string }
  summary: Record<string, never>
  "left-out": LeftOut
  steer: { id: string; text: string }
  call: CallNews
  away: { servers: string[] }
  alternatives: Alternatives
  "text-file": TextFile
  document: MessageDocument
  starting: { elapsedMs: number; over: boolean }
  served: { model: string }
  change: StoredChange
  repair: StoredRepair
  edits: StoredEdits
  sources: StoredSources
}

/**
 * A message. An image is a `file` part whose url is `/api/images/{id}`; a file of text is a `data-text-file` part, a
 * document a `data-document` part; a structured answer is a text part whose text is JSON, in a message with
 * `metadata.output`. What a tool was asked and answered is anything here: its card reads it by the schemas of its tool.
 */
export type ChatMessage = UIMessage<MessageMetadata, ChatData, UITools>
