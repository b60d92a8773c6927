/**
 * Connects an issuer to the account that is signed in: a cookie marks the request for the few minutes that it takes.
 */
import { cookieOf, setCookie, signed, unsigned } from "@/lib/auth/signed"

const NAME = "sparkler-connect"
const PURPOSE = "connect"
const PATH = "/api/auth"
/** Seconds. */
const MAX_AGE = 15 * 60

/** A `set-cookie` header: a person who comes back from this issuer with this session wants to connect it. */
export const connectCookie = (sessionId: string, provider: string, now = Date.now()): string =>
  setCookie(NAME, signed(PURPOSE, `${sessionId}:${provider}:${now + MAX_AGE * 1_000}`), { maxAge: MAX_AGE, path: PATH })

export const noConnectCookie = (): string => setCookie(NAME, "", { maxAge: 0, path: PATH })

/** Whether the connection was requested. */
export function isConnectRequested(headers: Headers, sessionId: string, provider: string, now = Date.now()): boolean {
  const [session, asked, until] = unsigned(PURPOSE, cookieOf(headers, NAME))?.split(":") ?? []
  return session === sessionId && asked === provider && Number(until) > now
}
