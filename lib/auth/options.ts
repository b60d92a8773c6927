import type { NextAuthOptions } from "next-auth"
import Credentials from "next-auth/providers/credentials"
import { v7 as uuidv7 } from "uuid"
import { SESSION_MAX_AGE, sessionCookieName, sessionCookieOptions } from "@/lib/auth/token"
import { config } from "@/lib/config"

/** next-auth's settings: guests today; passwords and OAuth stand beside them in a later part. */
export function authOptions(): NextAuthOptions {
  const { allowGuests, authSecret } = config()
  return {
    secret: authSecret,
    session: { strategy: "jwt", maxAge: SESSION_MAX_AGE },
    cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
    providers: allowGuests
      ? [Credentials({ id: "guest", name: "Guest", credentials: {}, authorize: () => ({ id: uuidv7(), guest: true }) })]
      : [],
    callbacks: {
      jwt: ({ token, user }) => (user ? { ...token, sub: user.id, guest: true } : token),
      session: ({ session, token }) => ({ ...session, user: { id: token.sub, guest: token.guest, name: token.name } }),
    },
  }
}
