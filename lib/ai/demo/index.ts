/**
 * The built-in demo model: one function from `Request` to `Response` that speaks the Fireworks protocol. Used
 * when no key is set (as the provider's `fetch`), and served over HTTP by `lib/cli/demo-server.ts` for tests.
 */
import { limit, PrefixMemory, tokensOf, usageOf } from "@/lib/ai/demo/accounting"
import { brokenOff, remaining } from "@/lib/ai/demo/continue"
import { type Directives, NO_DIRECTIVES, Refusals, readDirectives } from "@/lib/ai/demo/faults"
import { asksForTitle, respond } from "@/lib/ai/demo/respond"
import { pause, streamReply, type Usage } from "@/lib/ai/demo/stream"
import {
  type CompletionRequest,
  imagesOf,
  lastUser,
  parseRequest,
  type Reply,
  textOf,
  WireError,
} from "@/lib/ai/demo/wire"

export interface DemoOptions {
  /** Takes the directives of `faults.ts`. Never on for people. */
  testMode?: boolean
  /** Tokens a second; 0 as fast as they are read. */
  tokensPerSecond?: number
  firstTokenMs?: number
  /** When given, every request must bear it. */
  apiKey?: string
  /** Further model ids that it answers for. */
  models?: DemoModelInfo[]
}

interface DemoModelInfo {
  id: string
  supports_image_input?: boolean
  supports_tools?: boolean
  context_length?: number
}

export type DemoModel = (request: Request) => Promise<Response>

const OWN: DemoModelInfo = { id: "sparkler-demo" }
const CONTEXT_TOKENS = 131_072
const MAX_IMAGES = 30
const MAX_BASE64 = 10_000_000
const MOST_WORDS = 200_000

interface State {
  options: DemoOptions
  prefixes: PrefixMemory
  refusals: Refusals
}

export function createDemoModel(options: DemoOptions = {}): DemoModel {
  const state: State = { options, prefixes: new PrefixMemory(), refusals: new Refusals() }
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
  const { apiKey, models = [] } = state.options
  const { pathname } = new URL(request.url)
  if (apiKey && request.headers.get("authorization") !== `Bearer ${apiKey}`)
    throw new WireError(401, "unauthorized", "The API key you provided is invalid.")
  if (request.method === "GET" && pathname.endsWith("/models"))
    return Response.json({ object: "list", data: [OWN, ...models].map(listed) })
  if (request.method !== "POST" || !pathname.endsWith("/chat/completions"))
    throw new WireError(404, "not_found", `Path not found: ${pathname}`)
  const body = parseRequest(await request.json().catch(() => null))
  const model = [OWN, ...models].find(({ id }) => id === body.model)
  if (!model)
    throw new WireError(404, "model_not_found", `Model not found, inaccessible, and/or not deployed: ${body.model}`)
  checkImages(body, model)
  return complete(body, model, state, request.signal)
}

const listed = (model: DemoModelInfo) => ({
  supports_chat: true,
  supports_image_input: true,
  supports_tools: true,
  context_length: CONTEXT_TOKENS,
  object: "model",
  owned_by: "fireworks",
  ...model,
})

function checkImages({ messages }: CompletionRequest, model: DemoModelInfo): void {
  const images = messages.flatMap(imagesOf)
  if (images.length > 0 && model.supports_image_input === false)
    throw new WireError(400, "invalid_request", `The model ${model.id} does not take images`)
  if (images.length > MAX_IMAGES)
    throw new WireError(400, "invalid_request", `At most ${MAX_IMAGES} images can be sent, got ${images.length}`)
  if (images.reduce((sum, url) => sum + url.length, 0) > MAX_BASE64)
    throw new WireError(400, "invalid_request", "The images are larger than 10 MB together")
}

async function complete(
  sent: CompletionRequest,
  { context_length: most = CONTEXT_TOKENS }: DemoModelInfo,
  { options, prefixes, refusals }: State,
  signal: AbortSignal,
): Promise<Response> {
  const { testMode, tokensPerSecond = 60, firstTokenMs = 150 } = options
  const startedAt = performance.now()
  const broken = brokenOff(sent)
  const body = broken?.body ?? sent
  const asked = lastUser(body)
  const question = asked ? textOf(asked) : ""
  const read = testMode && !asksForTitle(body) ? readDirectives(question) : NO_DIRECTIVES
  // What went wrong the first time goes well the second.
  const directives = broken ? { ...read, fault: new Map() } : read
  const refused = refusals.next(directives.fault, `${body.prompt_cache_key ?? ""} ${question}`)
  if (refused) return refused

  const promptTokens = body.messages.reduce((sum, message) => sum + tokensOf(message), 0)
  if (body.context_length_exceeded_behavior === "error" && promptTokens > most)
    throw new WireError(
      400,
      "context_length_exceeded",
      `The prompt is too long: ${promptTokens} tokens, the maximum is ${most}`,
    )
  const full = await replyTo(body, directives, question)
  const repeat = Number(read.fault.get("repeat") ?? 0)
  const { reply, finishReason } = limit(broken ? remaining(full, broken.said, repeat) : full, body)
  const usage = usageOf(reply, promptTokens, prefixes.cachedTokens(body.messages, body.prompt_cache_key))
  if (!body.stream) {
    await pause(Number(directives.fault.get("delay") ?? 0), signal)
    return whole(body, reply, directives.fault.get("finish") ?? finishReason, usage, startedAt)
  }
  return streamReply({
    model: body.model,
    reply,
    finishReason,
    usage,
    perfMetrics: body.perf_metrics_in_response ?? false,
    rate: directives.words?.rate ?? tokensPerSecond,
    firstTokenMs,
    directives,
    signal,
  })
}

async function replyTo(body: CompletionRequest, { words, echo, fault }: Directives, question: string): Promise<Reply> {
  if (words) return { text: Array.from({ length: Math.min(words.count, MOST_WORDS) }, (_, n) => `w${n}`).join(" ") }
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

/** The answer in one piece, with the timings in its body when they were asked for. */
function whole(
  { model, perf_metrics_in_response: timed }: CompletionRequest,
  { reasoning, text, calls }: Reply,
  finishReason: string,
  usage: Usage,
  startedAt: number,
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
    ...(timed ? { perf_metrics: { "server-time-to-first-token": seconds, "server-processing-time": seconds } } : {}),
  })
}

const toToolCall = (call: NonNullable<Reply["calls"]>[number], index: number) => ({
  index,
  id: `call_${crypto.randomUUID().slice(0, 12)}`,
  type: "function",
  function: call,
})
