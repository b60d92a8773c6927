/** One running answer: calls the model, writes the log, and writes the message at the end. */
import { setTimeout as wait } from "node:timers/promises"
import type { UIMessageChunk } from "ai"
import { recordAnsweredModel, recordMissingModel } from "@/lib/ai/catalogue/missing"
import { isPageTool } from "@/lib/ai/tools"
import { isRetryableCode, toUpstreamError } from "@/lib/ai/upstream/upstream-errors"
import { eventLog } from "@/lib/bus/here"
import { tell } from "@/lib/chat/news/news"
import { isDatabaseFault, isMissingRow } from "@/lib/db/errors"
import type { MessageResult } from "@/lib/db/messages"
import type { Usage } from "@/lib/db/quota"
import { finishMessage } from "@/lib/db/turns"
import { answer } from "@/lib/generation/answer"
import { ContinuedText } from "@/lib/generation/continuation"
import { type GenerationJob, newProgress, type Progress } from "@/lib/generation/job"
import { checkpoints } from "@/lib/generation/log/checkpoint"
import { CONTENT, closingChunks } from "@/lib/generation/log/chunks"
import { type ChunkWriter, createWriter } from "@/lib/generation/log/writer"
import { type AbortCause, runtime } from "@/lib/generation/runtime"
import { withSources } from "@/lib/generation/sources"
import { spendingOf, usageOfRun } from "@/lib/generation/spending"
import { Notes } from "@/lib/generation/tools/notes"
import { AppError } from "@/lib/http/errors"
import { sentence, told } from "@/lib/i18n/sentences"
import { logFault } from "@/lib/log"
import { blindMetadata } from "@/lib/messages/blind"
import { changeOf, settleChange, writtenOf } from "@/lib/messages/change"
import { hasContent } from "@/lib/messages/content"
import { type CallPart, closeParts, type MessageParts, toolNameIn } from "@/lib/messages/parts"
import type { MessageMetadata } from "@/lib/messages/types"
import { countAnswer } from "@/lib/observe/meters"
import { inSpan } from "@/lib/observe/trace"
import { operatorSettings } from "@/lib/operator/settings"
import { repairOf, repairTextSoFar, settleRepair } from "@/lib/output/answer/repair"
import { checkAnswer } from "@/lib/output/check"
import { newRecorder, storeRecording } from "@/lib/recording/keep/keep"
import { runInContext } from "@/lib/request-context"

/** Opens the log and starts the generation; resolves as soon as it can be followed. Not tied to any request. */
export async function startGeneration(asked: GenerationJob): Promise<void> {
  const { running, saving } = runtime()
  const notes = new Notes(asked.continued?.chunks)
  const { tools, blockedTools } = await operatorSettings()
  const job = { ...asked, notes, toolsOff: !tools, blockedTools, tap: newRecorder() }
  const { generationId, messageId, conversationId, userId } = job
  await eventLog().open(generationId)
  const controller = new AbortController()
  const progress = newProgress(job)
  const abort = (cause: AbortCause) => {
    progress.aborted ??= cause
    controller.abort()
  }
  const writer = createWriter(generationId, job.tap)
  writer.write({ type: "start", messageId, messageMetadata: toldOf(job, startMetadata(job)) })
  for (const chunk of job.continued?.chunks ?? []) writer.write(chunk)
  const done = runInContext({ generationId }, () =>
    inSpan("generation", { "sparkler.generation_id": generationId }, (set) =>
      run(job, writer, progress, controller.signal).finally(() => {
        set({ "sparkler.fault": progress.error?.code ?? "", "sparkler.aborted": progress.aborted ?? "" })
        running.delete(generationId)
      }),
    ),
  )
  running.set(generationId, {
    id: generationId,
    messageId,
    conversationId,
    userId,
    blind: job.blind === true,
    notes,
    abort,
    parts: () => writer.parts(),
    logLength: () => writer.length(),
    done,
  })
  // Not part of `done`: whoever follows this message next must not find a run that is over.
  const stored = runInContext({ generationId }, () =>
    done.then(() => storeRecording(job)).finally(() => saving.delete(generationId)),
  )
  saving.set(generationId, { messageId, stored })
}

