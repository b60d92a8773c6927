/** A message as browser and server know it, and the settings it is asked with. Safe to import on both sides. */
import type { UIMessage, UITools } from "ai"
import { z } from "zod"
import type { Omission } from "@/lib/ai/refusals/told"
import { DOCUMENT_KINDS, READING_MODES } from "@/lib/documents/types"
import { sentenceSchema } from "@/lib/i18n/sentence.types"
import { idSchema } from "@/lib/ids"
import { COMPARED, MAX_OUTPUT, MAX_SEED, MAX_STOP_CHARS, MAX_STOP_SEQUENCES, MAX_SYSTEM_PROMPT } from "@/lib/limits"
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

/** System prompt, sampling parameters in the ranges that Fireworks accepts, and tools. Omitted ones use the default. */
export const settingsSchema = z
  .object({
    /** The user's instructions, placed before everything else. */
    systemPrompt: z
      .string()
      .max(MAX_SYSTEM_PROMPT, `at most ${MAX_SYSTEM_PROMPT.toLocaleString("en")} characters are allowed`),
    temperature: z.number().min(0).max(2),
    topP: z.number().min(0).max(1),
    topK: z.number().int().min(0).max(100),
    /** Includes reasoning. Limited to what the model can give and the operator allows. */
    maxTokens: z.number().int().min(1).max(MAX_OUTPUT),
    reasoning: z.enum(THINKING_LEVELS),
    frequencyPenalty: z.number().min(-2).max(2),
    presencePenalty: z.number().min(-2).max(2),
    repetitionPenalty: z.number().min(0).max(2),
    minP: z.number().min(0).max(1),
    seed: z.number().int().min(0).max(MAX_SEED),
    /** The answer ends before any of these. */
    stop: z.array(z.string().min(1).max(MAX_STOP_CHARS)).min(1).max(MAX_STOP_SEQUENCES),
    /** Most likely alternatives stored for each word of an answer; 0: only the likelihood of the word itself. */
    alternatives: z.number().int().min(0).max(5),
    /** Treats anything that resembles a model's control tokens as text. */
    safeTokens: z.boolean(),
    /** Tools that the model may call; all if omitted. */
    tools: z.array(z.string().max(64)).max(256),
    /**
     * Sends each question to these models at once; `blind`: hides which model wrote which answer until one is chosen.
     */
    compare: z.strictObject({
      models: z.array(modelIdSchema).min(COMPARED.least).max(COMPARED.most),
      blind: z.literal(true).optional(),
    }),
  })
  .partial()
  .strict()
export type ChatSettings = z.infer<typeof settingsSchema>
/** The models being compared, until comparing is turned off. */
export type Comparing = NonNullable<ChatSettings["compare"]>

/** Asks the model for the words that each value was taken from. */
const quotes = z.literal(true).optional()

/**
 * Requested structured output: any JSON, or JSON that matches a schema. The limits on a schema's size and depth are in
 * `lib/output/validate.ts`.
 */
export const outputRequestSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("json"), quotes }).strict(),
  z
    .object({
      type: z.literal("json_schema"),
      name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
      schema: z.record(z.string(), z.unknown()),
      quotes,
      /** The saved schema it was taken from. Only the schema next to it counts. */
      stored: z.strictObject({ id: idSchema, version: z.int().min(1) }).optional(),
    })
    .strict(),
])
export type OutputRequest = z.infer<typeof outputRequestSchema>

/** The language-independent sentence; missing in rows of earlier versions, which only have its text. */
const storedSentence = sentenceSchema.optional().catch(undefined)

/** One problem of a structured answer, with its place (`path` is a JSON Pointer, "" the root). */
const outputProblemSchema = z.object({ path: z.string(), message: z.string(), sentence: storedSentence })
export const outputCheckSchema = z.object({ valid: z.boolean(), problems: z.array(outputProblemSchema) })
export type OutputProblem = z.infer<typeof outputProblemSchema>
export type OutputCheck = z.infer<typeof outputCheckSchema>

export const tokenUsageSchema = z.object({
  input: z.number(),
  cachedInput: z.number().optional(),
  output: z.number(),
  reasoning: z.number().optional(),
  /** USD saved by cached input. Missing if the price is unknown. */
  savedUsd: z.number().optional(),
  /** The token limit, if the answer ended because of it. */
  limit: z.number().optional(),
  /** Paid with the user's own API key. */
  ownKey: z.literal(true).optional(),
})
export type TokenUsage = z.infer<typeof tokenUsageSchema>

