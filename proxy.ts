/**
 * Runs before every page (not before the API, which checks for itself and whose bodies would be copied):
 * the content security policy with a fresh nonce, and a guest session for who comes without one.
 */
import { randomBytes } from "node:crypto"
import { type NextRequest, NextResponse } from "next/server"
import { beginGuest, sessionOf } from "@/lib/auth/sessions"
import { createToken, sessionCookieName, sessionCookieOptions } from "@/lib/auth/token"
import { contentSecurityPolicy } from "@/lib/http/csp"
import { logFault } from "@/lib/log"

export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = randomBytes(16).toString("base64")
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development")
  const headers = new Headers(request.headers)
  headers.set("x-nonce", nonce)
  headers.set("content-security-policy", policy)

  const token = await tokenToSet(request).catch((error: unknown) => {
    logFault("sessions", error)
    return null
  })
  const name = sessionCookieName()
  if (token) {
    request.cookies.set(name, token)
    headers.set("cookie", request.cookies.toString())
  }
  const response = NextResponse.next({ request: { headers } })
  response.headers.set("content-security-policy", policy)
  if (token) response.cookies.set(name, token, sessionCookieOptions())
  return response
}

/** A new guest's token, a renewed one, or nothing to do. A shared page is opened without a session. */
async function tokenToSet(request: NextRequest): Promise<string | null> {
  if (request.nextUrl.pathname.startsWith("/share/")) return null
  const session = await sessionOf(request.cookies.get(sessionCookieName())?.value)
  if (session) return session.isDue ? createToken(session.claims) : null
  // Nobody has come yet when a browser only fetches ahead.
  if (request.headers.has("next-router-prefetch") || request.headers.get("sec-purpose")?.includes("prefetch"))
    return null
  const begun = await beginGuest(request.headers)
  return begun && createToken(begun)
}

export const config = {
  matcher: [
    "/((?!api/|_next/static|_next/image|icons/|(?:screenshot\\.png|icon\\.svg|apple-icon\\.png|favicon\\.ico|manifest\\.webmanifest)$).*)",
  ],
}
