/** Streams the reply like Fireworks: small deltas at a model's pace, usage and timings at the end. */
import { setTimeout as wait } from "node:timers/promises"
import type { Directives } from "@/lib/demo/protocol/faults"
import { logprobsOf } from "@/lib/demo/protocol/logprobs"
import { toTokens } from "@/lib/demo/protocol/tokens"
import type { Reply } from "@/lib/demo/protocol/wire"

export interface Usage {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
  prompt_tokens_details: { cached_tokens: number }
  completion_tokens_details?: { reasoning_tokens: number }
}

interface Streaming {
  model: string
  reply: Reply
  finishReason: string
  usage: Usage
  perfMetrics: boolean
  /** It stands in for Fireworks, so it includes metrics that only Fireworks can measure. */
  standIn: boolean
  /** Number of alternatives to send with each token; null: none were requested. */
  alternatives: number | null
  /** Tokens per second; 0 for as fast as they are read. */
  rate: number
  firstTokenMs: number
  directives: Directives
  signal: AbortSignal
}

interface Delta {
  content?: string
  reasoning_content?: string
  role?: "assistant"
  tool_calls?: { index: number; id?: string; type?: "function"; function: { name?: string; arguments: string } }[]
}

/** Deltas of a reply, one per token. */
function* deltasOf({ reasoning, text, calls = [] }: Reply): Generator<Delta> {
  for (const token of toTokens(reasoning ?? "")) yield { reasoning_content: token }
  for (const token of toTokens(text ?? "")) yield { content: token }
  for (const [index, { name, arguments: args }] of calls.entries()) {
    yield {
      tool_calls: [
        { index, id: `call_${crypto.randomUUID().slice(0, 12)}`, type: "function", function: { name, arguments: "" } },
      ],
    }
    for (const token of toTokens(args)) yield { tool_calls: [{ index, function: { arguments: token } }] }
  }
}

const likely = ({ content }: Delta, alternatives: number | null) =>
  content && alternatives !== null ? { logprobs: logprobsOf(content, alternatives) } : {}

/** Tokens per read if no rate is set. */
const BATCH = 16

export function streamReply(streaming: Streaming): Response {
  const encoder = new TextEncoder()
  // A reader that disconnects ends a pause immediately, like an aborted request.
  const left = new AbortController()
  const events = eventsOf({ ...streaming, signal: AbortSignal.any([streaming.signal, left.signal]) })
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const { done, value } = await events.next()
          if (done) controller.close()
          else controller.enqueue(encoder.encode(value))
        } catch (error) {
          controller.error(error)
        }
      },
      cancel: () => left.abort(),
    },
    { highWaterMark: 0 },
  )
  return new Response(body, {
    headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" },
  })
}

async function* eventsOf(streaming: Streaming): AsyncGenerator<string, void> {
  const { model, reply, rate, firstTokenMs, directives, signal, alternatives } = streaming
  const { fault } = directives
  const startedAt = performance.now()
  const base = {
    id: `chatcmpl-${crypto.randomUUID()}`,
    object: "chat.completion.chunk",
    created: Math.floor(Date.now() / 1_000),
    model,
  }
  const chunk = (delta: Delta) =>
    `data: ${JSON.stringify({ ...base, choices: [{ index: 0, delta, ...likely(delta, alternatives), finish_reason: null }] })}\n\n`
  const at = (name: string) => Number(fault.get(name) ?? -1)

  await pause(Number(fault.get("delay") ?? firstTokenMs), signal)
  const firstAt = performance.now()
  yield chunk({ role: "assistant", content: "" })
  let sent = 0
  let batch = ""
  for (const delta of deltasOf(reply)) {
    if (sent === at("cut") || sent === at("reset") || sent === at("error")) break
    if (sent === at("silence")) await pause(Number(fault.get("for") ?? 5_000), signal)
    if (sent === at("garbage")) batch += "data: {this is no json\n\n"
    batch += chunk(delta)
    sent++
    const due = rate > 0 ? firstAt + (sent * 1_000) / rate - performance.now() : 0
    if (due > 1) {
      yield batch
      batch = ""
      await pause(due, signal)
    } else if (sent % BATCH === 0) {
      signal.throwIfAborted()
      yield batch
      batch = ""
    }
  }
  if (sent === at("cut")) return batch ? yield batch : undefined
  if (sent === at("error")) return yield batch + INNER_ERROR
  if (sent === at("reset")) {
    if (batch) yield batch
    throw new Error("requested reset")
  }
  yield batch + ending(streaming, base, { startedAt, firstAt })
}

const INNER_ERROR = `data: ${JSON.stringify({
  error: { message: "Requested error inside the stream", type: "server_error", param: null, code: null },
})}\n\n`

function ending(
  { finishReason, usage, perfMetrics, standIn, directives }: Streaming,
  base: object,
  { startedAt, firstAt }: { startedAt: number; firstAt: number },
): string {
  const finish = {
    ...base,
    choices: [{ index: 0, delta: {}, finish_reason: directives.fault.get("finish") ?? finishReason }],
  }
  const seconds = { firstToken: (firstAt - startedAt) / 1_000, whole: (performance.now() - startedAt) / 1_000 }
  const metrics = perfMetrics ? { perf_metrics: metricsOf(usage, seconds, standIn) } : {}
  const separate = directives.fault.get("usage") === "separate"
  const chunks = separate ? [finish, { ...base, choices: [], usage, ...metrics }] : [{ ...finish, usage, ...metrics }]
  return `${chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("")}data: [DONE]\n\n`
}

/** Fireworks' own metrics, in seconds and tokens: numbers, strings, and lists. Users are never shown invented ones. */
export function metricsOf(usage: Usage, seconds: { firstToken: number; whole: number }, standIn: boolean) {
  return {
    "prompt-tokens": usage.prompt_tokens,
    "cached-prompt-tokens": usage.prompt_tokens_details.cached_tokens,
    "server-time-to-first-token": seconds.firstToken,
    "server-processing-time": seconds.whole,
    ...(standIn ? { "backend-host": "standin-0", "speculation-acceptance": [0.75, 0.5] } : {}),
  }
}

/** Waits `ms`; throws immediately if the signal is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await wait(ms, undefined, { signal })
  signal.throwIfAborted()
}
