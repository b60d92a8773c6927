/** The Fireworks chat-completions protocol as the demo model reads and writes it. Strict, as Fireworks is. */
import { z } from "zod"
import { readQuoted } from "@/lib/chat/attached-text"
import type { TextFile } from "@/lib/chat/types"

const part = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: z.string() }),
  z.strictObject({
    type: z.literal("image_url"),
    image_url: z.strictObject({ url: z.string(), detail: z.string().optional() }),
  }),
])

const toolCall = z.strictObject({
  id: z.string(),
  type: z.literal("function"),
  index: z.number().optional(),
  function: z.strictObject({ name: z.string(), arguments: z.string() }),
})

const message = z.strictObject({
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.union([z.string(), z.array(part), z.null()]).optional(),
  reasoning_content: z.string().nullish(),
  tool_calls: z.array(toolCall).optional(),
  tool_call_id: z.string().optional(),
})

const schemaObject = z.record(z.string(), z.unknown())

const tool = z.strictObject({
  type: z.literal("function"),
  function: z.strictObject({
    name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
    description: z.string().optional(),
    parameters: z.looseObject({ type: z.literal("object") }),
    strict: z.boolean().optional(),
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
])

/** Body of `POST …/chat/completions`, with the ranges that Fireworks documents. */
const completionRequest = z.strictObject({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  stream: z.boolean().optional(),
  stream_options: z.strictObject({ include_usage: z.boolean().optional() }).nullish(),
  max_tokens: z.number().int().min(1).optional(),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().min(0).max(1).optional(),
  top_k: z.number().int().min(0).max(100).optional(),
  min_p: z.number().min(0).max(1).optional(),
  repetition_penalty: z.number().min(0).max(2).optional(),
  logprobs: z.union([z.boolean(), z.number().int().min(0).max(5)]).optional(),
  top_logprobs: z.number().int().min(0).max(5).optional(),
  safe_tokenization: z.boolean().optional(),
  frequency_penalty: z.number().min(-2).max(2).optional(),
  presence_penalty: z.number().min(-2).max(2).optional(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  seed: z.number().int().nullish(),
  n: z.literal(1).optional(),
  user: z.string().optional(),
  tools: z.array(tool).max(128).optional(),
  tool_choice: z
    .union([
      z.enum(["auto", "none", "required", "any"]),
      z.strictObject({ type: z.literal("function"), function: z.strictObject({ name: z.string() }) }),
    ])
    .optional(),
  response_format: responseFormat.optional(),
  prompt_cache_key: z.string().optional(),
  prompt_cache_isolation_key: z.string().optional(),
  reasoning_effort: z
    .union([z.enum(["none", "low", "medium", "high", "max"]), z.number().int(), z.boolean()])
    .optional(),
  reasoning_history: z.enum(["disabled", "interleaved", "preserved"]).optional(),
  thinking: z.looseObject({ type: z.string() }).optional(),
  perf_metrics_in_response: z.boolean().optional(),
  context_length_exceeded_behavior: z.enum(["truncate", "error"]).optional(),
  prompt_truncate_len: z.number().int().min(1).optional(),
})
export type CompletionRequest = z.infer<typeof completionRequest>
export type WireMessage = z.infer<typeof message>
export type WireTool = z.infer<typeof tool>

/** An error as Fireworks words it. */
export class WireError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message)
  }

  toResponse(): Response {
    const body = {
      error: { message: this.message, type: "invalid_request_error", param: null, code: this.code },
      request_id: crypto.randomUUID(),
    }
    return Response.json(body, { status: this.status })
  }
}

/** The body, checked. Throws `WireError` 400 that names the first key that is wrong. */
export function parseRequest(body: unknown): CompletionRequest {
  const parsed = completionRequest.safeParse(body)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const place = issue?.path.join(".") || "body"
    if (issue?.code === "unrecognized_keys")
      throw new WireError(
        400,
        "invalid_request",
        `Extra inputs are not permitted, field: '${[...issue.path, issue.keys[0]].join(".")}'`,
      )
    throw new WireError(400, "invalid_request", `Invalid value at '${place}': ${issue?.message ?? "unknown"}`)
  }
  const request = parsed.data
  if (request.tools?.length && request.response_format && request.response_format.type !== "text")
    throw new WireError(400, "invalid_request", "You cannot specify response format and function call at the same time")
  const { tools = [], tool_choice: choice } = request
  if (typeof choice === "object" && !tools.some((tool) => tool.function.name === choice.function.name))
    throw new WireError(
      400,
      "invalid_request",
      `tool_choice names a tool that is not in tools: ${choice.function.name}`,
    )
  if ((choice === "required" || choice === "any") && tools.length === 0)
    throw new WireError(400, "invalid_request", `tool_choice '${choice}' needs tools`)
  const orphan = request.messages.findIndex((message) => message.role === "tool" && !message.tool_call_id)
  if (orphan >= 0)
    throw new WireError(400, "invalid_request", `Invalid value at 'messages.${orphan}.tool_call_id': Field required`)
  if (request.reasoning_effort !== undefined && request.thinking)
    throw new WireError(400, "invalid_request", "reasoning_effort and thinking are mutually exclusive")
  return request
}

/** What a person says in a message, without the files that came with it. */
export function wordsIn({ content }: WireMessage): string {
  if (typeof content === "string") return content
  const texts = (content ?? []).flatMap((item) => (item.type === "text" && !readQuoted(item.text) ? [item.text] : []))
  return texts.join("\n").trim()
}

/** The files of text that came with a message. */
export const filesIn = ({ content }: WireMessage): TextFile[] =>
  typeof content === "string"
    ? []
    : (content ?? []).flatMap((item) => (item.type === "text" ? (readQuoted(item.text) ?? []) : []))

/** The text of a message, without its pictures. */
export function textOf({ content }: WireMessage): string {
  if (typeof content === "string") return content
  return (content ?? [])
    .map((item) => (item.type === "text" ? item.text : ""))
    .join("\n")
    .trim()
}

/** The addresses of a message's pictures. */
export const imagesOf = ({ content }: WireMessage): string[] =>
  typeof content === "string"
    ? []
    : (content ?? []).flatMap((item) => (item.type === "image_url" ? [item.image_url.url] : []))

export const lastUser = (request: CompletionRequest): WireMessage | undefined =>
  request.messages.findLast(({ role }) => role === "user")

/** The schema that an answer has to fit; null when none is asked for. */
export const schemaAskedFor = ({ response_format: format }: CompletionRequest): Record<string, unknown> | null =>
  !format || format.type === "text"
    ? null
    : (format.json_schema?.schema ?? (format.type === "json_object" ? (format.schema ?? null) : null))

/** What the demo model says: thinking, text, or calls of tools. */
export interface Reply {
  reasoning?: string
  text?: string
  calls?: { name: string; arguments: string }[]
}
