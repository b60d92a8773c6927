/**
 * What the browser and the server say to each other about a conversation. Safe to import on both sides:
 * only types and schemas.
 */
import type { UIMessage } from "ai"
import { z } from "zod"
import type { WeatherInput, WeatherOutput } from "@/lib/ai/tools/weather.types"
import { COMPARED } from "@/lib/chat/compared"
import { MAX_SYSTEM_PROMPT } from "@/lib/chat/limits"

export const MESSAGE_STATUSES = ["streaming", "complete", "stopped", "interrupted", "failed"] as const
export type MessageStatus = (typeof MESSAGE_STATUSES)[number]

/** Ids are UUIDs, made by the client for what the client creates (version 7, so that they sort by time). */
export const idSchema = z.uuid()

const modelIdSchema = z.string().min(1).max(300)

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
    maxTokens: z.number().int().min(1).max(131_072),
    reasoning: z.enum(["off", "low", "medium", "high"]),
    /** Tools that the model may call; all when left out. */
    tools: z.array(z.string().max(64)).max(64),
  })
  .partial()
  .strict()
export type ChatSettings = z.infer<typeof settingsSchema>

/** Structured output asked for: any JSON, or JSON that fits a schema. A schema is at most 64 kB as text. */
export const outputRequestSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("json") }).strict(),
  z
    .object({
      type: z.literal("json_schema"),
      name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
      schema: z.record(z.string(), z.unknown()),
    })
    .strict(),
])
export type OutputRequest = z.infer<typeof outputRequestSchema>

/** One problem of a structured answer, at its place (`path` is a JSON pointer, "" the root). */
export const outputProblemSchema = z.object({ path: z.string(), message: z.string() })
export const outputCheckSchema = z.object({ valid: z.boolean(), problems: z.array(outputProblemSchema) })
export type OutputProblem = z.infer<typeof outputProblemSchema>
export type OutputCheck = z.infer<typeof outputCheckSchema>

export const tokenUsageSchema = z.object({
  input: z.number(),
  cachedInput: z.number().optional(),
  output: z.number(),
  reasoning: z.number().optional(),
})
export type TokenUsage = z.infer<typeof tokenUsageSchema>

/** What a model server measured of itself, by its own names; Fireworks' times are in seconds. */
export const serverTimingsSchema = z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()]))
export type ServerTimings = z.infer<typeof serverTimingsSchema>

/** Why an answer failed: a code for programs, a sentence for the person. */
export const messageErrorSchema = z.object({ code: z.string(), message: z.string(), retryable: z.boolean() })
export type MessageError = z.infer<typeof messageErrorSchema>

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
})
export type MessageMetadata = z.infer<typeof messageMetadataSchema>

/**
 * A file of text in a person's message. Its text is part of the message, and counts into its length. `name` is one line,
 * somebody's word: never a path, never a type. `mediaType` says how to show it.
 */
export const textFileSchema = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, "a name is one line"),
  mediaType: z
    .string()
    .max(100)
    .regex(/^[a-z]+\/[a-z0-9.+-]+$/),
  text: z.string(),
})
export type TextFile = z.infer<typeof textFileSchema>

/**
 * Data parts. `title` is transient: it is on the stream and in no message. `summary` in a person's message asks for a
 * summary of what was said, which a model is shown in its place from then on.
 */
export type ChatData = {
  title: { conversationId: string; title: string }
  summary: Record<string, never>
  "text-file": TextFile
}

export type ChatTools = { get_weather: { input: WeatherInput; output: WeatherOutput } }

/**
 * A message. An image is a `file` part whose url is `/api/images/{id}`; a file of text is a `data-text-file` part; a
 * structured answer is a text part
 * whose text is JSON, in a message with `metadata.output`.
 */
export type ChatMessage = UIMessage<MessageMetadata, ChatData, ChatTools>

export interface ConversationSummary {
  id: string
  title: string
  model: string | null
  createdAt: string
  updatedAt: string
  /** An answer is being written. */
  running: boolean
  /** An answer ended while nobody was looking. */
  unseen: boolean
  /** Stands before all others. */
  pinned: boolean
  /** Out of the way, until something is said in it again. */
  archived: boolean
  /** Where it stands when it is neither pinned nor archived; null: in the list by date. */
  folderId: string | null
  /** By name. */
  tags: string[]
}

/** What happened to one of a person's conversations, in whichever tab or process. */
export interface ConversationEvent {
  id: string
  /** Null: it was deleted. */
  conversation: ConversationSummary | null
  /** The answer that begins or ended with this event. */
  answer?: { messageId: string; status: MessageStatus }
  /** They are others from now on. */
  settings?: ChatSettings
  /** Of answers that were compared, the one that was kept. */
  kept?: string
}

/** A line of `GET /api/events`: one conversation, many that were changed at once, or folders that are others now. */
export type ListEvent = ConversationEvent | { changes: ConversationEvent[] } | { outline: true }

/** `GET /api/conversations/{id}/context?model=`: what the model is shown with the next question, estimated. */
export interface ConversationContext {
  /** Tokens of what is shown, and of everything on the branch. */
  tokens: number
  allTokens: number
  /** Null: the model's window is not known. */
  windowTokens: number | null
  /** Messages at the beginning that are not shown: they don't fit, or a summary stands for them. */
  leftOut: number
  summarised: boolean
}

/** `GET /api/conversations/{id}/totals`: all answers of a conversation, those of other branches too. */
export interface ConversationTotals {
  answers: number
  usage: TokenUsage
  /** USD, of the answers whose price is known. */
  costUsd: number
  /** Answers that used tokens and whose price is not known. */
  unpriced: number
}

