/** What went wrong with a request to our own server, as a sentence for the person. */
export class RequestError extends Error {
  override name = "RequestError"
  /** `surface:reason` of lib/http/errors, or `network:…` when no answer came. */
  readonly code: string
  /** HTTP status; 0 without an answer. */
  readonly status: number

  constructor(code: string, message: string, status = 0) {
    super(message)
    this.code = code
    this.status = status
  }
}

export const unreachable = () =>
  new RequestError("network:unreachable", "Sparkler can't be reached. Check your connection, then try again.")

/** The error of a response that is not ok: our JSON shape, or a plain sentence for anything else (a proxy's page). */
export async function errorOf(response: Response): Promise<RequestError> {
  const body: unknown = await response.json().catch(() => null)
  const error = isRecord(body) && isRecord(body.error) ? body.error : {}
  const code = typeof error.code === "string" ? error.code : `http:${response.status}`
  const message =
    typeof error.message === "string" && error.message
      ? error.message
      : `The server answered with status ${response.status}. Try again in a moment.`
  return new RequestError(code, message, response.status)
}

/** The sentence to show for anything that was thrown. */
export const sentenceOf = (error: unknown): string =>
  error instanceof RequestError ? error.message : "Something went wrong. Try again."

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null
