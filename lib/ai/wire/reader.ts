/**
 * Converts a model server's stream into what the AI SDK understands: runs of text and of reasoning, and events in the
 * protocol's terms for everything else. Whatever its format, text that arrived is an answer.
 */

import { nonStreamError } from "@/lib/ai/upstream/upstream-errors"
import type { AnswerBudget } from "@/lib/ai/wire/answer-limits"
import { Beside, envelopeOf } from "@/lib/ai/wire/beside"
import { ToolCalls } from "@/lib/ai/wire/calls"
import { choiceOf, deltaOf, errorIn, finishReasonOf, isIncompleteFinish, saidIn, usageOf } from "@/lib/ai/wire/delta"
import { isJson, type Json, stringOf } from "@/lib/ai/wire/json"
import { type EventData, EventLines } from "@/lib/ai/wire/lines"
import { parsePlainDelta, type Run } from "@/lib/ai/wire/plain-deltas"

/** An event for the SDK only. */
export interface Other {
  data: string
}

/** Characters of invalid data that are passed to the SDK. */
const MAX_OF_FAULT = 20_000

/** Members of an event that are read here; the others are sent with the end, the last value of each. */
const READ = new Set(["id", "object", "created", "model", "choices", "usage", "error"])
/** Members of a choice that are read here; others with a value are passed to the SDK. */
const READ_OF_CHOICE = new Set([
  "index",
  "delta",
  "message",
  "text",
  "finish_reason",
  "native_finish_reason",
  "usage",
  "error",
])

export class WireReader {
  /** The server has signaled the end of its answer. */
  finished = false
  /** The server has signaled that nothing follows. */
  done = false
  private readonly lines = new EventLines((data) => this.take(data))
  private readonly calls: ToolCalls
  private finishReason: string | undefined
  /** Identifying members of the last event that had them. */
  private envelope: Json = {}
  private readonly beside = new Beside()
  private usage: Json | undefined
  private failed = false
  private said = false
  /** Text has arrived in deltas, so a message after them repeats it. */
  private saidInDeltas = false
  /** A whole message has arrived. */
  private whole = false
  /** May turn out to be an error, if the answer does not continue. */
  private doubt: Json | null = null

  constructor(
    private readonly emit: (item: Run | Other) => void,
    private readonly budget: AnswerBudget,
  ) {
    this.calls = new ToolCalls((call) => this.emitDelta({ tool_calls: [call] }), budget)
  }

  /** Throws an `AppError` if an answer exceeds its limits, or an event is too long. */
  feed(text: string): void {
    try {
      this.lines.feed(text)
    } catch (error) {
      throw error instanceof RangeError ? nonStreamError("") : error
    }
  }

  /** No more data follows; `broken`: because the connection broke. Throws if what arrived is not an answer at all. */
  end(broken: boolean): void {
    this.lines.end()
    const { odd } = this.lines
    if (!this.said && !this.failed && !this.finished && odd.trim() !== "") throw nonStreamError(odd)
    if (broken && !this.finished && !this.done) return
    if (this.doubt && this.finishReason === undefined) this.takeError(this.doubt)
    this.calls.end()
    this.finishStream()
  }

  private finishStream(): void {
    const reason = this.endReason()
    const { atEnd } = this.beside
    if (reason !== undefined || this.usage || Object.keys(atEnd).length > 0)
      this.emitEvent({ ...atEnd, ...(this.usage && { usage: this.usage }) }, {}, reason)
  }

  /** Takes no more: the answer ends as if it had reached its length limit. */
  stop(): void {
    this.finishReason = "length"
    this.finished = true
    this.finishStream()
  }

  /** The finish reason for the SDK, which only runs calls after a proper end. */
  private endReason(): string | undefined {
    const { finishReason, done, whole, said, failed } = this
    const isEnd = finishReason !== undefined || ((done || (whole && this.lines.whole)) && said && !failed)
    if (!isEnd) return undefined
    const reason = finishReason ?? "unknown"
    const known = reason === "length" || reason === "content_filter" || isIncompleteFinish(reason)
    return this.calls.any && !known ? "tool_calls" : reason
  }