/** A model server's own metrics, under its own names, with values of any kind; Fireworks' times are in seconds. */
export const serverTimingsSchema = z.record(z.string(), z.json())
export type ServerTimings = z.infer<typeof serverTimingsSchema>

/** Why an answer failed: a code for programs, a sentence for the user, and its text in `message`. */
export const messageErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  sentence: storedSentence,
})

export const verdictSchema = z.enum(["better", "worse", "tie", "bad"])
export type Verdict = z.infer<typeof verdictSchema>

/** Metadata of a message, in addition to its parts. */
export const messageMetadataSchema = z.object({
  parentId: z.string().nullable(),
  createdAt: z.string(),
  status: z.enum(MESSAGE_STATUSES),
  model: z.string().optional(),
  output: outputRequestSchema.optional(),
  outputCheck: outputCheckSchema.optional(),
  finishReason: z.string().optional(),
  usage: tokenUsageSchema.optional(),
  /** USD. Missing if the price is unknown. */
  costUsd: z.number().optional(),
  timeToFirstTokenMs: z.number().optional(),
  tokensPerSecond: z.number().optional(),
  /** Milliseconds of reasoning. */
  reasoningMs: z.number().optional(),
  serverTimings: serverTimingsSchema.optional(),
  error: messageErrorSchema.optional(),
  /** Its model is hidden for now: `model`, and everything that would reveal it, is missing. */
  blind: z.literal(true).optional(),
  /** The verdict when models were compared: `tie` and `bad` apply to all of them. */
  verdict: verdictSchema.optional(),
  /** Merged from answers of these models; `cut`: from the beginnings of long ones. */
  merged: z.object({ from: z.array(modelIdSchema), cut: z.literal(true).optional() }).optional(),
})
export type MessageMetadata = z.infer<typeof messageMetadataSchema>

const oneLine = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, "a name is one line")

/**
 * A text file in a user's message. Its text is part of the message, and counts toward its length. `name` is one line of
 * untrusted text: never a path, never a type. `mediaType` says how to show it.
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

/** A document that is being added to a message: what the server reported about it, and what was selected. */
export interface DocumentPart {
  documentId: string
  name: string
  [fact: string]: unknown
}

const page = z.number().int().min(1).max(10_000)

/** What a user selected from a document. */
export const documentChoiceSchema = z.object({
  documentId: idSchema,
  /** Ranges of first and last pages; all of them if omitted. */
  range: z
    .array(z.tuple([page, page]))
    .min(1)
    .max(50)
    .optional(),
  mode: z.enum(READING_MODES),
})

/** A document as stored in a message: the server's facts about it, next to the selection. */
export const documentPartSchema = documentChoiceSchema.extend({
  /** Missing in a share that only shows the card. */
  documentId: idSchema.optional(),
  name: oneLine,
  kind: z.enum(DOCUMENT_KINDS),
  bytes: z.number(),
  /** Of the whole document. */
  pages: z.number(),
  /** Estimated, for what a model gets. */
  tokens: z.number(),
  /** Pages sent as images. */
  pictures: z.number(),
  /** The share link through which its pages are read; never stored. */
  share: z.string().optional(),
})
export type MessageDocument = z.infer<typeof documentPartSchema>

/**
 * Data parts. `title` is transient: only on the stream, never in a message. `summary` in a user's message requests a
 * summary of the conversation, which replaces it for the model from then on. `starting` is on the stream while a
 * deployment starts from zero, with the milliseconds so far, and is not stored. `served` names the model that answered
 * instead of the requested one. `left-out` says what the model doesn't accept, so that it answered without it. `steer`
 * is a message that the model received at this point of its answer, before its next step. `call` is what a call reports
 * while it runs, and is not stored. `away` names servers whose tools were unavailable to the answer. `change` marks a
 * version of an answer in which one part was changed, `repair` one whose invalid JSON values were requested again.
 * `edits` are values that its user has edited, `sources` the places its values come from.
 */
type ChatData = {
  title: { conversationId: string; title: string }
  summary: Record<string, never>
  "left-out": Omission
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
 * A message. An image is a `file` part with the URL `/api/images/{id}`; a text file is a `data-text-file` part, a
 * document a `data-document` part; a structured answer is a text part with JSON, in a message with `metadata.output`.
 * Inputs and outputs of tools are untyped here: a tool's card reads them with the tool's schemas.
 */
export type ChatMessage = UIMessage<MessageMetadata, ChatData, UITools>
