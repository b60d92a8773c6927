/** Asks a model once, the same way as in a chat and with the same prompt, but without tools and without retries. */
import { jsonSchema, Output, experimental_streamTextLowMemory as streamText } from "ai"
import { costOf, usageOf } from "@/lib/ai/accounting"
import { outputTokens } from "@/lib/ai/output-limit"
import { systemPrompt } from "@/lib/ai/prompts/prompts"
import { languageModel, requiresApiKey } from "@/lib/ai/provider"
import { brokenOff } from "@/lib/ai/upstream/upstream-errors"
import { AnswerBudget } from "@/lib/ai/wire/answer-limits"
import { isIncompleteFinish } from "@/lib/ai/wire/delta"
import { config } from "@/lib/config"
import type { Usage } from "@/lib/db/quota"
import { historyFor } from "@/lib/generation/history"
import { AppError } from "@/lib/http/errors"
import type { ChatMessage, ChatSettings, TokenUsage } from "@/lib/messages/types"
import type { ModelInfo, ModelPrice } from "@/lib/models/model.types"
import { countSpending } from "@/lib/observe/meters"
import { WITHOUT_CONTENT } from "@/lib/observe/trace"
import { modelOf } from "@/lib/own-key/payer"

/** A JSON schema that the answer should match. */
export interface AskedOutput {
  type: "json_schema"
  name: string
  schema: Record<string, unknown>
}

export interface Asking {
  /** The conversation that groups requests: answers with the same id share the model server's cache. */
  conversationId: string
  userId: string
  model: ModelInfo
  /** The person's own key, if it pays. */
  key: string | undefined
  /** Null: a text answer. */
  output: AskedOutput | null
  instructions: string
  settings: ChatSettings
}

/** A model's answer. */
export interface Said {
  text: string
  finishReason: string
  /** Undefined: the server reported none. */
  tokens: TokenUsage | undefined
  /** US dollars; null: the price isn't known. */
  costUsd: number | null
  ownKey: boolean
  /** The model that answered instead of the requested one; null: the requested one did. */
  instead: string | null
  /** Milliseconds until the first token (thinking included) and until the end; null: there was none. */
  firstMs: number | null
  totalMs: number
}

/** Rejects with the model server's error, as the AI SDK reports it, or with an `AppError`. */
export async function askModel(asking: Asking, turn: ChatMessage, signal: AbortSignal): Promise<Said> {
  const { userId, model, key } = asking
  let instead: string | null = null
  const budget = new AnswerBudget()
  const told: { failure?: unknown } = {}
  const result = await streamOf(asking, turn, signal, {
    budget,
    onInstead: (id) => {
      instead = id
    },
    onError: (error) => {
      told.failure ??= error
    },
  })
  const said = await readAll(result.stream)
  const error = budget.met ?? told.failure
  if (error !== undefined && error !== null) throw error
  signal.throwIfAborted()
  if (said.aborted) throw new AppError("upstream:timeout")
  if (isIncompleteFinish(said.rawFinish)) throw brokenOff(said.rawFinish)
  const ownKey = key !== undefined && requiresApiKey(model)
  const answered = instead ? await modelOf(userId, instead).catch(() => null) : model
  const price = answered && priceOf(answered)
  const tokens = said.usage && usageOf.tokens(said.usage)
  const costUsd = tokens && price ? costOf(tokens, price) : null
  const { text, finishReason, firstMs, totalMs } = said
  return { text, finishReason, tokens, costUsd, ownKey, instead, firstMs, totalMs }
}

interface Hands {
  budget: AnswerBudget
  onInstead: (model: string) => void
  onError: (error: unknown) => void
}

async function streamOf(
  { conversationId, userId, model, key, output, instructions, settings }: Asking,
  turn: ChatMessage,
  signal: AbortSignal,
  { budget, onInstead, onError }: Hands,
) {
  const { limits } = config()
  const { messages, tokens } = await historyFor(userId, [turn], model, { settings })
  const own = { ...settings, systemPrompt: undefined }
  return streamText({
    model: languageModel({
      ...{ model, userId, key, budget, settings: own, once: true, conversationId },
      onServing: (serving) => {
        if (serving.type === "instead") onInstead(serving.model)
      },
    }),
    instructions: systemPrompt({ output: output ?? undefined, own: instructions }),
    messages,
    output: output ? Output.object({ schema: jsonSchema(output.schema), name: output.name }) : undefined,
    maxOutputTokens: outputTokens(model, { settings }, tokens),
    telemetry: WITHOUT_CONTENT,
    maxRetries: 0,
    abortSignal: signal,
    timeout: { firstChunkMs: limits.firstTokenMs, chunkMs: limits.silenceMs },
    onError: ({ error }) => onError(error),
  })
}

type Stream = ReturnType<typeof streamText>["stream"]
type ModelUsage = Parameters<typeof usageOf.tokens>[0]

async function readAll(stream: Stream) {
  const begun = performance.now()
  const ms = () => Math.round(performance.now() - begun)
  const said = {
    ...{ text: "", finishReason: "other", rawFinish: "", aborted: false },
    ...{ usage: undefined as ModelUsage | undefined, firstMs: null as number | null, totalMs: 0 },
  }
  for await (const part of stream) {
    if (part.type === "text-delta" || part.type === "reasoning-delta") said.firstMs ??= ms()
    if (part.type === "text-delta") said.text += part.text
    else if (part.type === "abort") said.aborted = true
    else if (part.type === "finish") {
      said.finishReason = part.finishReason
      said.rawFinish = part.rawFinishReason ?? ""
      said.usage = part.totalUsage
    }
  }
  said.totalMs = ms()
  return said
}

/** What an answer used, as stored with it and counted for the person's day. Also updates the meters. */
export function usedBy({ userId, model }: Pick<Asking, "userId" | "model">, said: Said) {
  const { tokens, costUsd, ownKey, instead } = said
  const [inputTokens, outputTokens] = [tokens?.input ?? 0, tokens?.output ?? 0]
  const billedUsd = ownKey ? 0 : (costUsd ?? 0)
  if (tokens) countSpending({ ...tokens, costUsd: billedUsd, ownKey })
  const usage: Usage = { userId, model: instead ?? model.id, answers: 1, inputTokens, outputTokens, costUsd: billedUsd }
  return { inputTokens, outputTokens, costUsd: tokens ? costUsd : null, usage }
}

/** An attempt that used nothing. */
export const NO_USAGE = { inputTokens: 0, outputTokens: 0, costUsd: null, usage: null }

/** US dollars per million tokens; estimated for spot, whose prices aren't listed. Null: not known. */
export function priceOf({ price, ways, way }: ModelInfo): ModelPrice | null {
  if (price) return price
  const standard = ways?.find(({ kind }) => kind === "standard")?.price
  const less = ways?.find(({ kind }) => kind === way)?.aboutLess
  if (!standard || less === undefined) return null
  const part = 1 - less / 100
  return { input: standard.input * part, cachedInput: standard.cachedInput * part, output: standard.output * part }
}
