/**
 * Runs before every page (not before the API, which checks for itself and whose bodies would be copied):
 * the content security policy with a fresh nonce, and a guest session for who comes without one.
 */
import { randomBytes } from "node:crypto"
import { type NextRequest, NextResponse } from "next/server"
import { mayBeginGuest } from "@/lib/auth/guests"
import { createToken, needsRenewal, readToken, sessionCookieName, sessionCookieOptions } from "@/lib/auth/token"
import { config as settings } from "@/lib/config"
import { contentSecurityPolicy } from "@/lib/http/csp"

export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = randomBytes(16).toString("base64")
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development")
  const headers = new Headers(request.headers)
  headers.set("x-nonce", nonce)
  headers.set("content-security-policy", policy)

  const token = await tokenToSet(request)
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
  const read = await readToken(request.cookies.get(sessionCookieName())?.value)
  if (read) return needsRenewal(read) ? createToken(read.user) : null
  // Nobody has come yet when a browser only fetches ahead.
  const ahead = request.headers.has("next-router-prefetch") || request.headers.get("sec-purpose")?.includes("prefetch")
  return settings().allowGuests && !ahead && mayBeginGuest(request.headers) ? createToken() : null
}

export const config = {
  matcher: [
    "/((?!api/|_next/static|_next/image|icons/|(?:screenshot\\.png|icon\\.svg|apple-icon\\.png|favicon\\.ico|manifest\\.webmanifest)$).*)",
  ],
}
