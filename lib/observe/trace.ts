/** Spans: what of a request or an answer took how long. Without a collector (lib/observe/tracing.ts) they cost nothing. */
import { singleton } from "@/lib/singleton"

/** Never a word of a prompt, an answer, or an address. */
export type SpanFacts = Record<string, string | number | boolean>
export type SetFacts = (facts: SpanFacts) => void

export interface Tracing {
  inSpan<T>(name: string, facts: SpanFacts, work: (set: SetFacts) => Promise<T>): Promise<T>
  /** The running span, as the header `traceparent` names it; null where model servers aren't told. */
  traceparent(): string | null
  /** Sends what is left. */
  stop(): Promise<void>
}

const kept = () => singleton<{ tracing: Tracing | null }>("tracing", () => ({ tracing: null }))

export function setTracing(tracing: Tracing | null): void {
  kept().tracing = tracing
}

const nothing: SetFacts = () => {}

/** Does `work` in a span of its own, below the one that is running. What it throws marks the span as failed. */
export function inSpan<T>(name: string, facts: SpanFacts, work: (set: SetFacts) => Promise<T>): Promise<T> {
  const { tracing } = kept()
  return tracing ? tracing.inSpan(name, facts, work) : work(nothing)
}

export const traceparent = (): string | null => kept().tracing?.traceparent() ?? null

/** Resolves when nothing is left to be sent. */
export const stopTracing = (): Promise<void> => kept().tracing?.stop() ?? Promise.resolve()

/** For every call of the AI SDK: by default it records prompts, answers, and what tools get and give. */
export const WITHOUT_CONTENT = { recordInputs: false, recordOutputs: false } as const