/** The branch that is shown, from the root to the active leaf. */
export interface ConversationView {
  conversation: ConversationSummary
  /** Of the last question, for the next one. */
  settings: ChatSettings
  messages: ChatMessage[]
  /** For each shown message that has siblings: the ids of all of them, oldest first. */
  siblings: Record<string, string[]>
  /** Messages of the branch before these. */
  earlier: number
  /** The last of these messages is one of answers that are compared: all of them, by their places. Else none. */
  compared: ChatMessage[]
}

/**
 * Which piece of a branch: `last` its newest page, `before` the page before a message (back to `from`, when that is
 * given too), `from` everything from a message on; else all of it.
 */
export const viewPieceSchema = z
  .object({ last: z.literal("1").transform(() => true), before: idSchema, from: idSchema })
  .partial()
  .strict()
export type ViewPiece = z.infer<typeof viewPieceSchema>

/** `POST /api/chat`. */
export const chatRequestSchema = z
  .object({
    /** Conversation id; made by the client, the conversation is created when there is none. */
    id: idSchema,
    message: z.object({
      id: idSchema,
      role: z.literal("user").optional(),
      parts: z
        .array(
          z.union([
            z.object({ type: z.literal("text"), text: z.string() }),
            z.object({
              type: z.literal("file"),
              url: z.string().max(200),
              mediaType: z.string().max(100),
              filename: z.string().max(255).optional(),
            }),
            z.object({ type: z.literal("data-summary"), data: z.strictObject({}) }),
            z.object({ type: z.literal("data-text-file"), data: textFileSchema }),
          ]),
        )
        .max(64),
    }),
    /** The message that this one answers; the active leaf when left out, null for the root. */
    parentId: idSchema.nullable().optional(),
    /** Id for the answer. A new one for a stored message makes a sibling answer (regenerate). */
    responseId: idSchema.optional(),
    model: modelIdSchema.optional(),
    settings: settingsSchema.optional(),
    output: outputRequestSchema.optional(),
    /** Asks these models at once, in place of `model` and `responseId`: the response carries all their answers. */
    compare: z
      .array(z.strictObject({ model: modelIdSchema, responseId: idSchema }))
      .min(COMPARED.least)
      .max(COMPARED.most)
      .optional(),
    /** Takes the place of this answer in a comparison; the old one stays as a version. */
    replaces: idSchema.optional(),
    /** A conversation that begins with this message leaves nothing behind. */
    temporary: z.literal(true).optional(),
    /** The folder that a conversation which begins with this message stands in; in the list when it is gone. */
    folderId: idSchema.optional(),
  })
  .strict()
  .refine(({ compare, model, responseId, replaces }) => !compare || !(model || responseId || replaces), {
    path: ["compare"],
    message: "stands in place of model, responseId and replaces",
  })
  .refine(({ compare = [] }) => new Set(compare.map(({ responseId }) => responseId)).size === compare.length, {
    path: ["compare"],
    message: "each answer needs an id of its own",
  })
  .refine(({ replaces, responseId }) => !replaces || responseId, {
    path: ["responseId"],
    message: "is needed to replace an answer",
  })
export type ChatRequest = z.infer<typeof chatRequestSchema>

/** `POST /api/chat/{id}/continue`. The generation's id is made by the client: the same request again starts nothing. */
export const continueRequestSchema = z.object({ messageId: idSchema, generationId: idSchema }).strict()
export type ContinueRequest = z.infer<typeof continueRequestSchema>

export interface ImageInfo {
  id: string
  /** `/api/images/{id}` */
  url: string
  mediaType: string
  width: number
  height: number
  bytes: number
  name: string
}

/** `GET /api/models`. */
export interface ModelInfo {
  id: string
  name: string
  /** Which server answers for it. */
  upstream: "fireworks" | "compatible" | "ollama" | "demo"
  contextTokens: number | null
  images: boolean
  tools: boolean
  reasoning: boolean
  /** USD per million tokens. */
  price: { input: number; cachedInput: number; output: number } | null
  /** Gone from the server; `successor` takes its place. */
  retired: boolean
  successor: string | null
}

export interface ModelsResponse {
  models: ModelInfo[]
  default: string
  /** Names of the tools that models may call. */
  tools: string[]
  /** Characters that one message may have, its text files together with its words. */
  messageChars: number
  /** Who answers and, without a key, how to set one. */
  notice: { kind: "fireworks" | "compatible" | "ollama" | "demo"; text: string }
}

export interface ShareInfo {
  id: string
  /** `/share/{token}` */
  path: string
  title: string
  createdAt: string
  revokedAt: string | null
}

/** A text with the places that were looked for: pairs of start and end (exclusive), in order, never overlapping. */
export interface MarkedText {
  text: string
  marks: [number, number][]
}

export interface SearchHit {
  conversationId: string
  /** The title of the conversation; marked when it is what was found. */
  title: MarkedText
  /** The message that was found; null: the title was. */
  message: { id: string; role: "user" | "assistant"; excerpt: MarkedText } | null
  /** When the message was written, or the last one of the conversation. */
  date: string
}

/** `GET /api/search?q=&limit=&cursor=`. Best hits first. */
export interface SearchAnswer {
  hits: SearchHit[]
  /** Asks for the next hits; null: there are no more. */
  cursor: string | null
  /** Older messages are still being made ready to be found. */
  indexing: boolean
}
