/**
 * Body of `POST …/chat/completions`, as strict and with the same ranges as Fireworks documents (OpenAPI 4.259.0;
 * additionally accepts `stream_options` and `xhigh`).
 */
import { z } from "zod"

/** The documented formats; a web URL is not rejected before it is fetched. */
const IMAGE = /^(?:data:image\/(?:png|jpe?g|gif|bmp|tiff|ppm|x-portable-pixmap);base64,|https?:\/\/)/

const part = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: z.string() }),
  z.strictObject({
    type: z.literal("image_url"),
    image_url: z.strictObject({
      url: z.string().regex(IMAGE, "this image format is not supported"),
      detail: z.string().optional(),
    }),
  }),
])

const toolCall = z.strictObject({
  id: z.string().min(1),
  type: z.literal("function"),
  function: z.strictObject({ name: z.string().min(1), arguments: z.string() }),
})

const message = z.strictObject({
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.union([z.string(), z.array(part).min(1), z.null()]).optional(),
  reasoning_content: z.string().nullish(),
  tool_calls: z.array(toolCall).nullish(),
  tool_call_id: z.string().nullish(),
})

const schemaObject = z.record(z.string(), z.unknown())

const tool = z.strictObject({
  type: z.literal("function"),
  function: z.strictObject({
    name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
    description: z.string().optional(),
    parameters: z.looseObject({ type: z.literal("object") }),
    strict: z.boolean().nullish(),
  }),
})

const namedSchema = z.strictObject({
  name: z.string().optional(),
  schema: schemaObject,
  strict: z.boolean().optional(),
  description: z.string().optional(),
})

const responseFormat = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text") }),
  // Fireworks' JavaScript sample sends `json_schema` with `json_object`; its older guide sends `schema`.
  z.strictObject({
    type: z.literal("json_object"),
    schema: schemaObject.optional(),
    json_schema: namedSchema.optional(),
  }),
  z.strictObject({ type: z.literal("json_schema"), json_schema: namedSchema }),
  z.strictObject({ type: z.literal("grammar"), grammar: z.string() }),
])

const thinking = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("enabled"), budget_tokens: z.number().int().min(1_024).nullish() }),
  z.strictObject({ type: z.literal("disabled") }),
])

const within = (min: number, max: number) => z.number().min(min).max(max).nullish()
const whole = (min: number, max = Number.MAX_SAFE_INTEGER) => z.number().int().min(min).max(max).nullish()
const flag = z.boolean().nullish()
const word = z.string().nullish()

const completionRequest = z.strictObject({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  stream: flag,
  stream_options: z.strictObject({ include_usage: z.boolean().optional() }).nullish(),
  max_tokens: whole(1),
  max_completion_tokens: whole(1),
  temperature: within(0, 2),
  top_p: within(0, 1),
  top_k: whole(0, 100),
  min_p: within(0, 1),
  typical_p: within(0, 1),
  repetition_penalty: within(0, 2),
  frequency_penalty: within(-2, 2),
  presence_penalty: within(-2, 2),
  mirostat_target: z.number().nullish(),
  mirostat_lr: z.number().nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  seed: z.number().int().nullish(),
  logprobs: z.union([z.boolean(), z.number().int().min(0).max(5)]).nullish(),
  top_logprobs: whole(0, 5),
  logit_bias: z.record(z.string(), z.number()).nullish(),
  n: z.number().int().min(1).max(128).optional(),
  user: word,
  metadata: z.record(z.string(), z.string()).nullish(),
  tools: z.array(tool).max(128).optional(),
  tool_choice: z
    .union([
      z.enum(["auto", "none", "required", "any"]),
      z.strictObject({ type: z.literal("function"), function: z.strictObject({ name: z.string() }) }),
    ])
    .optional(),
  parallel_tool_calls: flag,
  functions: z.array(z.unknown()).nullish(),
  function_call: z.unknown().optional(),
  response_format: responseFormat.nullish(),
  prompt_cache_key: word,
  prompt_cache_isolation_key: word,
  safe_tokenization: flag,
  reasoning_effort: z
    .union([z.enum(["none", "low", "medium", "high", "xhigh", "max"]), z.number().int(), z.boolean()])
    .nullish(),
  reasoning_history: z.enum(["disabled", "interleaved", "preserved"]).nullish(),
  thinking: thinking.nullish(),
  perf_metrics_in_response: flag,
  raw_output: flag,
  return_token_ids: flag,
  echo: flag,
  echo_last: whole(0),
  ignore_eos: z.boolean().optional(),
  speculation: z.union([z.string(), z.array(z.number().int())]).nullish(),
  prediction: z
    .union([z.strictObject({ type: z.literal("content").optional(), content: z.string() }), z.string()])
    .nullish(),
  service_tier: z.enum(["auto", "default", "flex", "priority"]).optional(),
  context_length_exceeded_behavior: z.enum(["truncate", "error"]).optional(),
  prompt_truncate_len: whole(1),
})
export type CompletionRequest = z.infer<typeof completionRequest>
export type WireMessage = z.infer<typeof message>
export type WireTool = z.infer<typeof tool>

