/** What goes wrong at a model server, as errors with a sentence for the person. */
import { APICallError, RetryError, TypeValidationError } from "ai"
import { z } from "zod"
import { AppError, type ErrorCode } from "@/lib/http/errors"

/** Every body shape seen: an object, a plain string, a bare message. */
const errorBody = z.union([
  z.object({
    error: z.object({
      message: z.string(),
      type: z.string().nullish(),
      param: z.unknown().optional(),
      code: z.union([z.string(), z.number()]).nullish(),
    }),
  }),
  z.object({ error: z.string() }),
  z.object({ message: z.string() }),
  z.object({ detail: z.string() }),
])
type ErrorBody = z.infer<typeof errorBody>

const bodyMessage = (body: ErrorBody): string => {
  if ("message" in body) return body.message
  if ("detail" in body) return body.detail
  return typeof body.error === "string" ? body.error : body.error.message
}

/** For `createOpenAICompatible`: reads the error bodies that its own schema does not know. */
export const errorStructure = {
  errorSchema: errorBody,
  errorToMessage: bodyMessage,
}

const SENTENCES: Partial<Record<ErrorCode, string>> = {
  "upstream:auth": "The model server refused the API key. Check FIREWORKS_API_KEY and start Sparkler again.",
  "upstream:billing":
    "The account behind the API key is not on a paid plan, over its limit, or suspended. Look at its billing page.",
  "upstream:model_not_found": "The model server does not have this model (any more). Choose another one.",
  "upstream:too_large":
    "The request was too large for the model server. Send fewer or smaller images, or start a new conversation.",
  "upstream:rate_limit": "The model server is limiting requests just now. Wait a moment, then retry.",
  "upstream:overloaded": "The model server is overloaded. Wait a moment, then retry.",
  "upstream:server_error": "The model server had a fault of its own. Retry; if it stays, choose another model.",
  "upstream:timeout": "The model server did not answer in time. Retry, or choose another model.",
  "upstream:unreachable": "The model server can't be reached. Check the connection and FIREWORKS_BASE_URL, then retry.",
  "upstream:cut":
    "The connection to the model server broke before the answer was complete. What came is kept; retry for a whole one.",
  "upstream:garbage": "The model server sent something that is not an answer. What came is kept; retry.",
  "upstream:no_answer": "The model called tools again and again and did not answer. Retry, or choose another model.",
  "upstream:content_filter": "The model server's content filter ended this answer.",
}

export const isRetryableCode = (code: string) =>
  ![
    "upstream:auth",
    "upstream:billing",
    "upstream:model_not_found",
    "upstream:bad_request",
    "upstream:too_large",
  ].includes(code)

/** Any thrown thing as an `AppError`. What the server itself said goes along, shortened. */
export function toUpstreamError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (RetryError.isInstance(error)) return toUpstreamError(error.lastError)
  if (APICallError.isInstance(error)) {
    const { statusCode } = error
    if (statusCode === undefined) return make("upstream:unreachable", error)
    // A 200 that could not be read to its end: the connection broke, or it is no answer.
    if (statusCode < 400)
      return error.cause instanceof Error ? toUpstreamError(error.cause) : make("upstream:garbage", error)
    return make(codeOfStatus(statusCode), error, said(error.responseBody))
  }
  if (!(error instanceof Error)) return fromValue(error)
  if (error.name === "TimeoutError" || /timeout of \d+ms exceeded/i.test(error.message))
    return make("upstream:timeout", error)
  const message = errorInEvent(error)
  if (message) return make("upstream:server_error", error, message)
  if (error.name === "AI_ToolChoiceViolationError") return make("upstream:no_answer", error)
  if (/without a finish reason|No output generated/i.test(error.message)) return make("upstream:cut", error)
  if (
    error.name === "AI_TypeValidationError" ||
    error.name === "AI_JSONParseError" ||
    error.name === "AI_InvalidResponseDataError"
  )
    return make("upstream:garbage", error)
  if (
    /terminated|aborted|ECONNRESET|socket|other side closed|premature|network/i.test(
      `${error.message} ${String(error.cause)}`,
    )
  )
    return make("upstream:cut", error)
  if (/fetch failed|ECONNREFUSED|ENOTFOUND|Cannot connect/i.test(`${error.message} ${String(error.cause)}`))
    return make("upstream:unreachable", error)
  return make("upstream:server_error", error, error.message)
}

/** The body of a success that is no event stream: an error when it says so, else no answer. */
export function notAnAnswer(body: string): AppError {
  const message = said(body)
  return message && message !== body
    ? make("upstream:server_error", body, message)
    : make("upstream:garbage", body.slice(0, 300))
}

/** The error of an event that is no chunk: `{"error": "text"}` is one that the SDK does not know. */
function errorInEvent(error: Error): string | undefined {
  const parsed = TypeValidationError.isInstance(error) ? errorBody.safeParse(error.value) : undefined
  return parsed?.success ? bodyMessage(parsed.data) : undefined
}

/** An error object inside a 200 stream arrives as a value. */
function fromValue(value: unknown): AppError {
  const parsed = errorBody.safeParse(value)
  const message = parsed.success ? bodyMessage(parsed.data) : typeof value === "string" ? value : undefined
  return make("upstream:server_error", value, message)
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 401 || status === 403) return "upstream:auth"
  if (status === 402 || status === 412) return "upstream:billing"
  if (status === 404) return "upstream:model_not_found"
  if (status === 413) return "upstream:too_large"
  if (status === 429) return "upstream:rate_limit"
  if (status === 502 || status === 503 || status === 520) return "upstream:overloaded"
  if (status === 408 || status === 504) return "upstream:timeout"
  return status < 500 ? "upstream:bad_request" : "upstream:server_error"
}

/** What a body says in words, without markup, at most 300 characters. */
function said(body: string | undefined): string | undefined {
  if (!body || /^\s*</.test(body)) return undefined
  try {
    const parsed = errorBody.safeParse(JSON.parse(body))
    return parsed.success ? bodyMessage(parsed.data) : undefined
  } catch {
    // Half an object is nothing to read out.
    return /^\s*[{[]/.test(body) ? undefined : body
  }
}

function make(code: ErrorCode, cause: unknown, said?: string): AppError {
  const detail = said?.replace(/\s+/g, " ").trim().slice(0, 300)
  const sentence = SENTENCES[code] ?? "The model server did not accept the request."
  return new AppError(code, detail ? `${sentence} It said: “${detail}”` : sentence, { cause })
}
