/** The model's answer as chunks of a UI message. */
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
import { languageModel, takesKey } from "@/lib/ai/provider"
import type { Serving } from "@/lib/ai/serving-fetch"
import { callFault, faultForModel, toolErrorSentence, toolErrorText } from "@/lib/ai/tools/errors"
import { mendedCall } from "@/lib/ai/tools/mend"
import { brokenOff, toUpstreamError } from "@/lib/ai/upstream/upstream-errors"
import { AnswerBudget } from "@/lib/ai/wire/answer-limits"
import { isBrokenOff } from "@/lib/ai/wire/delta"
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
import { keptSentence } from "@/lib/messages/tool-fault"
import { serverTimingsSchema } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"
import { countFirstToken } from "@/lib/observe/meters"
import { WITHOUT_CONTENT } from "@/lib/observe/trace"
import { isWithout } from "@/lib/observe/without"

/** Milliseconds of one turn of the event loop that an answer may take of the others. */
const LONGEST_TURN_MS = 8

/**
 * Asks the model and writes the chunks of its answer; resolves at the end. Errors and aborts of the model are noted in
 * `progress`, not thrown.
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
  if (job.key !== undefined && takesKey(model)) progress.ownKey = true
  progress.asked = tokens
  progress.limit = question.maxOutputTokens
  const result = streamText({
    model: languageModel({
      ...job,
      reader: isWithout("lane") ? undefined : lane,
      budget,
      onServing: servingTo(progress, (chunk) => thoughts.take(chunk)),
      leftOut: (data) => thoughts.take({ type: "data-left-out", data }),
    }),
    ...question,
    repairToolCall: mendedCall,
    ...stepsOf({ tools, budget, images: imagesFor(job), notes: job.notes, onFirst: writeNotes }),
    telemetry: WITHOUT_CONTENT,
    // Waiting and trying again is the provider's: it knows which statuses are worth it.
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

/** An answer whose rounds of tools are used up ends as one that can go on. */
function noteToolSteps(progress: Progress, most: number): void {
  if (progress.steps === most && progress.finishReason === "stop") progress.finishReason = TOOL_STEPS
}

/** What is known when the model has ended. */
function writeEnd(model: ModelInfo, progress: Progress, write: (chunk: UIMessageChunk) => void): void {
  // Which one is the newest, the server says with its answer.
  if (model.way === "latest" && progress.served && progress.served.model !== model.id)
    write(servedChunk(progress.served.model))
  for (const data of progress.alternatives) write({ type: "data-alternatives", data })
}

/** What is wrong with a person's own key is theirs to mend. */
function ofOwnKey(error: AppError | null, { ownKey }: Progress): AppError | null {
  const key = error && ownKey ? OWN_KEY_FAULTS.get(error.code) : undefined
  return key ? new AppError(key, { words: error?.sentence.words, cause: error?.cause }) : error
}

const OWN_KEY_FAULTS = new Map<string, "upstream:auth/own" | "upstream:billing/own">([
  ["upstream:auth", "upstream:auth/own"],
  ["upstream:billing", "upstream:billing/own"],
])

/** The way of the chunks: text at once, thinking told apart, each noted before it is written. */
function lanesTo(write: (chunk: UIMessageChunk) => void, progress: Progress) {
  let over = false
  const thoughts = new Thoughts((chunk) => {
    note(chunk, progress)
    write(chunk)
  })
  const lane = new FastLane((chunk) => {
    // What the server sends behind the end belongs to nothing.
    if (!over) thoughts.take(chunk)
  })
  const end = () => {
    over = true
    thoughts.end()
  }
  return { lane, thoughts, end }
}

/** The SDK goes on for as long as it is asked: with a thousand calls, for seconds. Others get their turn in between. */
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

/** Takes what the server says at the end of a step. */
function noteStep(step: Step, model: ModelInfo, progress: Progress): void {
  const { usage, finishReason, rawFinishReason, providerMetadata, response } = step
  if (model.way === "latest") progress.served = { model: response.modelId, whole: true }
  progress.usage = progress.usage ? usageOf.add(progress.usage, usage) : usage
  progress.finishReason = finishReason
  progress.steps++
  if (rawFinishReason !== undefined && isBrokenOff(rawFinishReason)) progress.error ??= brokenOff(rawFinishReason)
  const timings = serverTimingsSchema.safeParse(providerMetadata?.fireworks?.perfMetrics)
  if (timings.success) progress.serverTimings = timings.data
  const likely = alternativesSchema.safeParse(providerMetadata?.fireworks?.alternatives)
  if (likely.success) progress.alternatives.push(likely.data)
}

/** Writes what happens before the answer begins. */
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
 * `toUIMessageStream` without its three streams: each of them costs every token several promises.
 * A call that is no call (unknown tool, broken arguments) comes as an error once; its second error is left out.
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

/** A call that failed, with its sentence for readers of other languages. */
function withSentence(chunk: UIMessageChunk, error: unknown): UIMessageChunk {
  if (chunk.type !== "tool-output-error" && chunk.type !== "tool-input-error") return chunk
  const told = faultForModel(String(error))
  const providerMetadata = keptSentence(
    toolErrorSentence(error) ?? undefined,
    told === chunk.errorText ? undefined : told,
  )
  return providerMetadata ? { ...chunk, providerMetadata } : chunk
}

/** Takes the times of what comes. */
function note({ type }: UIMessageChunk, progress: Progress): void {
  if (progress.firstTokenAt === null && CONTENT.has(type)) {
    progress.firstTokenAt = performance.now()
    countFirstToken(progress.model, (progress.firstTokenAt - progress.startedAt) / 1_000)
  }
  if (type === "start-step") progress.textSince = null
  else if (type === "text-delta") progress.textSince ??= performance.now()
  // What was text so far was thinking.
  else if (type === "reset-step") progress.thinkingSince = progress.textSince
  else if (type === "reasoning-delta") progress.thinkingSince ??= performance.now()
  else if (type === "reasoning-end" && progress.thinkingSince !== null) {
    progress.reasoningMs = (progress.reasoningMs ?? 0) + Math.round(performance.now() - progress.thinkingSince)
    progress.thinkingSince = null
  }
}
