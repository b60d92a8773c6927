/**
 * The built-in demo model: one function from `Request` to `Response` that implements the Fireworks protocol. Used if no
 * key is set (as the provider's `fetch`), and served over HTTP by `lib/demo/demo-server.ts` for tests.
 */

import { changeRequestIn } from "@/lib/demo/change"
import { brokenOff, remaining } from "@/lib/demo/continue"
import { mergedText, mergeIn } from "@/lib/demo/merge"
import { accountResponse, type DemoAccount, type ServedModel } from "@/lib/demo/protocol/account"
import { limit, PrefixMemory, tokensOf, usageOf } from "@/lib/demo/protocol/accounting"
import {
  type Directives,
  NO_DIRECTIVES,
  newestTurn,
  Refusals,
  readDirectives,
  refusal,
} from "@/lib/demo/protocol/faults"
import { FIREWORKS_MODELS, type ModelRules, rulesOf } from "@/lib/demo/protocol/fireworks.data"
import { ContractError, modelNotFound } from "@/lib/demo/protocol/request"
import { metricsOf, pause, streamReply, type Usage } from "@/lib/demo/protocol/stream"
import { checkForModel } from "@/lib/demo/protocol/strict"
import { type CompletionRequest, lastUser, parseRequest, type Reply, textOf, WireError } from "@/lib/demo/protocol/wire"
import { type Recordings, recordedAnswer } from "@/lib/demo/recordings"
import { asksForTitle, respond } from "@/lib/demo/respond"
import { withThought } from "@/lib/demo/thoughts"

export interface DemoOptions {
  /** Accepts the directives of `faults.ts`. Never enabled for users. */
  testMode?: boolean
  /** Tokens per second; 0 for as fast as they are read. */
  tokensPerSecond?: number
  firstTokenMs?: number
  /** If given, every request must send it. */
  apiKey?: string
  /** Other accepted keys. */
  otherKeys?: string[]
  /** Additional model IDs that it serves. */
  models?: DemoModelInfo[]
  /** Also serves all serverless models of Fireworks. */
  fireworks?: boolean
  /**
   * The response of `{base}/models`: all models, only the first, or an error like Fireworks for an account without
   * deployments.
   */
  listing?: "full" | "sparse" | "error"
  /** What the key's account owns. */
  account?: DemoAccount
  /** Recorded questions get their recorded answers. */
  recordings?: Recordings
  /** Called with each body that Fireworks would refuse. */
  onViolation?: (words: string, body: unknown) => void
}

interface DemoModelInfo extends ServedModel {
  /** Scaled to zero: how many requests are refused with `DEPLOYMENT_SCALING_UP` until it is up. */
  startsAfter?: number
  /** A spot model without capacity. */
  full?: boolean
}

export type DemoModel = (request: Request) => Promise<Response>

const OWN: DemoModelInfo = { id: "sparkler-demo" }
const CONTEXT_TOKENS = 131_072
const MAX_WORDS = 200_000

interface State {
  options: DemoOptions
  served: DemoModelInfo[]
  prefixes: PrefixMemory
  refusals: Refusals
  /** Number of requests received for starting deployments. */
  starting: Map<string, number>
}

export function createDemoModel(options: DemoOptions = {}): DemoModel {
  const all = options.fireworks ? Object.keys(FIREWORKS_MODELS).map((name) => `accounts/fireworks/models/${name}`) : []
  const named = options.models ?? []
  const state: State = {
    options,
    served: [...named, ...all.filter((id) => !named.some((model) => model.id === id)).map((id) => ({ id }))],
    prefixes: new PrefixMemory(),
    refusals: new Refusals(),
    starting: new Map(),
  }
  return async (request) => {
    try {
      return await handle(request, state)
    } catch (error) {
      if (error instanceof WireError) return error.toResponse()
      throw error
    }
  }
}

async function handle(request: Request, state: State): Promise<Response> {
  const { apiKey, otherKeys = [], account, onViolation } = state.options
  const url = new URL(request.url)
  const known = [apiKey, ...otherKeys].map((key) => `Bearer ${key}`)
  if (apiKey && !known.includes(request.headers.get("authorization") ?? ""))
    throw new WireError(401, "unauthorized", "The API key you provided is invalid.")
  if (request.method === "GET") {
    const answer = accountResponse(url, state.served, account)
    if (answer) return answer
    if (url.pathname.endsWith("/models")) return listing(state)
  }
  if (request.method !== "POST" || !url.pathname.endsWith("/chat/completions"))
    throw new WireError(404, "not_found", `Path not found: ${url.pathname}`)
  const json: unknown = await request.json().catch(() => null)
  try {
    const body = parseRequest(json)
    const model = [OWN, ...state.served].find(({ id }) => id === body.model)
    if (!model) throw modelNotFound()
    const own = rulesOf(model.id)
    const rules = { ...own, images: model.supports_image_input ?? own.images }
    checkForModel(body, rules)
    // The response of a server whose model turns out to have no tools.
    if (body.tools?.length && model.supports_tools === false)
      throw new WireError(400, "invalid_request", `${model.id} does not support tools`)
    const played = busy(model, state) ?? (await recordedAnswer(body, state.options.recordings, request.signal))
    return played ?? (await complete(body, model, rules, state, request.signal))
  } catch (error) {
    if (error instanceof ContractError) onViolation?.(error.message, json)
    throw error
  }
}

function listing({ served, options: { listing: kind = "full" } }: State): Response {
  if (kind === "error") return Response.json({ error: { message: "Error listing deployed models" } }, { status: 500 })
  if (kind === "full") return Response.json({ object: "list", data: [OWN, ...served].map(listed) })
  const data = served.slice(0, 1).map(({ id }) => ({ id, object: "model", owned_by: "fireworks", created: 0 }))
  return Response.json({ object: "list", data })
}

