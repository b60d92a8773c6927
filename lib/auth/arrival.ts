/** How a page request is handled: with a session, as a new guest, or by redirecting to sign-in. */
import { belongsToAccountSession, createGuestSession, recordSessionRenewal, sessionOf } from "@/lib/auth/sessions"
import { createToken } from "@/lib/auth/token"
import { operatorSettings } from "@/lib/operator/settings"

export interface Arrival {
  /** A new guest's cookie, or a renewed one. */
  token: string | null
  /** The page requires a session: the visitor's has ended, or there never was one. */
  lead: "ended" | "nobody" | null
}

const NOTHING: Arrival = { token: null, lead: null }

/** Pages that don't create a guest: shared content, and sign-in pages. */
const OPEN = /^\/(share|sign-in|sign-up|forgot|reset|invite|verify)(\/|$)/
/** Handles visitors without a session itself. */
const SETUP = "/setup"

/** Decides how to handle a page's session. `cookie`: the session's cookie. */
export async function arrivalOf(pathname: string, cookie: string | undefined, headers: Headers): Promise<Arrival> {
  if (pathname.startsWith("/share/")) return NOTHING
  const session = await sessionOf(cookie)
  if (session?.isDue) {
    await recordSessionRenewal(session.id, headers)
    return { ...NOTHING, token: await createToken(session.claims) }
  }
  // A prefetch isn't a visit yet.
  const ahead = headers.has("next-router-prefetch") || headers.get("sec-purpose")?.includes("prefetch")
  if (session || ahead || OPEN.test(pathname)) return NOTHING
  // Someone who had an account must not find an empty guest account instead.
  if (await belongsToAccountSession(cookie)) return { ...NOTHING, lead: "ended" }
  const begun = await createGuestSession(headers)
  if (begun) return { ...NOTHING, token: await createToken(begun) }
  const { guests } = await operatorSettings()
  return { ...NOTHING, lead: guests || pathname === SETUP ? null : "nobody" }
}
