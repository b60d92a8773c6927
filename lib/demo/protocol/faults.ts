/**
 * Faults on request, in test mode only: directives in the last question. Several can be combined.
 *
 * `[[fault status=429 body=plain|object|html|empty|numbercode|detail|suspended|lora|scaling|no-room retry-after=1 times=2]]` refuse (`times`: how often before answering)
 * `[[fault delay=2000]]`            ms before the first token
 * `[[fault cut=40]]`                the body ends cleanly after 40 tokens: no finish reason, no `[DONE]`
 * `[[fault reset=40]]`              the body breaks after 40 tokens; over HTTP the socket is destroyed
 * `[[fault silence=20 for=5000]]`   pause for 5 s after 20 tokens
 * `[[fault garbage=10]]`            a line of invalid JSON after 10 tokens
 * `[[fault error=10]]`              an error object that ends the stream after 10 tokens
 * `[[fault finish=content_filter]]` this finish reason
 * `[[fault toolargs=broken]]`       tool arguments of invalid JSON
 * `[[fault tool=NAME]]`             a call of a tool that was not offered
 * `[[fault think=tags]]`            reasoning inside the text, between `<think>` tags
 * `[[fault usage=separate]]`        usage in a chunk of its own
 * `[[fault repeat=20]]`             when asked to continue this answer, repeat its last 20 characters
 * `[[words n=3000 rate=200]]`       w0 w1 w2 … (n of them) at this many tokens per second
 * `[[echo]]`                        the question verbatim
 */
export interface Directives {
  fault: Map<string, string>
  words: { count: number; rate: number | undefined } | null
  echo: boolean
}

/**
 * The newest of several unanswered turns that were sent as one (lib/chat/sound-turns.ts). A turn that starts with a
 * directive is a paragraph of its own, except for an echo.
 */
export function newestTurn(question: string): string {
  const paragraphs = question.split("\n\n")
  const last = paragraphs.findLastIndex((paragraph) => /^\[\[(?:echo\]\]|words |fault )/.test(paragraph))
  if (last < 0) return question
  const newest = paragraphs[last]?.includes("[[echo]]") ? last : Math.min(last + 1, paragraphs.length - 1)
  return paragraphs.slice(newest).join("\n\n")
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
const MAX_COUNTED = 1_000

/** Counts refusals, so that `times=2` refuses twice and then answers. */
export class Refusals {
  private readonly given = new Map<string, number>()

  /** The refusal for a question; null if it is answered. */
  next(fault: Map<string, string>, question: string): Response | null {
    const response = requested(fault)
    const times = Number(fault.get("times") ?? Number.POSITIVE_INFINITY)
    if (!response || times === Number.POSITIVE_INFINITY) return response
    const before = this.given.get(question) ?? 0
    if (before >= times) return null
    this.given.delete(question)
    this.given.set(question, before + 1)
    const [oldest] = this.given.keys()
    if (this.given.size > MAX_COUNTED && oldest !== undefined) this.given.delete(oldest)
    return response
  }
}

/** Messages and codes of refusals that are recognized by them. */
const NAMED: Record<string, { message: string; code: string }> = {
  scaling: { message: "Deployment is scaling up from zero, try again later", code: "DEPLOYMENT_SCALING_UP" },
  "no-room": { message: "No capacity left for spot requests", code: "CAPACITY" },
  suspended: { message: "Account is suspended, possibly due to a failed payment", code: "FAILED_PRECONDITION" },
  lora: { message: "LoRA adapter failed to load", code: "FAILED_PRECONDITION" },
}

/** The refusal that a question asks for; null if it asks for none. */
function requested(fault: Map<string, string>): Response | null {
  const status = Number(fault.get("status"))
  if (!status) return null
  const retryAfter = fault.get("retry-after")
  return refusal(status, fault.get("body"), retryAfter ? { "retry-after": retryAfter } : {})
}

/** A refusal in one of the body formats seen at Fireworks and its proxies. */
export function refusal(status: number, shape = "object", headers: Record<string, string> = {}): Response {
  const message = `Requested fault ${status}`
  const named = NAMED[shape]
  if (named) return Response.json({ error: { ...named, type: "error", param: null } }, { status, headers })
  if (shape === "detail") {
    const detail = [{ loc: ["body", "messages", 0, "content"], msg: message, type: "value_error" }]
    return Response.json({ detail }, { status, headers })
  }
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