/** An error in Fireworks' format. */
export class WireError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly param: string | null = null,
  ) {
    super(message)
  }

  toResponse(): Response {
    const { message, param, code } = this
    const type = this.status === 404 ? "error" : "invalid_request_error"
    return Response.json(
      { error: { message, type, param, code }, request_id: crypto.randomUUID() },
      { status: this.status },
    )
  }
}

/** A body that violates the contract: something a client must never send. */
export class ContractError extends WireError {
  constructor(message: string) {
    super(400, "invalid_request", message)
  }
}

/** Fireworks' error for a model that is not served. */
export const modelNotFound = () =>
  new WireError(404, "NOT_FOUND", "Model not found, inaccessible, and/or not deployed", "model")

/** The validated body. Throws a `ContractError` that names the first invalid key. */
export function parseRequest(body: unknown): CompletionRequest {
  const parsed = completionRequest.safeParse(body)
  if (!parsed.success) throw new ContractError(problemOf(parsed.error))
  const request = parsed.data
  const { messages } = request
  const problem = turnProblem(messages) ?? pairProblem(messages) ?? toolProblem(request) ?? doubled(request)
  if (problem) throw new ContractError(problem)
  return request
}

function problemOf({ issues: [issue] }: z.ZodError): string {
  if (issue?.code === "unrecognized_keys")
    return `Extra inputs are not permitted, field: '${[...issue.path, issue.keys[0]].join(".")}'`
  return `Invalid value at '${issue?.path.join(".") || "body"}': ${issue?.message ?? "unknown"}`
}

/** Empty turns, results without a call, and instructions in the middle: many models' templates reject them. */
function turnProblem(messages: WireMessage[]): string | undefined {
  const problems = messages.map(({ role, content, tool_calls: calls, tool_call_id: callId }, at) => {
    const silent = content === undefined || content === null || content === ""
    if (role === "system" && at > 0) return `messages.${at}: a system message must come first`
    if (role === "tool" && !callId) return `Invalid value at 'messages.${at}.tool_call_id': Field required`
    if (role !== "tool" && silent && !calls?.length) return `messages.${at}: content must not be empty`
    return undefined
  })
  return problems.find((problem) => problem !== undefined)
}

/** Each call has exactly one result directly after its turn, and each result has a call. */
function pairProblem(messages: WireMessage[]): string | undefined {
  const ids = new Set<string>()
  let open = new Set<string>()
  for (const [at, { role, tool_calls: calls, tool_call_id: callId }] of messages.entries()) {
    if (role === "tool") {
      if (!open.delete(callId ?? "")) return `messages.${at}: a tool message must answer a call of the turn before it`
      continue
    }
    if (open.size > 0) return `messages.${at}: tool calls without a result: ${[...open].join(", ")}`
    if (calls?.length && role !== "assistant") return `messages.${at}: only an assistant message has tool_calls`
    const made = (calls ?? []).map(({ id }) => id)
    if (made.some((id) => ids.has(id)) || new Set(made).size < made.length)
      return `messages.${at}: the id of a tool call stands twice`
    for (const id of made) ids.add(id)
    open = new Set(made)
  }
  return open.size > 0 ? `tool calls without a result: ${[...open].join(", ")}` : undefined
}

function toolProblem({
  tools = [],
  tool_choice: choice,
  response_format: format,
}: CompletionRequest): string | undefined {
  if (tools.length > 0 && format && format.type !== "text")
    return "You cannot specify response format and function call at the same time"
  if (typeof choice === "object" && !tools.some((tool) => tool.function.name === choice.function.name))
    return `tool_choice names a tool that is not in tools: ${choice.function.name}`
  const forced = choice === "required" || choice === "any"
  return forced && tools.length === 0 ? `tool_choice '${choice}' needs tools` : undefined
}

/** Two keys for the same thing. */
function doubled(request: CompletionRequest): string | undefined {
  const pairs = [
    ["reasoning_effort", "thinking"],
    ["max_tokens", "max_completion_tokens"],
  ] as const
  const both = pairs.find((pair) => pair.every((key) => request[key] !== undefined && request[key] !== null))
  return both && `${both.join(" and ")} are mutually exclusive`
}
