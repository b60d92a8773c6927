/** Browser requests to our own routes. */

import { requestText } from "@/components/base/request-texts"
import { serverClock } from "@/components/base/server-clock"
import { sessionEnd } from "@/components/base/session-end"
import { isRecord } from "@/lib/is-record"

// Handwritten guards: a schema library would be the largest part of the empty page.
/** An error response from the server, with its own message. */
export class ApiError extends Error {
  override name = "ApiError"
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    cause?: unknown,
    /** Machine-readable details from the server. */
    readonly details: Record<string, unknown> = {},
  ) {
    super(message, { cause })
  }
}

/** The server refused the request; retrying changes nothing. */
export const isFinal = (error: unknown): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429

export const unreachable = (cause?: unknown) => new ApiError("network", requestText("unreachable"), 0, cause)

/** Our own server sent an unexpected response: the page is from another version. */
export const unexpected = () => new ApiError("server:internal", requestText("unexpected"), 200)

/** The message to show for anything thrown; `otherwise` when no request failed. */
export const sentenceOf = (error: unknown, otherwise = requestText("failed")): string =>
  error instanceof ApiError ? error.message : otherwise

/** Whether the page's user has an account (app/layout.tsx). */
export const isMember = () => globalThis.document?.documentElement.dataset.member !== undefined

/** The error of a response that is not OK. */
export async function readError(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null)
  const error = isRecord(body) && isRecord(body.error) ? body.error : {}
  if (response.status === 401) {
    // Without cookies the server can't identify anyone, and reloading doesn't help.
    const blocked = globalThis.navigator?.cookieEnabled === false
    const unbegun = blocked ? null : sessionEnd.unbegun()
    const sentence = unbegun ?? requestText(blocked ? "cookiesBlocked" : isMember() ? "signedOut" : "sessionEnded")
    if (unbegun === null) sessionEnd.tell(sentence)
    return new ApiError("auth:required", sentence, 401)
  }
  if (typeof error.code === "string" && typeof error.message === "string")
    return new ApiError(error.code, error.message, response.status, undefined, error)
  const { status } = response
  return new ApiError("server:internal", requestText("status", { status }), status)
}

/** Fetches JSON from a route; `null` for an empty response. Throws `ApiError` with a message for the user. */
export async function api(
  path: string,
  init: { method?: string; body?: unknown; keepalive?: boolean; signal?: AbortSignal } = {},
): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(path, {
      method: init.method ?? "GET",
      keepalive: init.keepalive,
      signal: init.signal,
      ...(init.body === undefined
        ? {}
        : { body: JSON.stringify(init.body), headers: { "content-type": "application/json" } }),
    })
  } catch (cause) {
    throw unreachable(cause)
  }
  serverClock.learn(Date.parse(response.headers.get("date") ?? ""))
  if (!response.ok) throw await readError(response)
  const text = await response.text()
  if (text === "") return null
  try {
    return JSON.parse(text)
  } catch {
    throw unexpected()
  }
}
