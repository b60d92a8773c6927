/** Guards next-auth's routes: limits their input, and prevents redirects to other sites. */

import { NextRequest } from "next/server"
import NextAuth from "next-auth"
import { isSameOriginUrl } from "@/lib/auth/inside"
import { config } from "@/lib/config"
import { parse, readText } from "@/lib/http/body"
import { AppError } from "@/lib/http/errors"
import { sentence } from "@/lib/i18n/sentences"
import { issuers } from "@/lib/issuers/issuers"
import { authOptions } from "@/lib/sign-in/options"
import { problemUrl } from "@/lib/sign-in/problem"

export interface AuthContext {
  params: Promise<{ nextauth: string[] }>
}

/** Maximum bytes of a sign-in form. */
const MAX_BYTES = 16_000
const MAX_FIELDS = 50

/** For the pages that next-auth renders: forms, a few styles, nothing else. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** next-auth's own pages, which redirect to ours. */
const PAGES = ["signin", "signout", "error", "verify-request", "new-user"]
/** Allowed actions by method; all others don't exist. */
function actions(): Record<string, string[]> {
  const ids = issuers().map(({ id }) => id)
  return {
    GET: ["csrf", "session", "providers", ...ids.map((id) => `callback/${id}`)],
    POST: ["callback/guest", "signin/guest", "signout", "session", ...ids.map((id) => `signin/${id}`)],
  }
}

/**
 * Responds to a request to `/api/auth/…`. Throws `request:too_large`, `request:invalid`, `request:method`, and
 * `auth:not_found`.
 */
export async function authResponse(request: Request, context: AuthContext): Promise<Response> {
  const { nextauth } = await context.params
  const action = nextauth.join("/")
  if (request.method === "GET" && PAGES.includes(nextauth[0] ?? "")) return toOurPage(request, nextauth[0] ?? "")
  if (!actions()[request.method]?.includes(action)) throw refusal(action)
  if (request.method === "GET" && nextauth[0] === "callback" && wasRefused(request))
    return led(problemUrl(sentence("account:issuer/cancelled")))
  const arrival = { headers: request.headers, cookies: [] }
  const response: Response = await NextAuth(authOptions(arrival))(await cleaned(request), context)
  for (const cookie of arrival.cookies) response.headers.append("set-cookie", cookie)
  if (response.headers.get("content-type")?.includes("html"))
    response.headers.set("content-security-policy", PAGE_POLICY)
  return response
}

/** Relative, so that it stays below the address the person used, even if the server assumes a different one. */
const led = (location: string) => new Response(null, { status: 303, headers: { location } })

/** next-auth also redirects to its pages after an error. */
function toOurPage(request: Request, page: string): Response {
  if (!new URL(request.url).searchParams.has("error"))
    return led(page === "signin" || page === "error" ? "/sign-in" : "/")
  return led(problemUrl(sentence("account:issuer/failed")))
}

/** The person denied access at the issuer. */
const wasRefused = (request: Request) => new URL(request.url).searchParams.get("error") === "access_denied"

/** The action exists for another method, or not at all. */
const refusal = (action: string): AppError =>
  new AppError(Object.values(actions()).some((known) => known.includes(action)) ? "request:method" : "auth:not_found")

/** next-auth responds to an invalid callback cookie with a 500. */
function checkCookies({ headers }: Request): void {
  const kept = /(?:^|;\s*)(?:__Secure-)?next-auth\.callback-url=([^;]*)/.exec(headers.get("cookie") ?? "")?.[1]
  if (kept !== undefined && !isAddress(kept)) throw new AppError("request:invalid/cookie")
}

function isAddress(encoded: string): boolean {
  try {
    return /^https?:$/.test(new URL(decodeURIComponent(encoded), "http://localhost").protocol)
  } catch {
    return false
  }
}

async function cleaned(request: Request): Promise<NextRequest> {
  const here = new URL(config().address).origin
  const url = new URL(request.url)
  checkCookies(request)
  url.search = keepInside(url.searchParams, here).toString()
  const headers = new Headers(request.headers)
  if (request.method !== "POST") return new NextRequest(url, { headers })
  // Query parameters would be passed on to the issuer.
  url.search = ""
  const fields = await fieldsOf(request)
  headers.set("content-type", "application/x-www-form-urlencoded")
  headers.delete("content-length")
  return new NextRequest(url, { method: "POST", headers, body: keepInside(fields, here).toString() })
}

/** The fields of a form, or the string members of a JSON object. */
async function fieldsOf(request: Request): Promise<URLSearchParams> {
  const text = await readText(request, MAX_BYTES)
  if (!request.headers.get("content-type")?.includes("json")) return bounded(new URLSearchParams(text))
  const body = parse(text)
  if (typeof body !== "object" || body === null) return new URLSearchParams()
  const texts = Object.entries(body).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []))
  return bounded(new URLSearchParams(texts))
}

function bounded(fields: URLSearchParams): URLSearchParams {
  if (fields.size > MAX_FIELDS) throw new AppError("request:invalid/fields")
  return fields
}

/**
 * With a `callbackUrl` as an absolute URL of this origin, or without one: next-auth responds to anything else with a
 * 500.
 */
function keepInside(fields: URLSearchParams, here: string): URLSearchParams {
  const callback = fields.get("callbackUrl")
  if (callback === null) return fields
  if (isSameOriginUrl(callback, here)) fields.set("callbackUrl", new URL(callback, here).href)
  else fields.delete("callbackUrl")
  return fields
}