/** The metadata that followers may see. */
const toldOf = ({ blind }: GenerationJob, metadata: MessageMetadata): MessageMetadata =>
  blind ? blindMetadata(metadata) : metadata

const startMetadata = ({ parentId, createdAt, model, output, merged }: GenerationJob): MessageMetadata => ({
  parentId,
  createdAt: createdAt.toISOString(),
  status: "streaming",
  model: model.id,
  ...(output ? { output } : {}),
  ...(merged ? { merged } : {}),
})

/** Milliseconds between the first words of an answer and the request for a title. */
const TITLE_AFTER_MS = 100

async function run(job: GenerationJob, writer: ChunkWriter, progress: Progress, signal: AbortSignal): Promise<void> {
  let titled = false
  const write = (chunk: UIMessageChunk) => {
    writer.write(chunk)
    // Not before the answer has started: a title must not delay its first words.
    if (titled || !CONTENT.has(chunk.type)) return
    titled = true
    setTimeout(() => void makeTitle(job, writer, signal), TITLE_AFTER_MS)
  }
  const open = job.continued?.open
  const text = open ? new ContinuedText(open, write) : null
  try {
    await answer(job, progress, signal, text ? (chunk) => text.take(chunk) : write)
  } catch (error) {
    // Not the model server's fault: the content is kept, and the answer can continue when the database is back.
    if (isDatabaseFault(error)) {
      logFault(`generation ${job.generationId}`, error)
      progress.aborted ??= "lost"
    } else if (!progress.aborted) progress.error ??= toUpstreamError(error)
  }
  text?.end()
  try {
    await finish(job, writer, progress)
  } catch (error) {
    // The lease expires, and recovery writes the message from its checkpoints.
    logFault(`generation ${job.generationId}`, error)
    await writer.end([{ type: "error", errorText: new AppError("server:internal/unstored").message }])
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

/** Writes the message row, then notifies the followers, so that anyone reading after the end gets the whole message. */
async function finish(job: GenerationJob, writer: ChunkWriter, progress: Progress): Promise<void> {
  const { messageId, conversationId, userId } = job
  await writer.settle()
  // Progress reported by running calls is obsolete.
  const written = (await writer.parts()).filter(({ type }) => type !== "data-call")
  const result = await resultOf(job, written, progress)
  const usage = await usageOfRun(job, progress, written)
  await inSpan("store", {}, () => store(job, result, usage))
  void tell(userId, conversationId, { messageId, status: result.status })
  const seconds = (performance.now() - progress.startedAt) / 1_000
  countAnswer({ status: result.status, seconds, fault: result.error?.code ?? null })
  if (result.error?.code === "upstream:model_not_found") recordMissingModel(job.model.id)
  else if (result.status === "complete") recordAnsweredModel(job.model.id)
  if (result.error) logFault(`answer ${messageId}`, progress.error ?? result.error.message)
  const { parts, ...metadata } = result
  await writer.end([
    ...closingChunks(written, parts),
    { type: "message-metadata", messageMetadata: toldOf(job, { ...startMetadata(job), ...metadata }) },
    ...(result.error ? [{ type: "error", errorText: job.blind ? "" : result.error.message } as const] : []),
    { type: "finish" },
  ])
}

/**
 * How often storing the end of an answer is tried, and the longest wait between two tries: about ten minutes in total.
 */
const MAX_TRIES = 60
const LONGEST_WAIT_MS = 10_000

/**
 * Stores the end of an answer. While that fails (a full disk, another program's lock) the answer stays running, with
 * its checkpoints, and storing is retried. Throws when its message is gone or another process has taken it over, and
 * when the retries are exhausted.
 */
async function store(job: GenerationJob, result: Result, usage: Usage): Promise<void> {
  const { generationId, messageId, conversationId } = job
  for (let tries = 1; ; tries++) {
    const { nodeId } = runtime()
    const takeBack = await checkpoints().hold(generationId)
    try {
      await finishMessage({ id: generationId, messageId, conversationId, nodeId }, result, usage)
      return
    } catch (error) {
      takeBack()
      if (isMissingRow(error) || tries === MAX_TRIES) throw error
      logFault(`saving answer ${messageId}, will retry`, error)
      await wait(Math.min(100 * 2 ** tries, LONGEST_WAIT_MS))
    }
  }
}

type Result = Omit<MessageResult, "parts"> &
  Pick<MessageMetadata, "usage" | "outputCheck" | "error" | "serverTimings"> & { parts: MessageParts }

async function resultOf(job: GenerationJob, written: MessageParts, progress: Progress): Promise<Result> {
  const { output, continued } = job
  const { aborted, usage, startedAt, firstTokenAt } = progress
  const reason = told(sentence("tool:ended"))
  const closed = closeParts(written, { reason })
  const error = aborted ? null : errorOf(progress, hasWritten(closed))
  const status = aborted
    ? ({ stop: "stopped", shutdown: "interrupted", lost: "interrupted" } as const)[aborted]
    : error
      ? "failed"
      : "complete"
  // A call that waits for the user, or for one of their pages, waits indefinitely.
  const ended = status === "complete" ? closeParts(written, { reason, keep: waitsForPerson }) : closed
  const whole = status === "complete"
  const parts = await withSources(job, settleRepair(settleChange(ended, whole), whole))
  const tokens = usage?.outputTokens
  const seconds = firstTokenAt === null ? 0 : (performance.now() - firstTokenAt) / 1_000
  const text = parts.map((part) => (part.type === "text" ? part.text : "")).join("")
  return {
    status,
    parts,
    finishReason: error?.code === "upstream:limit" ? "length" : progress.finishReason,
    ...(await spendingOf(job, progress)),
    timeToFirstTokenMs: firstTokenAt === null ? undefined : Math.round(firstTokenAt - startedAt),
    tokensPerSecond: tokens && seconds > 0 ? Math.round((tokens / seconds) * 10) / 10 : undefined,
    // The reasoning of a continued text is dropped.
    reasoningMs: continued?.open ? continued.reasoningMs : progress.reasoningMs,
    serverTimings: progress.serverTimings,
    outputCheck: output && text && !error ? await checkAnswer(job.userId, text, output) : undefined,
    error: error ? storedError(error) : undefined,
  }
}

const waitsForPerson = (part: CallPart): boolean =>
  part.state === "approval-requested" || (part.state === "input-available" && isPageTool(toolNameIn(part)))

/**
 * Whether the run produced content; for a change or a repair, which starts with a whole answer, only new content
 * counts.
 */
function hasWritten(parts: MessageParts): boolean {
  if (changeOf(parts)?.state === "asked") return writtenOf(parts).trim() !== ""
  return repairOf(parts)?.state === "asked" ? repairTextSoFar(parts).trim() !== "" : hasContent(parts)
}

/** Includes the English message for a version that doesn't know its sentence. */
const storedError = ({ code, message, sentence }: AppError): MessageMetadata["error"] => ({
  ...{ code, message, sentence },
  retryable: isRetryableCode(code),
})

/** The error of a run, including endings that the SDK accepts but that leave the user without a usable answer. */
function errorOf({ error, finishReason, limit }: Progress, content: boolean): AppError | null {
  if (error) return content ? error : withoutContent(error)
  if (finishReason === "content-filter") return new AppError("upstream:content_filter")
  if (content) return null
  if (finishReason === "length") return new AppError("upstream:length", { values: { count: limit } })
  return new AppError("upstream:garbage/empty")
}

/** A different error for a run that produced no content, where nothing is kept. */
function withoutContent(error: AppError): AppError {
  const { code, cause } = error
  if (code === "upstream:cut") return new AppError("upstream:cut/early", { cause })
  if (code === "upstream:garbage") return new AppError("upstream:garbage/early", { cause })
  return error
}
