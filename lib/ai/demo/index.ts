/**
 * The built-in demo model: one function from `Request` to `Response` that speaks the Fireworks protocol. Used
 * when no key is set (as the provider's `fetch`), and served over HTTP by `lib/cli/demo-server.ts` for tests.
 */
import { NO_DIRECTIVES, readDirectives, refusal } from "@/lib/ai/demo/faults"
import { respond } from "@/lib/ai/demo/respond"
import { streamReply, type Usage } from "@/lib/ai/demo/stream"
import { countTokens, toTokens } from "@/lib/ai/demo/tokens"
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

export interface DemoModelInfo {
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
const DEFAULT_MAX_TOKENS = 2_048
/** Conversations whose prefix is remembered, for the count of cached tokens. */
const MOST_PREFIXES = 1_000

interface State {
  options: DemoOptions
  /** Tokens of the last prompt, by `prompt_cache_key`. */
  prefixes: Map<string, string>
  /** Refusals given so far, by question. */
  refused: Map<string, number>
}

export function createDemoModel(options: DemoOptions = {}): DemoModel {
  const state: State = { options, prefixes: new Map(), refused: new Map() }
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
  if (![OWN, ...models].some(({ id }) => id === body.model))
    throw new WireError(404, "model_not_found", `Model not found, inaccessible, and/or not deployed: ${body.model}`)
  checkImages(body)
  return complete(body, state, request.signal)
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

function checkImages({ messages }: CompletionRequest): void {
  const images = messages.flatMap(imagesOf)
  if (images.length > MAX_IMAGES)
    throw new WireError(400, "invalid_request", `At most ${MAX_IMAGES} images can be sent, got ${images.length}`)
  if (images.reduce((sum, url) => sum + url.length, 0) > MAX_BASE64)
    throw new WireError(400, "invalid_request", "The images are larger than 10 MB together")
}

async function complete(body: CompletionRequest, state: State, signal: AbortSignal): Promise<Response> {
  const { testMode, tokensPerSecond = 60, firstTokenMs = 150 } = state.options
  const asked = lastUser(body)
  const question = asked ? textOf(asked) : ""
  const isTitle = body.messages.some(
    (message) => message.role === "system" && textOf(message).includes("title for this conversation"),
  )
  const directives = testMode && !isTitle ? readDirectives(question) : NO_DIRECTIVES
  const refused = refuse(directives.fault, question, state)
  if (refused) return refused

  const prompt = body.messages.map(textOf).join("\n")
  const promptTokens = countTokens(prompt) + body.messages.flatMap(imagesOf).length * 1_000
  if (body.context_length_exceeded_behavior === "error" && promptTokens > CONTEXT_TOKENS)
    throw new WireError(
      400,
      "context_length_exceeded",
      `The prompt is too long: ${promptTokens} tokens, the maximum is ${CONTEXT_TOKENS}`,
    )
  const full = await replyTo(body, directives, question)
  const { reply, finishReason } = limit(full, body)
  const usage = usageOf(reply, promptTokens, cachedTokens(prompt, body.prompt_cache_key, state))
  if (!body.stream) return whole(body.model, reply, finishReason, usage)
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

function refuse(fault: Map<string, string>, question: string, { refused }: State): Response | null {
  if (!fault.has("status")) return null
  const times = Number(fault.get("times") ?? Number.POSITIVE_INFINITY)
  const before = refused.get(question) ?? 0
  if (before >= times) return null
  refused.set(question, before + 1)
  return refusal(fault)
}

async function replyTo(
  body: CompletionRequest,
  { words, echo, fault }: ReturnType<typeof readDirectives>,
  question: string,
): Promise<Reply> {
  if (words) return { text: Array.from({ length: words.count }, (_, n) => `w${n}`).join(" ") }
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

/** Cut at `max_tokens`, thinking first, and before a stop sequence. */
function limit(
  reply: Reply,
  { max_tokens: most = DEFAULT_MAX_TOKENS, stop }: CompletionRequest,
): { reply: Reply; finishReason: string } {
  if (reply.calls) return { reply, finishReason: "tool_calls" }
  const stops = typeof stop === "string" ? [stop] : (stop ?? [])
  const ends = stops.map((sequence) => (reply.text ?? "").indexOf(sequence)).filter((at) => at >= 0)
  const text = ends.length > 0 ? (reply.text ?? "").slice(0, Math.min(...ends)) : (reply.text ?? "")
  const thinking = toTokens(reply.reasoning ?? "")
  const tokens = toTokens(text)
  if (thinking.length + tokens.length <= most) return { reply: { ...reply, text }, finishReason: "stop" }
  const cut = {
    reasoning: thinking.slice(0, most).join("") || undefined,
    text: tokens.slice(0, Math.max(0, most - thinking.length)).join(""),
  }
  return { reply: cut, finishReason: "length" }
}

function cachedTokens(prompt: string, key: string | undefined, { prefixes }: State): number {
  if (!key) return 0
  const before = prefixes.get(key)
  prefixes.delete(key)
  prefixes.set(key, prompt)
  const [oldest] = prefixes.keys()
  if (prefixes.size > MOST_PREFIXES && oldest !== undefined) prefixes.delete(oldest)
  return before && prompt.startsWith(before) ? countTokens(before) : 0
}

function usageOf({ reasoning = "", text = "", calls = [] }: Reply, promptTokens: number, cached: number): Usage {
  const thought = countTokens(reasoning)
  const completion =
    thought + countTokens(text) + calls.reduce((sum, call) => sum + countTokens(call.name + call.arguments), 0)
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completion,
    total_tokens: promptTokens + completion,
    prompt_tokens_details: { cached_tokens: cached },
    ...(thought > 0 ? { completion_tokens_details: { reasoning_tokens: thought } } : {}),
  }
}

function whole(model: string, { reasoning, text, calls }: Reply, finishReason: string, usage: Usage): Response {
  const message = {
    role: "assistant",
    content: text ?? null,
    ...(reasoning ? { reasoning_content: reasoning } : {}),
    ...(calls
      ? { tool_calls: calls.map((call, index) => ({ index, id: `call_${index}`, type: "function", function: call })) }
      : {}),
  }
  const created = Math.floor(Date.now() / 1_000)
  return Response.json({
    id: `chatcmpl-${crypto.randomUUID()}`,
    object: "chat.completion",
    created,
    model,
    choices: [{ index: 0, message, finish_reason: finishReason }],
    usage,
  })
}
