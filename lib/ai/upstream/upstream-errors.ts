/** Failures of a model server as errors with a sentence for the user. */

import { APICallError, RetryError, StreamProviderError, TypeValidationError } from "ai"
import { z } from "zod"
import { codesIn, FAULTS, type FaultName, faultOf } from "@/lib/ai/upstream/upstream-faults"
import { cleanErrorText, rawErrorText, wordsOf } from "@/lib/ai/upstream/upstream-words"
import { AppError } from "@/lib/http/errors"
import { isRecord } from "@/lib/is-record"
import { redactKeys } from "@/lib/redact-keys"

export { isRetryableCode } from "@/lib/ai/upstream/upstream-faults"

/** Whether a body or an event is an error, in any format; an event with choices is part of an answer. */
export function isErrorBody(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isErrorBody)
  if (!isRecord(value) || "choices" in value) return false
  const { error, errors, message, msg, detail } = value
  if (isRecord(error) && Object.values(error).some(Boolean)) return true
  return [error, errors, message, msg, detail].some((member) => wordsOf(member) !== "")
}

/** For `createOpenAICompatible`: reads error bodies that its own schema doesn't support. */
export const errorStructure = {
  errorSchema: z
    .unknown()
    .refine(isErrorBody)
    .transform((body) => ({ error: body })),
  errorToMessage: ({ error }: { error?: unknown }): string => cleanErrorText(wordsOf(error)) ?? "refused",
}

const TLS = /CERT_|certificate|self.signed|UNABLE_TO_(?:VERIFY|GET_ISSUER)|ERR_TLS|SSL routines|DEPTH_ZERO/i

/** Anything thrown as an `AppError`. Includes the server's own words, shortened and without keys. */
export function toUpstreamError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (RetryError.isInstance(error)) return toUpstreamError(error.lastError)
  if (APICallError.isInstance(error)) return ofCall(error)
  if (StreamProviderError.isInstance(error)) return fromValue(error.data)
  if (!(error instanceof Error)) return fromValue(error)
  const told = `${error.message} ${String(error.cause)}`
  if (error.name === "TimeoutError" || /timeout of \d+ms exceeded/i.test(error.message)) return make("timeout", error)
  if (TypeValidationError.isInstance(error) && isErrorBody(error.value)) return fromValue(error.value)
  if (error.name === "AI_ToolChoiceViolationError") return make("noAnswer", error)
  if (/without a finish reason|No output generated/i.test(error.message)) return make("cut", error)
  if (GARBAGE.has(error.name)) return make("garbage", error)
  if (TLS.test(told)) return make("certificate", error)
  if (/terminated|aborted|ECONNRESET|socket|other side closed|premature|network/i.test(told)) return make("cut", error)
  if (/fetch failed|ECONNREFUSED|ENOTFOUND|Cannot connect/i.test(told)) return make("unreachable", error)
  return make("serverError", error, error.message)
}

const GARBAGE = new Set(["AI_TypeValidationError", "AI_JSONParseError", "AI_InvalidResponseDataError"])

function ofCall(error: APICallError): AppError {
  const { statusCode, responseBody = "", cause } = error
  if (statusCode === undefined)
    return make(TLS.test(`${error.message} ${codeOf(cause)}`) ? "certificate" : "unreachable", error)
  // A 200 that could not be read to its end: the connection broke, or it is not an answer.
  if (statusCode < 400) return cause instanceof Error ? toUpstreamError(cause) : make("garbage", error)
  return make(faultOf(statusCode, responseBody), error, rawErrorText(responseBody))
}

/** Codes of an error and its causes: `DEPTH_ZERO_SELF_SIGNED_CERT`. */
const codeOf = (error: unknown): string =>
  error instanceof Error ? `${"code" in error ? String(error.code) : ""} ${error.message} ${codeOf(error.cause)}` : ""

/** The body of a success that is not an event stream: the error it reports, or else an invalid answer. */
export function nonStreamError(body: string): AppError {
  const value = parsed(body)
  return isErrorBody(value) ? fromValue(value) : make("garbage", body.slice(0, 300))
}

/** A redirect by a model server: nothing is sent to its target. `location` is the value the server sent. */
export function redirected(address: string, location: string | null): AppError {
  const target = location !== null && URL.canParse(location, address) ? new URL(location, address) : null
  const host = target && redactKeys(target.host)
  const own = target?.host === new URL(address).host
  const where = host ? (own ? "own" : "other") : "unknown"
  return new AppError("upstream:redirected/to", { values: { where, host: host ?? "" } })
}

/** A finish reason that means the answer is incomplete, with the server's word for it. */
export function brokenOff(finishReason: string): AppError {
  const word = redactKeys(finishReason.slice(0, 60))
  return new AppError("upstream:server_error/broke_off", { values: { word } })
}

/** An error object inside a 200 stream arrives as a value; most include the status it would have had. */
function fromValue(value: unknown): AppError {
  const fault = faultOf(errorStatus(value), JSON.stringify(value))
  return make(fault, value, typeof value === "string" ? value : wordsOf(value))
}

/** The status that an error in a 200 stream would have had: the one it states, or else from its code or words. */
export function errorStatus(value: unknown): number {
  const told = `${codesIn(JSON.stringify(value) ?? "")} ${typeof value === "string" ? value : wordsOf(value)}`
  return statusIn(value) ?? BY_TOLD.find(([, pattern]) => pattern.test(told))?.[0] ?? 500
}

/** Codes and words of Fireworks, OpenAI, Anthropic, Google, and gRPC. */
const BY_TOLD: [status: number, pattern: RegExp][] = [
  [401, /authentication_error|unauthori[sz]ed|unauthenticated|invalid_api_key/i],
  [403, /permission_?(?:error|denied)|forbidden_error/i],
  [404, /NOT_FOUND|not_found_error/i],
  [429, /rate.?limit|too.?many.?requests|RESOURCE_EXHAUSTED|insufficient_quota/i],
  [400, /invalid_?request|bad_?request|invalid_?argument|value_error|extra_forbidden|extra inputs|not support/i],
  [412, /FAILED_PRECONDITION/i],
  [503, /SCALING_UP|overloaded|\bcapacity\b|\bunavailable\b/i],
]

function statusIn(value: unknown): number | undefined {
  if (Array.isArray(value)) return statusIn(value[0])
  if (!isRecord(value)) return undefined
  const { code, status, status_code: statusCode } = value
  const found = [code, status, statusCode].map(Number).find((n) => Number.isInteger(n) && n >= 400 && n < 600)
  return found ?? statusIn(value.error)
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function make(name: FaultName, cause: unknown, words = ""): AppError {
  return new AppError(FAULTS[name], { words: cleanErrorText(words) ?? undefined, cause: withoutKeys(cause) })
}

/** Depth up to which causes of causes are kept. */
const DEEPEST = 4

/** What is logged of a cause: name, message, and stack, without keys, bodies, and headers. */
function withoutKeys(cause: unknown, depth = 0): Error | string {
  if (!(cause instanceof Error))
    return redactKeys((typeof cause === "string" ? cause : (JSON.stringify(cause) ?? "")).slice(0, 2_000))
  const kept = new Error(redactKeys(cause.message.slice(0, 2_000)))
  kept.name = cause.name
  kept.stack = redactKeys((cause.stack ?? "").slice(0, 4_000))
  if (cause.cause !== undefined && depth < DEEPEST) kept.cause = withoutKeys(cause.cause, depth + 1)
  return kept
}