  private take({ json, text, error }: EventData): void {
    if (this.done) return
    const run = isJson(json) ? parsePlainDelta(json) : null
    if (run) {
      this.saidInDeltas = true
      this.takeRun(run)
    } else if (text === "[DONE]") this.done = true
    else if (Array.isArray(json)) for (const one of json) this.takeJson(one, text.length, error)
    else if (json !== undefined) this.takeJson(json, text.length, error)
    else if (error) this.takeError({ error: text })
    // Text that neither is nor looks like JSON is a keep-alive.
    else if (/^[{[]/.test(text)) this.fail(text)
  }

  private takeRun(run: Run): void {
    const fits = this.budget.fitting(run.text.length)
    if (run.text !== "") this.said = true
    if (fits > 0) this.emit(fits < run.text.length ? { ...run, text: run.text.slice(0, fits) } : run)
    if (run.text !== "") this.budget.takeText(run.kind, run.text.length)
  }

  /** `size`: characters of the text that contained it. */
  private takeJson(json: unknown, size: number, named: boolean): void {
    if (!isJson(json)) return
    const told = errorIn(json, named)
    this.keep(json, size)
    const choice = choiceOf(json)
    if (choice === undefined && !told) return void this.fail(JSON.stringify(json))
    if (choice) this.takeChoice(choice, size)
    if (told?.sure) this.takeError(told.error)
    else if (told) this.doubt = told.error
  }

  private keep(json: Json, size: number): void {
    this.envelope = { ...this.envelope, ...envelopeOf(json) }
    this.usage = usageOf(json) ?? this.usage
    for (const [key, value] of Object.entries(json))
      if (!READ.has(key) && value !== null) this.beside.keep(key, value, size)
  }

  private takeChoice(choice: Json, size: number): void {
    const brought = deltaOf(choice)
    const isMessage = brought === choice.message
    const delta = isMessage && this.saidInDeltas ? {} : brought
    this.whole ||= isMessage
    const said = saidIn(delta)
    this.saidInDeltas ||= !isMessage && said.length > 0
    for (const { kind, text } of said) this.takeRun({ delta: this.envelope, kind, text })
    const refusal = stringOf(delta.refusal)
    if (refusal) {
      this.said = true
      this.budget.takeText("text", refusal.length)
      this.emitDelta({ refusal })
    }
    const { tool_calls: calls, function_call: call } = delta
    for (const fragment of Array.isArray(calls) ? calls : [calls ?? call]) this.takeCall(fragment)
    // Nobody needs token likelihoods of reasoning.
    const thinks = said.length > 0 && said.every(({ kind }) => kind === "reasoning")
    const more = Object.entries(choice).filter(
      ([key, value]) => value !== null && !READ_OF_CHOICE.has(key) && !(thinks && key === "logprobs"),
    )
    if (more.length > 0 && this.beside.mayPass(size)) this.emitEvent({}, {}, null, Object.fromEntries(more))
    const reason = finishReasonOf(choice.finish_reason)
    this.finishReason = reason ?? this.finishReason
    this.finished ||= reason !== undefined
  }

  private takeCall(fragment: unknown): void {
    if (!isJson(fragment)) return
    this.said = true
    this.calls.take(fragment)
  }

  private takeError(error: Json): void {
    this.failed = true
    this.emit({ data: JSON.stringify(error) })
  }

  /** Passes invalid data to the SDK, which reports it. */
  private fail(text: string): void {
    // The answer is already complete.
    if (this.finished) return
    this.failed = true
    this.emit({ data: text.slice(0, MAX_OF_FAULT).replaceAll(/[\r\n]+/g, " ") })
  }

  private emitDelta(delta: Json): void {
    this.emitEvent({}, delta, null)
  }

  private emitEvent(event: Json, delta: Json, finish_reason: string | null | undefined, choice: Json = {}): void {
    const choices = [{ ...choice, index: 0, delta, finish_reason: finish_reason ?? null }]
    this.emit({ data: JSON.stringify({ ...event, ...this.envelope, choices }) })
  }
}
