/**
 * The one way to an address that a person or a model chose: a page to read, a link, an MCP server. It leads to the
 * public internet only, to the address that was checked, and takes no more than was agreed.
 */
import { AppError } from "@/lib/http/errors"
import { hostOf } from "@/lib/http/outgoing/addresses"
import { checkedDestination, checkedUrl } from "@/lib/http/outgoing/destination"
import { internet, type Network } from "@/lib/http/outgoing/network"
import { sendTo } from "@/lib/http/outgoing/pinned-request"
import { BODYLESS, decoded, headersOf, isRedirect, NodeResponse } from "@/lib/http/outgoing/response"
import { within } from "@/lib/http/outgoing/within"

export interface GuardedRequest {
  method?: string
  /** Cookies, and headers that are about the connection, are left out. */
  headers?: Record<string, string>
  body?: string | Uint8Array
  signal?: AbortSignal
}

export interface Rules {
  /** `http:` too. Default: https only. */
  http?: boolean
  /** Beside 443, and 80 for http. */
  ports?: number[]
  /** Bytes of the body, decompressed. */
  maxBytes: number
  /** Media types of an answer, e.g. `text/html`, `image/*`. All when left out. An error page may have any. */
  types?: string[]
  /** Milliseconds until an answer begins, redirects included. */
  headMs: number
  /** Milliseconds until its body has ended. */
  totalMs: number
  /** Redirects that are followed. Default 5. */
  redirects?: number
}

const REDIRECTS = 5

/**
 * Asks an address that somebody else chose. The answer's `url` is where it came from. Rejects with an `AppError`:
 * `fetch:refused` (an address that leads elsewhere than to the public internet, or breaks the rules), `fetch:failed`,
 * `fetch:timeout`, `fetch:too_large`, `fetch:type`; while the body is read, with the same; or with what aborted it.
 *
 * The name is resolved once, all its addresses are checked, and the connection goes to one of those. Through a proxy
 * (`HTTPS_PROXY`) the proxy resolves the name again: what it then reaches can't be seen from here, and is for its rules
 * to say. A name that is unknown here is left to the proxy; one that leads inside is refused all the same.
 */
export async function guardedFetch(
  address: string | URL,
  request: GuardedRequest,
  rules: Rules,
  network: Network = internet,
): Promise<Response> {
  const clock = within(rules, request.signal)
  try {
    return await follow(checkedUrl(address, rules), request, rules, { clock, network })
  } catch (error) {
    clock.end()
    throw clock.reasonOf(error)
  }
}

interface Around {
  clock: ReturnType<typeof within>
  network: Network
}

async function follow(
  first: URL,
  request: GuardedRequest,
  rules: Rules,
  { clock, network }: Around,
): Promise<Response> {
  const { method = "GET", headers = {}, body } = request
  let asked = { url: first, method: method.toUpperCase(), headers: cleanHeaders(headers), body }
  for (let redirects = 0; ; redirects++) {
    const { url } = asked
    clock.signal.throwIfAborted()
    const destination = await clock.before(checkedDestination(url, network))
    const incoming = await sendTo(destination, asked, clock.signal, network)
    const status = incoming.statusCode ?? 0
    const { location } = incoming.headers
    if (!isRedirect(status) || location === undefined) return answerOf(url, incoming, rules, clock)
    incoming.destroy()
    if (redirects >= (rules.redirects ?? REDIRECTS))
      throw new AppError("fetch:refused/redirects", { values: { host: url.host } })
    asked = redirected(asked, checkedUrl(location, rules, url), status)
  }
}

type Asked = { url: URL; method: string; headers: Record<string, string>; body: string | Uint8Array | undefined }

/** What is asked of the address that a redirect names. Nothing that was meant for one host goes to another. */
function redirected({ url, method, headers, body }: Asked, next: URL, status: number): Asked {
  const elsewhere = next.origin !== url.origin
  if (url.protocol === "https:" && next.protocol === "http:")
    throw new AppError("fetch:refused/downgraded", { values: { host: url.host } })
  const turnsToGet = status === 303 ? method !== "HEAD" : status < 303 && method === "POST"
  if (turnsToGet) return { url: next, method: "GET", headers: kept(headers, elsewhere, true), body: undefined }
  if (elsewhere && body !== undefined) throw new AppError("fetch:refused/elsewhere", { values: { host: url.host } })
  return { url: next, method, headers: kept(headers, elsewhere, false), body }
}

const kept = (headers: Record<string, string>, elsewhere: boolean, withoutBody: boolean) =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !(elsewhere && !HARMLESS.has(name)) && !(withoutBody && name.startsWith("content-")),
    ),
  )

/** Headers that say nothing of who asks. */
const HARMLESS = new Set(["accept", "accept-language", "user-agent", "content-type"])
const NEVER =
  /^(?:host|cookie|cookie2|referer|origin|connection|keep-alive|te|trailer|transfer-encoding|content-length|expect|upgrade|forwarded|via|accept-encoding|x-forwarded-.*|x-real-ip|proxy-.*|sec-.*)$/

const cleanHeaders = (headers: Record<string, string>): Record<string, string> => ({
  "user-agent": "Sparkler",
  accept: "*/*",
  ...Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), value])
      .filter(([name = ""]) => !NEVER.test(name)),
  ),
  "accept-encoding": "gzip, deflate, br",
})

const ENCODINGS = new Set(["", "identity", "gzip", "x-gzip", "deflate", "br"])

function answerOf(
  url: URL,
  incoming: Parameters<typeof headersOf>[0],
  { maxBytes, types }: Rules,
  clock: Around["clock"],
): Response {
  const status = incoming.statusCode ?? 0
  const refuse = (error: AppError) => {
    incoming.destroy()
    throw error
  }
  const type = incoming.headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? ""
  if (status < 300 && types && !BODYLESS.has(status) && !types.some((allowed) => fits(type, allowed)))
    refuse(new AppError("fetch:type", { values: { host: url.host, type: type || "none" } }))
  if (!ENCODINGS.has(incoming.headers["content-encoding"]?.toLowerCase() ?? ""))
    refuse(new AppError("fetch:type/compressed", { values: { host: url.host } }))
  if (Number(incoming.headers["content-length"] ?? 0) > maxBytes) refuse(tooLarge(url, maxBytes))
  const headers = headersOf(incoming)
  headers.delete("set-cookie")
  const head = { status, statusText: incoming.statusMessage, headers }
  if (BODYLESS.has(status)) {
    incoming.resume()
    clock.end()
    return named(new Response(null, head), url)
  }
  return named(
    new NodeResponse(
      clock.bounded(decoded(incoming), incoming, maxBytes, () => tooLarge(url, maxBytes)),
      head,
    ),
    url,
  )
}

const fits = (type: string, allowed: string) =>
  allowed.endsWith("/*") ? type.startsWith(allowed.slice(0, -1)) : type === allowed

const tooLarge = (url: URL, maxBytes: number) =>
  new AppError("fetch:too_large", { values: { host: hostOf(url), kilobytes: Math.round(maxBytes / 1_000) } })

/** A `Response` that is made by hand has no address of its own. */
const named = (response: Response, url: URL): Response =>
  Object.defineProperty(response, "url", { value: url.href, enumerable: true })
