/** The model's answer as UI message chunks. */
import { setImmediate as nextTurn } from "node:timers/promises"
import {
  type StepResult,
  experimental_streamTextLowMemory as streamText,
  type TextStreamPart,
  type ToolSet,
  toUIMessageChunk,
  type UIMessageChunk,
} from "ai"
import { usageOf } from "@/lib/ai/accounting"
import { languageModel, requiresApiKey } from "@/lib/ai/provider"
import type { Serving } from "@/lib/ai/serving-fetch"
import { callFault, errorForModel, toolErrorSentence, toolErrorText } from "@/lib/ai/tools/errors"
import { repairedCall } from "@/lib/ai/tools/repair-call"
import { brokenOff, toUpstreamError } from "@/lib/ai/upstream/upstream-errors"
import { AnswerBudget } from "@/lib/ai/wire/answer-limits"
import { isIncompleteFinish } from "@/lib/ai/wire/delta"
import { FastLane } from "@/lib/ai/wire/fast-lane"
import { callIdsOf } from "@/lib/chat/sound-turns"
import { config } from "@/lib/config"
import type { GenerationJob, Progress } from "@/lib/generation/job"
import { CONTENT } from "@/lib/generation/log/chunks"
import { questionOf } from "@/lib/generation/question"
import { Thoughts } from "@/lib/generation/thinking/thoughts"
import { imagesFor } from "@/lib/generation/tools/context"
import { stepsOf } from "@/lib/generation/tools/steps"
import { AppError } from "@/lib/http/errors"
import { alternativesSchema } from "@/lib/messages/alternatives"
import { TOOL_STEPS } from "@/lib/messages/finish"
import { sentenceMetadata } from "@/lib/messages/tool-fault"
import { serverTimingsSchema } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"
import { countFirstToken } from "@/lib/observe/meters"
import { WITHOUT_CONTENT } from "@/lib/observe/trace"
import { isPartDisabled } from "@/lib/observe/without"

/** Milliseconds an answer may hold the event loop before it yields to others. */
const LONGEST_TURN_MS = 8

/**
 * Calls the model and writes the chunks of its answer; resolves at the end. Errors and aborts of the model are recorded
 * in `progress`, not thrown.
 */
export async function answer(
  job: GenerationJob,
  progress: Progress,
  signal: AbortSignal,
  write: (chunk: UIMessageChunk) => void,
): Promise<void> {
  const budget = new AnswerBudget()
  const { lane, thoughts, end } = lanesTo(write, progress)
  const { limits } = config()
  const { model } = job
  const writeNotes = () => job.notes?.write((chunk) => thoughts.take(chunk))
  const { question, tokens, droppedImages = 0 } = await questionOf(job, write)
  const { tools } = question
  for (const id of question.messages.flatMap(callIdsOf)) budget.callIds.add(id)
  if (job.key !== undefined && requiresApiKey(model)) progress.ownKey = true
  progress.asked = tokens
  progress.limit = question.maxOutputTokens
  const result = streamText({
    model: languageModel({
      ...job,
      reader: isPartDisabled("lane") ? undefined : lane,
      budget,
      onServing: servingTo(progress, (chunk) => thoughts.take(chunk)),
      leftOut: (data) => thoughts.take({ type: "data-left-out", data }),
    }),
    ...question,
    repairToolCall: repairedCall,
    ...stepsOf({ tools, budget, images: imagesFor(job), notes: job.notes, onFirst: writeNotes }),
    telemetry: WITHOUT_CONTENT,
    // The provider does the waiting and retrying: it knows which statuses are worth it.
    maxRetries: 0,
    abortSignal: signal,
    timeout: { firstChunkMs: limits.firstTokenMs, chunkMs: limits.silenceMs },
    onError: ({ error }) => {
      progress.error ??= toUpstreamError(error)
    },
    onStepEnd: (step) => noteStep(step, model, progress),
  })
  try {
    const turn = new OwnTurn()
    for await (const chunk of answerChunks(result.stream, tools, job.blockedTools)) {
      if (turn.isLong()) await turn.end()
      if (chunk.type === "start-step") writeNotes()
      if (chunk.type !== "abort" && chunk.type !== "error") lane.pass(chunk)
      else if (chunk.type === "abort" && !progress.aborted) progress.error ??= new AppError("upstream:timeout")
      if (chunk.type === "start") tellDropped(droppedImages, thoughts)
    }
    if (tools) noteToolSteps(progress, limits.toolSteps)
    writeEnd(model, progress, write)
  } finally {
    progress.error = ofOwnKey(budget.met ?? progress.error, progress)
    end()
  }
}

function tellDropped(count: number, thoughts: Thoughts): void {
  if (count > 0) thoughts.take({ type: "data-left-out", data: { what: "images", count } })
}

/** Marks an answer that used up its tool steps as one that can be continued. */
function noteToolSteps(progress: Progress, most: number): void {
  if (progress.steps === most && progress.finishReason === "stop") progress.finishReason = TOOL_STEPS
}

/** Writes what is only known once the model has finished. */
function writeEnd(model: ModelInfo, progress: Progress, write: (chunk: UIMessageChunk) => void): void {
  // The server's response tells which model is the newest.
  if (model.way === "latest" && progress.served && progress.served.model !== model.id)
    write(servedChunk(progress.served.model))
  for (const data of progress.alternatives) write({ type: "data-alternatives", data })
}

