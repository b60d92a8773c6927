/**
 * Faults on request, in test mode only: directives in the last question. Several may stand together.
 *
 * `[[fault status=429 body=plain|object|html|empty|numbercode retry-after=1 times=2]]` refuse (`times`: so often, then answer)
 * `[[fault delay=2000]]`            ms before the first token
 * `[[fault cut=40]]`                the body ends cleanly after 40 tokens: no finish reason, no `[DONE]`
 * `[[fault reset=40]]`              the body breaks after 40 tokens; over HTTP the socket is destroyed
 * `[[fault silence=20 for=5000]]`   say nothing for 5 s after 20 tokens
 * `[[fault garbage=10]]`            a line that is no JSON after 10 tokens
 * `[[fault error=10]]`              an error object inside the stream after 10 tokens, with which it ends
 * `[[fault finish=content_filter]]` that finish reason
 * `[[fault toolargs=broken]]`       tool arguments that are no JSON
 * `[[fault tool=NAME]]`             a call of a tool that was not offered
 * `[[fault think=tags]]`            thinking inside the text, between `<think>` tags
 * `[[fault usage=separate]]`        usage in a chunk of its own
 * `[[fault repeat=20]]`             when asked to go on with this answer, repeat its last 20 characters
 * `[[words n=3000 rate=200]]`       w0 w1 w2 … (n of them) at that many tokens a second
 * `[[echo]]`                        the question back to the letter
 */
export interface Directives {
  fault: Map<string, string>
  words: { count: number; rate: number | undefined } | null
  echo: boolean
}

export function readDirectives(question: string): Directives {
  const fault = new Map<string, string>()
  for (const [, body = ""] of question.matchAll(/\[\[fault ([^\]]*)\]\]/g))
    for (const pair of body.trim().split(/\s+/)) {
      const [key = "", value = ""] = pair.split("=")
      fault.set(key, value)
    }
  const [, count, rate] = /\[\[words n=(\d+)(?: rate=(\d+))?\]\]/.exec(question) ?? []
  return {
    fault,
    words: count ? { count: Number(count), rate: rate ? Number(rate) : undefined } : null,
    echo: question.includes("[[echo]]"),
  }
}

export const NO_DIRECTIVES: Directives = { fault: new Map(), words: null, echo: false }

/** Questions whose refusals are counted. */
const MOST_COUNTED = 1_000

/** Counts refusals, so that `times=2` refuses twice and then answers. */
export class Refusals {
  private readonly given = new Map<string, number>()

  /** The refusal that a question gets now; null when it is answered. */
  next(fault: Map<string, string>, question: string): Response | null {
    const response = refusal(fault)
    const times = Number(fault.get("times") ?? Number.POSITIVE_INFINITY)
    if (!response || times === Number.POSITIVE_INFINITY) return response
    const before = this.given.get(question) ?? 0
    if (before >= times) return null
    this.given.delete(question)
    this.given.set(question, before + 1)
    const [oldest] = this.given.keys()
    if (this.given.size > MOST_COUNTED && oldest !== undefined) this.given.delete(oldest)
    return response
  }
}

/** The refusal that was asked for, in one of the body shapes seen at Fireworks and its proxies. */
function refusal(fault: Map<string, string>): Response | null {
  const status = Number(fault.get("status"))
  if (!status) return null
  const message = `Requested fault ${status}`
  const retryAfter = fault.get("retry-after")
  const headers = { ...(retryAfter ? { "retry-after": retryAfter } : {}) }
  const shape = fault.get("body") ?? "object"
  if (shape === "empty") return new Response(null, { status, headers })
  if (shape === "html")
    return new Response(`<html><body><h1>${status}</h1></body></html>`, {
      status,
      headers: { ...headers, "content-type": "text/html" },
    })
  const body =
    shape === "plain"
      ? { error: message }
      : shape === "numbercode"
        ? { error: { message, type: "error", param: null, code: status } }
        : { error: { object: "error", type: "invalid_request_error", message } }
  return Response.json(body, { status, headers })
}
