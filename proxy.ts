/**
 * Runs before every page (not before the API, which checks requests itself and whose bodies would be copied): sets the
 * content security policy with a fresh nonce, and creates a guest session for visitors without one.
 */
import { randomBytes } from "node:crypto"
import { type NextRequest, NextResponse } from "next/server"
import { type Arrival, arrivalOf } from "@/lib/auth/arrival"
import { sessionCookieName, sessionCookieOptions } from "@/lib/auth/token"
import { config as settings } from "@/lib/config"
import { linksOrigin } from "@/lib/config-store"
import { METHOD_HEADER, preferredForm } from "@/lib/http/accept"
import { contentSecurityPolicy } from "@/lib/http/csp"
import { logFault } from "@/lib/log"
import { sandboxOrigin } from "@/lib/sandbox/place"
import { isListed } from "@/lib/share/access"

export async function proxy(request: NextRequest): Promise<NextResponse> {
  const token = /^\/share\/([^/]+)$/.exec(request.nextUrl.pathname)?.[1]
  const form = token === undefined ? "html" : sharedForm(request)
  if (form !== "html") return NextResponse.rewrite(new URL(`/api/shared/${token}`, request.url))
  const nonce = randomBytes(16).toString("base64")
  const sandbox = sandboxOrigin(request.headers.get("host"))
  const policy = contentSecurityPolicy(
    nonce,
    process.env.NODE_ENV === "development",
    sandbox,
    linksOrigin(settings().store),
  )
  const headers = new Headers(request.headers)
  headers.set("x-nonce", nonce)
  // Pages are rendered for HEAD requests too, but can't see the method.
  headers.set(METHOD_HEADER, request.method)
  headers.set("content-security-policy", policy)

  const name = sessionCookieName()
  const cookie = request.cookies.get(name)?.value
  const { token: session, lead } = await arrivalOf(request.nextUrl.pathname, cookie, request.headers).catch(
    (error: unknown): Arrival => {
      logFault("checking the session", error)
      return { token: null, lead: null }
    },
  )
  if (lead) return signInFirst(request, lead)
  if (session) {
    request.cookies.set(name, session)
    headers.set("cookie", request.cookies.toString())
  }
  const response = NextResponse.next({ request: { headers } })
  response.headers.set("content-security-policy", policy)
  if (session) response.cookies.set(name, session, sessionCookieOptions())
  if (token !== undefined) await sharedHeaders(response, token)
  return response
}

/** A shared page is HTML, Markdown, or JSON, depending on the request. */
const sharedForm = ({ method, headers }: NextRequest) =>
  (method === "GET" || method === "HEAD") && !headers.has("rsc") ? preferredForm(headers.get("accept")) : "html"

async function sharedHeaders({ headers }: NextResponse, token: string): Promise<void> {
  const listed = await isListed(token).catch(() => false)
  if (!listed) headers.set("x-robots-tag", "noindex, nofollow, noarchive")
}

/** Redirects to the sign-in page, and from there back. */
function signInFirst(request: NextRequest, lead: "ended" | "nobody"): NextResponse {
  const { pathname, search } = request.nextUrl
  const address = request.nextUrl.clone()
  address.pathname = "/sign-in"
  address.search = `?${new URLSearchParams({ to: pathname + search, ...(lead === "ended" ? { done: "ended" } : {}) })}`
  const response = NextResponse.redirect(address, 303)
  response.cookies.set(sessionCookieName(), "", { ...sessionCookieOptions(), maxAge: 0 })
  return response
}

export const config = {
  matcher: [
    "/((?!api/|_next/static|_next/image|icons/|(?:screenshot\\.png|icon\\.svg|apple-icon\\.png|favicon\\.ico|manifest\\.webmanifest|client-metadata\\.json)$).*)",
  ],
}
