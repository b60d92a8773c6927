/** One running answer: asks the model, writes the log, and writes the message when it is over. */
import {
  isStepCount,
  jsonSchema,
  type LanguageModelUsage,
  type ModelMessage,
  Output,
  streamText,
  toUIMessageStream,
  type UIMessageChunk,
} from "ai"
import { addUsage, costOf, usageOf } from "@/lib/ai/accounting"
import { systemPrompt } from "@/lib/ai/prompts"
import { languageModel } from "@/lib/ai/provider"
import { createTools } from "@/lib/ai/tools"
import { toolErrorText } from "@/lib/ai/tools/errors"
import { isRetryableCode, toUpstreamError } from "@/lib/ai/upstream-errors"
import { tell } from "@/lib/chat/news"
import { closeParts, hasContent } from "@/lib/chat/parts"
import {
  type ChatSettings,
  type MessageMetadata,
  type ModelInfo,
  type OutputRequest,
  type ServerTimings,
  serverTimingsSchema,
  type TokenUsage,
} from "@/lib/chat/types"
import { config } from "@/lib/config"
import { finishMessage, type MessageResult } from "@/lib/db/messages"
import { partsOf } from "@/lib/generation/chunks"
import { continueText } from "@/lib/generation/continuation"
import { type AbortCause, runtime } from "@/lib/generation/runtime"
import { type ChunkWriter, createWriter } from "@/lib/generation/writer"
import { AppError } from "@/lib/http/errors"
import { logFault } from "@/lib/log"
import { validateOutput } from "@/lib/output/validate"

export interface GenerationJob {
  generationId: string
  messageId: string
  parentId: string
  conversationId: string
  userId: string
  createdAt: Date
  model: ModelInfo
  /** The turns up to the question, made when the generation starts. */
  history: () => Promise<ModelMessage[]>
  settings?: ChatSettings
  output?: OutputRequest
  /** What is there already, when an answer is continued. */
  continued?: Continued
  /** Makes a title meanwhile. */
  title?: (signal: AbortSignal) => Promise<string | null>
}

/** An earlier run's part of an answer. */
export interface Continued {
  /** The content so far. */
  chunks: UIMessageChunk[]
  /** The text that goes on; null when the end is a tool's result. */
  open: { openId: string; base: string; tail: string } | null
  usage: TokenUsage | undefined
  costUsd: number | undefined
  reasoningMs: number | undefined
}

/** What a run has seen so far. */
interface Progress {
  startedAt: number
  firstTokenAt: number | null
  usage: LanguageModelUsage | null
  finishReason: string | undefined
  serverTimings: ServerTimings | undefined
  /** When the thinking that goes on now began; null while there is none. */
  thinkingSince: number | null
  reasoningMs: number | undefined
  error: AppError | null
  aborted: AbortCause | null
}

/** Opens the log and lets the generation run; resolves as soon as it can be followed. Belongs to no request. */
export async function startGeneration(job: GenerationJob): Promise<void> {
  const { log, running, logOfMessage } = runtime()
  const { generationId, messageId, conversationId, userId } = job
  await log.open(generationId)
  const controller = new AbortController()
  const progress: Progress = {
    startedAt: performance.now(),
    firstTokenAt: null,
    usage: null,
    finishReason: undefined,
    serverTimings: undefined,
    thinkingSince: null,
    reasoningMs: job.continued?.reasoningMs,
    error: null,
    aborted: null,
  }
  const abort = (cause: AbortCause) => {
    progress.aborted ??= cause
    controller.abort()
  }
  const writer = createWriter(generationId)
  writer.write({ type: "start", messageId, messageMetadata: startMetadata(job) })
  for (const chunk of job.continued?.chunks ?? []) writer.write(chunk)
  const done = run(job, writer, progress, controller.signal).finally(() => {
    running.delete(generationId)
    // The in-memory log lingers; what pointed at it must not grow for ever.
    setTimeout(() => logOfMessage.get(messageId) === generationId && logOfMessage.delete(messageId), 60_000).unref()
  })
  running.set(generationId, { generationId, messageId, conversationId, userId, abort, snapshot: writer.snapshot, done })
  logOfMessage.set(messageId, generationId)
}

