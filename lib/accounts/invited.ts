/** The invitation this browser has opened: kept in a cookie until an account is created, by any method. */
import { cookieOf, setCookie } from "@/lib/auth/signed"

const NAME = "sparkler-invitation"
/** In seconds. */
const MAX_AGE = 60 * 60

export const invitationCookie = (secret: string): string => setCookie(NAME, secret, { maxAge: MAX_AGE })
export const noInvitationCookie = (): string => setCookie(NAME, "", { maxAge: 0 })

/** The secret of the invitation, or null. */
export function invitationOf(headers: Headers): string | null {
  const secret = cookieOf(headers, NAME)
  return secret && /^[\w-]{20,100}$/.test(secret) ? secret : null
}