function listed({ startsAfter: _startsAfter, full: _full, ...model }: DemoModelInfo) {
  const { images, contextTokens } = rulesOf(model.id)
  return {
    supports_chat: true,
    supports_image_input: images,
    supports_tools: true,
    context_length: contextTokens,
    object: "model",
    owned_by: "fireworks",
    ...model,
  }
}

/** A deployment that is still starting, or a spot model without capacity. */
function busy({ id, startsAfter = 0, full }: DemoModelInfo, { starting }: State): Response | null {
  if (full) return refusal(503, "no-room")
  const before = starting.get(id) ?? 0
  if (before >= startsAfter) return null
  starting.set(id, before + 1)
  return refusal(503, "scaling")
}

async function complete(
  sent: CompletionRequest,
  { context_length: most = CONTEXT_TOKENS }: DemoModelInfo,
  rules: ModelRules,
  { options, prefixes, refusals }: State,
  signal: AbortSignal,
): Promise<Response> {
  const { testMode, tokensPerSecond = 60, firstTokenMs = 150 } = options
  const standIn = Boolean(testMode || options.fireworks)
  const startedAt = performance.now()
  const broken = brokenOff(sent)
  const merging = mergeIn(broken?.body ?? sent)
  const body = merging?.body ?? broken?.body ?? sent
  const turn = lastUser(body)
  const question = turn ? newestTurn(textOf(turn)) : ""
  const read = testMode && !asksForTitle(body) ? readDirectives(changeRequestIn(question) ?? question) : NO_DIRECTIVES
  // A fault doesn't repeat when the answer is continued.
  const directives = broken ? { ...read, fault: new Map() } : read
  const refused = refusals.next(directives.fault, `${body.prompt_cache_key ?? ""} ${question}`)
  if (refused) return refused

  const promptTokens = body.messages.reduce((sum, message) => sum + tokensOf(message), 0)
  // Truncating lowers `max_tokens`: a prompt that is too long by itself is still refused.
  const asked = body.context_length_exceeded_behavior === "error" ? (body.max_tokens ?? 0) : 0
  if (promptTokens + asked > most)
    throw new WireError(
      400,
      "context_length_exceeded",
      `The prompt is too long: ${promptTokens + asked} tokens, the maximum is ${most}`,
    )
  const scripted = directives.words !== null || directives.echo
  const isMerged = merging && !scripted && body.response_format === undefined
  const said = isMerged ? { text: mergedText(merging.answers) } : await replyTo(body, directives, question)
  const full = rules.alwaysThinks && !scripted ? withThought(said, body) : said
  const repeat = Number(read.fault.get("repeat") ?? 0)
  const { reply, finishReason } = limit(broken ? remaining(full, broken.said, repeat) : full, body)
  const usage = usageOf(reply, promptTokens, prefixes.cachedTokens(body.messages, body.prompt_cache_key))
  if (!body.stream) {
    await pause(Number(directives.fault.get("delay") ?? 0), signal)
    return whole(body, reply, directives.fault.get("finish") ?? finishReason, usage, { startedAt, standIn })
  }
  return streamReply({
    model: body.model,
    reply,
    finishReason,
    usage,
    perfMetrics: body.perf_metrics_in_response ?? false,
    standIn,
    alternatives: body.logprobs ? (body.top_logprobs ?? 0) : null,
    rate: directives.words?.rate ?? tokensPerSecond,
    firstTokenMs,
    directives,
    signal,
  })
}

async function replyTo(body: CompletionRequest, { words, echo, fault }: Directives, question: string): Promise<Reply> {
  if (words) return { text: Array.from({ length: Math.min(words.count, MAX_WORDS) }, (_, n) => `w${n}`).join(" ") }
  if (echo) return { text: question }
  const answered = body.messages.at(-1)?.role === "tool"
  if (fault.has("tool") && !answered) return { calls: [{ name: fault.get("tool") ?? "", arguments: "{}" }] }
  const reply = await respond(body)
  if (fault.get("toolargs") === "broken" && reply.calls)
    return { ...reply, calls: reply.calls.map((call) => ({ ...call, arguments: '{"location": Par' })) }
  if (fault.get("think") === "tags")
    return { text: `<think>${reply.reasoning ?? "Tagged thinking."}</think>${reply.text ?? ""}` }
  return reply
}

/** The answer without streaming, with timings in its body if requested. */
function whole(
  { model, perf_metrics_in_response: timed }: CompletionRequest,
  { reasoning, text, calls }: Reply,
  finishReason: string,
  usage: Usage,
  { startedAt, standIn }: { startedAt: number; standIn: boolean },
): Response {
  const message = {
    role: "assistant",
    content: text ?? null,
    ...(reasoning ? { reasoning_content: reasoning } : {}),
    ...(calls ? { tool_calls: calls.map(toToolCall) } : {}),
  }
  const seconds = (performance.now() - startedAt) / 1_000
  return Response.json({
    id: `chatcmpl-${crypto.randomUUID()}`,
    object: "chat.completion",
    created: Math.floor(Date.now() / 1_000),
    model,
    choices: [{ index: 0, message, finish_reason: finishReason }],
    usage,
    ...(timed ? { perf_metrics: metricsOf(usage, { firstToken: seconds, whole: seconds }, standIn) } : {}),
  })
}

const toToolCall = (call: NonNullable<Reply["calls"]>[number], index: number) => ({
  index,
  id: `call_${crypto.randomUUID().slice(0, 12)}`,
  type: "function",
  function: call,
})