/** Problems with a user's own API key get errors of their own, since only that user can fix them. */
function ofOwnKey(error: AppError | null, { ownKey }: Progress): AppError | null {
  const key = error && ownKey ? OWN_KEY_FAULTS.get(error.code) : undefined
  return key ? new AppError(key, { words: error?.sentence.words, cause: error?.cause }) : error
}

const OWN_KEY_FAULTS = new Map<string, "upstream:auth/own" | "upstream:billing/own">([
  ["upstream:auth", "upstream:auth/own"],
  ["upstream:billing", "upstream:billing/own"],
])

/** The pipeline of the chunks: text immediately, reasoning separated, each noted before it is written. */
function lanesTo(write: (chunk: UIMessageChunk) => void, progress: Progress) {
  let over = false
  const thoughts = new Thoughts((chunk) => {
    note(chunk, progress)
    write(chunk)
  })
  const lane = new FastLane((chunk) => {
    // Anything the server sends after the end is dropped.
    if (!over) thoughts.take(chunk)
  })
  const end = () => {
    over = true
    thoughts.end()
  }
  return { lane, thoughts, end }
}

/**
 * The SDK keeps running as long as it is consumed, which takes seconds with a thousand calls. This lets others run in
 * between.
 */
class OwnTurn {
  private began = performance.now()

  isLong(): boolean {
    return performance.now() - this.began > LONGEST_TURN_MS
  }

  async end(): Promise<void> {
    await nextTurn()
    this.began = performance.now()
  }
}

type Step = Pick<StepResult<ToolSet>, "usage" | "finishReason" | "rawFinishReason" | "providerMetadata" | "response">

/** Records what the server reports at the end of a step. */
function noteStep(step: Step, model: ModelInfo, progress: Progress): void {
  const { usage, finishReason, rawFinishReason, providerMetadata, response } = step
  if (model.way === "latest") progress.served = { model: response.modelId, whole: true }
  progress.usage = progress.usage ? usageOf.add(progress.usage, usage) : usage
  progress.finishReason = finishReason
  progress.steps++
  if (rawFinishReason !== undefined && isIncompleteFinish(rawFinishReason))
    progress.error ??= brokenOff(rawFinishReason)
  const timings = serverTimingsSchema.safeParse(providerMetadata?.fireworks?.perfMetrics)
  if (timings.success) progress.serverTimings = timings.data
  const likely = alternativesSchema.safeParse(providerMetadata?.fireworks?.alternatives)
  if (likely.success) progress.alternatives.push(likely.data)
}

/** Writes what happens before the answer starts. */
const servingTo = (progress: Progress, write: (chunk: UIMessageChunk) => void) => (serving: Serving) => {
  if (serving.type === "starting") {
    const { elapsedMs, over } = serving
    return write({ type: "data-starting", id: "starting", data: { elapsedMs, over } })
  }
  progress.served = { model: serving.model, whole: progress.usage === null }
  write(servedChunk(serving.model))
}

const servedChunk = (model: string): UIMessageChunk => ({ type: "data-served", id: "served", data: { model } })

/**
 * `toUIMessageStream` without its three streams, each of which costs several promises per token. An invalid call
 * (unknown tool, malformed arguments) yields one error; its second error is dropped.
 */
async function* answerChunks<TOOLS extends ToolSet>(
  parts: AsyncIterable<TextStreamPart<TOOLS>>,
  tools: TOOLS | undefined,
  blocked: readonly string[] | undefined,
): AsyncGenerator<UIMessageChunk> {
  const invalid = new Set<string>()
  for await (const part of parts) {
    if (part.type === "tool-call" && part.invalid) invalid.add(part.toolCallId)
    if (part.type === "tool-error" && invalid.delete(part.toolCallId)) continue
    const onError = (error: unknown) => toolErrorText(callFault(error, blocked))
    const chunk = toUIMessageChunk(part, { tools, sendStart: false, sendFinish: false, onError })
    if (chunk) yield "error" in part ? withSentence(chunk, callFault(part.error, blocked)) : chunk
  }
}

/** Adds the sentence of a failed call, so that it can be shown in other languages. */
function withSentence(chunk: UIMessageChunk, error: unknown): UIMessageChunk {
  if (chunk.type !== "tool-output-error" && chunk.type !== "tool-input-error") return chunk
  const told = errorForModel(String(error))
  const providerMetadata = sentenceMetadata(
    toolErrorSentence(error) ?? undefined,
    told === chunk.errorText ? undefined : told,
  )
  return providerMetadata ? { ...chunk, providerMetadata } : chunk
}

/** Records the timing of a chunk. */
function note({ type }: UIMessageChunk, progress: Progress): void {
  if (progress.firstTokenAt === null && CONTENT.has(type)) {
    progress.firstTokenAt = performance.now()
    countFirstToken(progress.model, (progress.firstTokenAt - progress.startedAt) / 1_000)
  }
  if (type === "start-step") progress.textSince = null
  else if (type === "text-delta") progress.textSince ??= performance.now()
  // Everything so far was reasoning, not text.
  else if (type === "reset-step") progress.thinkingSince = progress.textSince
  else if (type === "reasoning-delta") progress.thinkingSince ??= performance.now()
  else if (type === "reasoning-end" && progress.thinkingSince !== null) {
    progress.reasoningMs = (progress.reasoningMs ?? 0) + Math.round(performance.now() - progress.thinkingSince)
    progress.thinkingSince = null
  }
}
