/** Requests of the browser to our own routes. */

import { serverClock } from "@/components/base/server-clock"
import { sessionEnd } from "@/components/base/session-end"
import { isRecord } from "@/lib/is-record"

// Guards by hand: a schema library would be the largest part of the empty page.
/** What the server refused, in its own words. */
export class ApiError extends Error {
  override name = "ApiError"
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    cause?: unknown,
  ) {
    super(message, { cause })
  }
}

/** The server understood and refused; trying again changes nothing. */
export const isFinal = (error: unknown): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429

export const UNREACHABLE = "Sparkler can't be reached. Check the connection and try again."

const COOKIES_BLOCKED =
  "Your browser blocks cookies for this site, and Sparkler needs one to know which chats are yours. Allow cookies, then reload the page."

/** Our own server answered with something else than this page knows: the page is of another version. */
export const unexpected = () =>
  new ApiError("server:internal", "The server answered in an unexpected way. Reload the page.", 200)

/** The error of a response that is not ok. */
export async function readError(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null)
  const error = isRecord(body) && isRecord(body.error) ? body.error : {}
  if (response.status === 401) {
    // Without its cookie the server knows nobody, and a reload alone changes nothing.
    const blocked = globalThis.navigator?.cookieEnabled === false
    const unbegun = blocked ? null : sessionEnd.unbegun()
    const sentence = unbegun ?? (blocked ? COOKIES_BLOCKED : "Your session has ended. Reload the page to go on.")
    if (unbegun === null) sessionEnd.tell(sentence)
    return new ApiError("auth:required", sentence, 401)
  }
  if (typeof error.code === "string" && typeof error.message === "string")
    return new ApiError(error.code, error.message, response.status)
  return new ApiError(
    "server:internal",
    `The server answered with status ${response.status}. Try again.`,
    response.status,
  )
}

/** The JSON of a route. Throws `ApiError` with a sentence for the person; `null` for an empty answer. */
export async function api(
  path: string,
  init: { method?: string; body?: unknown; keepalive?: boolean } = {},
): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(path, {
      method: init.method ?? "GET",
      keepalive: init.keepalive,
      ...(init.body === undefined
        ? {}
        : { body: JSON.stringify(init.body), headers: { "content-type": "application/json" } }),
    })
  } catch (cause) {
    throw new ApiError("network", UNREACHABLE, 0, cause)
  }
  serverClock.learn(Date.parse(response.headers.get("date") ?? ""))
  if (!response.ok) throw await readError(response)
  return response.status === 204 || response.status === 202 ? null : response.json()
}
