/** Who opens a page: with a session, as a new guest, or led to where people sign in. */
import { beginGuest, noteRenewal, sessionOf, wasMember } from "@/lib/auth/sessions"
import { createToken } from "@/lib/auth/token"
import { operatorSettings } from "@/lib/operator/settings"

export interface Arrival {
  /** A new guest's cookie, or a renewed one. */
  token: string | null
  /** The page is for who is signed in: somebody's session is over, or there has been none. */
  lead: "ended" | "nobody" | null
}

const NOTHING: Arrival = { token: null, lead: null }

/** Pages where nobody begins as a guest: what is shared, and where people sign in. */
const OPEN = /^\/(share|sign-in|sign-up|forgot|reset|invite|verify)(\/|$)/
/** Says by itself what it is for nobody. */
const SETUP = "/setup"

/** What is to be done about the session of a page. `cookie`: the session's. */
export async function arrivalOf(pathname: string, cookie: string | undefined, headers: Headers): Promise<Arrival> {
  if (pathname.startsWith("/share/")) return NOTHING
  const session = await sessionOf(cookie)
  if (session?.isDue) {
    await noteRenewal(session.id, headers)
    return { ...NOTHING, token: await createToken(session.claims) }
  }
  // Nobody has come yet when a browser only fetches ahead.
  const ahead = headers.has("next-router-prefetch") || headers.get("sec-purpose")?.includes("prefetch")
  if (session || ahead || OPEN.test(pathname)) return NOTHING
  // Whose account it was is not to find an empty guest's in its place.
  if (await wasMember(cookie)) return { ...NOTHING, lead: "ended" }
  const begun = await beginGuest(headers)
  if (begun) return { ...NOTHING, token: await createToken(begun) }
  const { guests } = await operatorSettings()
  return { ...NOTHING, lead: guests || pathname === SETUP ? null : "nobody" }
}
