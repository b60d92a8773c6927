/** One run of a model for one message: what it is given, and what it has seen so far. */
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
  /** The person's own API key, when it was the one to pay as the question was taken. */
  key?: string
  /** The turns up to the question, made when the generation starts. */
  history: () => Promise<History>
  settings?: ChatSettings
  /** The operator has switched tools off. */
  toolsOff?: boolean
  /** Or these. */
  blockedTools?: readonly string[]
  /** It needs no thought: the least that the model takes is asked for. */
  least?: boolean
  output?: OutputRequest
  /** The shape that the model is asked for, where that is another than the answer's. */
  asks?: OutputRequest
  /** Whose answer it is must not be told. */
  blind?: boolean
  /** What it is made of, as its person is told. */
  merged?: MessageMetadata["merged"]
  /** What the person says meanwhile. */
  notes?: Notes
  /** What is there already, when an answer is continued. */
  continued?: Continued
  /** Keeps what happens. */
  tap?: TurnRecorder
  /** Makes a title meanwhile. */
  title?: (signal: AbortSignal) => Promise<string | null>
}

/** An earlier run's part of an answer. */
export interface Continued {
  /** The content so far. */
  chunks: UIMessageChunk[]
  /** The text that goes on; null when the end is a tool's result. */
  open: { openId: string; base: string; tail: string; step: UIMessageChunk[] } | null
  /** It had all its rounds of tools, and gets as many again. */
  again?: boolean
  usage: TokenUsage | undefined
  costUsd: number | undefined
  reasoningMs: number | undefined
}

/** What a run has seen so far. */
export interface Progress {
  /** The id of the model that is asked. */
  model: string
  startedAt: number
  firstTokenAt: number | null
  usage: LanguageModelUsage | null
  /** Tokens that were sent, roughly. */
  asked: number
  finishReason: string | undefined
  /** Times that the model was asked. */
  steps: number
  /** Tokens that the answer may have. */
  limit: number
  serverTimings: ServerTimings | undefined
  /** How likely the words were, of each step that wrote some. */
  alternatives: Alternatives[]
  /** When the thinking that goes on now began; null while there is none. */
  thinkingSince: number | null
  reasoningMs: number | undefined
  /** When the text of the step that goes on began; null before it. */
  textSince: number | null
  error: AppError | null
  aborted: AbortCause | null
  /** The id that answered in place of the asked one; `whole`: all of the answer. */
  served: { model: string; whole: boolean } | null
  /** The person's own API key pays. */
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
