/**
 * The only way to request a URL that a user or a model chose: a page to read, a link, an MCP server. It connects only
 * to the public internet, at the address that was checked, and within the agreed limits.
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
  /** Cookies and connection-related headers are dropped. */
  headers?: Record<string, string>
  body?: string | Uint8Array
  signal?: AbortSignal
}

export interface Rules {
  /** Also allow `http:`. Default: https only. */
  http?: boolean
  /** Allowed in addition to 443, and 80 for http. */
  ports?: number[]
  /** Maximum size in bytes of the body, decompressed. */
  maxBytes: number
  /** Allowed media types of a response, e.g. `text/html`, `image/*`. Any if omitted. Error pages may have any type. */
  types?: string[]
  /** Milliseconds until a response starts, including redirects. */
  headMs: number
  /** Milliseconds until its body has ended. */
  totalMs: number
  /** Maximum number of redirects to follow. Default 5. */
  redirects?: number
}

const REDIRECTS = 5

/**
 * Requests a URL that someone else chose. The response's `url` is the final one. Rejects with an `AppError`:
 * `fetch:refused` (the URL leads outside the public internet, or breaks the rules), `fetch:failed`, `fetch:timeout`,
 * `fetch:too_large`, `fetch:type`; reading the body can fail with the same; or with the abort reason.
 * The name is resolved once, all its addresses are checked, and the connection goes to one of those. Behind a proxy
 * (`HTTPS_PROXY`) the proxy resolves the name again: what it then reaches is invisible from here, and up to its rules.
 * A name that doesn't resolve here is left to the proxy; one that resolves to an internal address is rejected all the
 * same.
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

/** The request to send to a redirect's target. Nothing meant for one host is sent to another. */
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

/** Headers that don't identify the requester. */
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

/** A manually constructed `Response` has no URL. */
const named = (response: Response, url: URL): Response =>
  Object.defineProperty(response, "url", { value: url.href, enumerable: true })