const startMetadata = ({ parentId, createdAt, model, output }: GenerationJob): MessageMetadata => ({
  parentId,
  createdAt: createdAt.toISOString(),
  status: "streaming",
  model: model.id,
  ...(output ? { output } : {}),
})

async function run(job: GenerationJob, writer: ChunkWriter, progress: Progress, signal: AbortSignal): Promise<void> {
  let titled = false
  try {
    const chunks = answer(job, progress, signal)
    const open = job.continued?.open
    for await (const chunk of open ? continueText(chunks, open) : chunks) {
      writer.write(chunk)
      // Not before the answer has begun: a title must not hold it up.
      if (titled || !CONTENT.has(chunk.type)) continue
      titled = true
      void makeTitle(job, writer, signal)
    }
  } catch (error) {
    if (!progress.aborted) progress.error ??= toUpstreamError(error)
  }
  try {
    await finish(job, writer, progress)
  } catch (error) {
    // The lease runs out, and recovery writes the message from its checkpoints.
    logFault(`generation ${job.generationId}`, error)
    await writer.end([{ type: "error", errorText: "The answer could not be stored. Reload the page in a moment." }])
  }
}

async function makeTitle(
  { title, conversationId, userId }: GenerationJob,
  writer: ChunkWriter,
  signal: AbortSignal,
): Promise<void> {
  const made = await title?.(signal).catch(() => null)
  if (!made) return
  writer.write({ type: "data-title", data: { conversationId, title: made }, transient: true })
  await tell(userId, conversationId)
}

/** The chunks of the answer's content. Errors and aborts are noted in `progress`, not thrown. */
async function* answer(job: GenerationJob, progress: Progress, signal: AbortSignal): AsyncGenerator<UIMessageChunk> {
  const { limits } = config()
  const { model, settings = {}, output } = job
  const tools = output || !model.tools ? undefined : createTools(settings.tools)
  const result = streamText({
    model: languageModel({ model, conversationId: job.conversationId, settings }),
    instructions: systemPrompt({ output, tools: Object.keys(tools ?? {}) }),
    messages: await job.history(),
    tools,
    output: outputOf(output),
    stopWhen: isStepCount(limits.toolSteps),
    // The last step has to answer: a turn that ends with a tool call says nothing to the person.
    prepareStep: ({ stepNumber }) => (tools && stepNumber === limits.toolSteps - 1 ? { toolChoice: "none" } : {}),
    maxOutputTokens: settings.maxTokens ?? limits.outputTokens,
    temperature: settings.temperature,
    topP: settings.topP,
    // Waiting and trying again is the provider's: it knows which statuses are worth it.
    maxRetries: 0,
    abortSignal: signal,
    timeout: { firstChunkMs: limits.firstTokenMs, chunkMs: limits.silenceMs },
    onError: ({ error }) => {
      progress.error ??= toUpstreamError(error)
    },
    onStepEnd: ({ usage, finishReason, providerMetadata }) => {
      progress.usage = progress.usage ? usageOf.add(progress.usage, usage) : usage
      progress.finishReason = finishReason
      const timings = serverTimingsSchema.safeParse(providerMetadata?.fireworks?.perfMetrics)
      if (timings.success) progress.serverTimings = timings.data
    },
  })
  const stream = toUIMessageStream({
    stream: result.stream,
    tools,
    sendStart: false,
    sendFinish: false,
    onError: toolErrorText,
  })
  for await (const chunk of stream) {
    if (chunk.type === "error") continue
    if (chunk.type === "abort") {
      if (!progress.aborted)
        progress.error ??= new AppError(
          "upstream:timeout",
          "The model server did not answer in time. Retry, or choose another model.",
        )
      continue
    }
    note(chunk, progress)
    yield chunk
  }
}

