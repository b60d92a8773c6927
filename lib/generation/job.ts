/** One run of a model for one message: its input, and what it has seen so far. */
import type { LanguageModelUsage, UIMessageChunk } from "ai"
import type { History } from "@/lib/generation/history"
import type { AbortCause } from "@/lib/generation/runtime"
import type { Notes } from "@/lib/generation/tools/notes"
import type { AppError } from "@/lib/http/errors"
import type { Alternatives } from "@/lib/messages/alternatives"
import type { ChatSettings, MessageMetadata, OutputRequest, ServerTimings, TokenUsage } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"
import type { TurnRecorder } from "@/lib/recording/recorder"

export interface GenerationJob {
  generationId: string
  messageId: string
  parentId: string
  conversationId: string
  userId: string
  createdAt: Date
  model: ModelInfo
  /** The user's own API key, if it was to pay when the question was accepted. */
  key?: string
  /** The turns up to the question, built when the generation starts. */
  history: () => Promise<History>
  settings?: ChatSettings
  /** The operator has turned tools off. */
  toolsOff?: boolean
  /** Or these tools. */
  blockedTools?: readonly string[]
  /** Needs no reasoning: requests the least the model accepts. */
  least?: boolean
  output?: OutputRequest
  /** The shape requested from the model, if it differs from the answer's. */
  asks?: OutputRequest
  /** The model's name must not be revealed. */
  blind?: boolean
  /** What the answer was merged from, as shown to the user. */
  merged?: MessageMetadata["merged"]
  /** What the user says while the answer runs. */
  notes?: Notes
  /** Existing content, when an answer is continued. */
  continued?: Continued
  /** Records what happens. */
  tap?: TurnRecorder
  /** Creates a title in parallel. */
  title?: (signal: AbortSignal) => Promise<string | null>
}

/** The part of an answer written by an earlier run. */
export interface Continued {
  /** The content so far. */
  chunks: UIMessageChunk[]
  /** The text to continue; null when the content ends with a tool's result. */
  open: { openId: string; base: string; tail: string; step: UIMessageChunk[] } | null
  /** It used up all its tool steps, and gets as many again. */
  again?: boolean
  usage: TokenUsage | undefined
  costUsd: number | undefined
  reasoningMs: number | undefined
}

/** What a run has seen so far. */
export interface Progress {
  /** ID of the model that is called. */
  model: string
  startedAt: number
  firstTokenAt: number | null
  usage: LanguageModelUsage | null
  /** Estimated tokens sent. */
  asked: number
  finishReason: string | undefined
  /** How often the model was called. */
  steps: number
  /** Token limit of the answer. */
  limit: number
  serverTimings: ServerTimings | undefined
  /** Token alternatives of each step that has some. */
  alternatives: Alternatives[]
  /** Start of the current reasoning; null while there is none. */
  thinkingSince: number | null
  reasoningMs: number | undefined
  /** Start of the current step's text; null before it. */
  textSince: number | null
  error: AppError | null
  aborted: AbortCause | null
  /** ID of the model that answered instead of the requested one; `whole`: the entire answer. */
  served: { model: string; whole: boolean } | null
  /** The user's own API key pays. */
  ownKey: true | null
}

export const newProgress = ({ model, continued }: GenerationJob): Progress => ({
  model: model.id,
  startedAt: performance.now(),
  firstTokenAt: null,
  usage: null,
  asked: 0,
  finishReason: undefined,
  steps: 0,
  limit: 0,
  serverTimings: undefined,
  alternatives: [],
  thinkingSince: null,
  reasoningMs: continued?.reasoningMs,
  textSince: null,
  error: null,
  aborted: null,
  served: null,
  ownKey: null,
})
