/**
 * Spans: how long parts of a request or an answer took. Without a collector (lib/observe/tracing.ts) they cost nothing.
 */
import { singleton } from "@/lib/singleton"

/** Never text of a prompt, an answer, or an address. */
export type SpanFacts = Record<string, string | number | boolean>
export type SetFacts = (facts: SpanFacts) => void

export interface Tracing {
  inSpan<T>(name: string, facts: SpanFacts, work: (set: SetFacts) => Promise<T>): Promise<T>
  /** The current span as a `traceparent` header; null if it isn't sent to model servers. */
  traceparent(): string | null
  /** Sends the remaining spans. */
  stop(): Promise<void>
}

const kept = () => singleton<{ tracing: Tracing | null }>("tracing", () => ({ tracing: null }))

export function setTracing(tracing: Tracing | null): void {
  kept().tracing = tracing
}

const nothing: SetFacts = () => {}

/** Runs `work` in a new child span of the current one. An error marks the span as failed. */
export function inSpan<T>(name: string, facts: SpanFacts, work: (set: SetFacts) => Promise<T>): Promise<T> {
  const { tracing } = kept()
  return tracing ? tracing.inSpan(name, facts, work) : work(nothing)
}

export const traceparent = (): string | null => kept().tracing?.traceparent() ?? null

/** Resolves when all spans are sent. */
export const stopTracing = (): Promise<void> => kept().tracing?.stop() ?? Promise.resolve()

/** For every call of the AI SDK, which by default records prompts, answers, and tool inputs and outputs. */
export const WITHOUT_CONTENT = { recordInputs: false, recordOutputs: false } as const