/** Takes the times of what comes. */
function note({ type }: UIMessageChunk, progress: Progress): void {
  if (progress.firstTokenAt === null && CONTENT.has(type)) progress.firstTokenAt = performance.now()
  if (type === "reasoning-delta") progress.thinkingSince ??= performance.now()
  else if (type === "reasoning-end" && progress.thinkingSince !== null) {
    progress.reasoningMs = (progress.reasoningMs ?? 0) + Math.round(performance.now() - progress.thinkingSince)
    progress.thinkingSince = null
  }
}

const CONTENT = new Set(["text-delta", "reasoning-delta", "tool-input-start", "tool-input-available"])

function outputOf(output: OutputRequest | undefined) {
  if (!output) return undefined
  return output.type === "json"
    ? Output.json()
    : Output.object({ schema: jsonSchema(output.schema), name: output.name })
}

/** Writes the message row once, then tells the followers, so that who reads after the end reads it whole. */
async function finish(job: GenerationJob, writer: ChunkWriter, progress: Progress): Promise<void> {
  const { messageId, generationId, conversationId, userId } = job
  await writer.flush()
  await runtime().checkpoints.drop(generationId)
  const result = await resultOf(job, writer.snapshot(), progress)
  await finishMessage({ id: generationId, messageId, conversationId }, result)
  void tell(userId, conversationId, { messageId, status: result.status })
  if (result.error) logFault(`answer ${messageId}`, progress.error)
  const { parts: _parts, ...metadata } = result
  await writer.end([
    { type: "message-metadata", messageMetadata: { ...startMetadata(job), ...metadata } },
    ...(result.error ? [{ type: "error", errorText: result.error.message } as const] : []),
    { type: "finish" },
  ])
}

type Result = MessageResult & Pick<MessageMetadata, "usage" | "outputCheck" | "error" | "serverTimings">

async function resultOf(job: GenerationJob, chunks: UIMessageChunk[], progress: Progress): Promise<Result> {
  const { model, output, continued } = job
  const { aborted, usage, startedAt, firstTokenAt } = progress
  const parts = closeParts(await partsOf(chunks), "The answer was ended before this tool finished.")
  const error = aborted ? null : (progress.error ?? emptyError(progress, hasContent(parts)))
  const status = aborted
    ? ({ stop: "stopped", shutdown: "interrupted" } as const)[aborted]
    : error
      ? "failed"
      : "complete"
  const tokens = usage ? usageOf.tokens(usage) : undefined
  const cost = tokens && model.price ? costOf(tokens, model.price) : undefined
  const seconds = firstTokenAt === null ? 0 : (performance.now() - firstTokenAt) / 1_000
  const text = parts.map((part) => (part.type === "text" ? part.text : "")).join("")
  return {
    status,
    parts,
    finishReason: progress.finishReason,
    usage: tokens && continued?.usage ? addUsage(continued.usage, tokens) : (tokens ?? continued?.usage),
    costUsd: cost === undefined ? continued?.costUsd : cost + (continued?.costUsd ?? 0),
    timeToFirstTokenMs: firstTokenAt === null ? undefined : Math.round(firstTokenAt - startedAt),
    tokensPerSecond: tokens && seconds > 0 ? Math.round((tokens.output / seconds) * 10) / 10 : undefined,
    // The thinking of a text that goes on is not kept.
    reasoningMs: continued?.open ? continued.reasoningMs : progress.reasoningMs,
    serverTimings: progress.serverTimings,
    outputCheck: output && text && !error ? validateOutput(text, output) : undefined,
    error: error ? { code: error.code, message: error.message, retryable: isRetryableCode(error.code) } : undefined,
  }
}

/** An end that is no error to the SDK but none that a person can use. */
function emptyError({ finishReason }: Progress, content: boolean): AppError | null {
  if (finishReason === "content-filter")
    return new AppError("upstream:content_filter", "The model server's content filter ended this answer.")
  return content
    ? null
    : new AppError("upstream:garbage", "The model sent an empty answer. Retry, or choose another model.")
}
