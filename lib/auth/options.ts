import type { NextAuthOptions } from "next-auth"
import Credentials from "next-auth/providers/credentials"
import { v7 as uuidv7 } from "uuid"
import { mayBeginGuest } from "@/lib/auth/guests"
import { isInside } from "@/lib/auth/inside"
import { SESSION_MAX_AGE, sessionCookieName, sessionCookieOptions } from "@/lib/auth/token"
import { config } from "@/lib/config"
import { logFault, logInfo } from "@/lib/log"

/** next-auth's settings: guests today; passwords and OAuth stand beside them in a later part. */
export function authOptions(): NextAuthOptions {
  const { allowGuests, authSecret } = config()
  return {
    secret: authSecret,
    session: { strategy: "jwt", maxAge: SESSION_MAX_AGE },
    cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
    providers: allowGuests
      ? [
          Credentials({
            id: "guest",
            name: "Guest",
            credentials: {},
            authorize: (_credentials, { headers }) =>
              mayBeginGuest(new Headers(headers)) ? { id: uuidv7(), guest: true } : null,
          }),
        ]
      : [],
    logger: {
      error: (code, metadata) => logFault(`next-auth ${code}`, metadata instanceof Error ? metadata : metadata.error),
      warn: (code) => logInfo(`next-auth: ${code}`),
      debug: () => {},
    },
    callbacks: {
      redirect: ({ url, baseUrl }) => (isInside(url, baseUrl) ? new URL(url, baseUrl).href : baseUrl),
      jwt: ({ token, user }) => (user ? { ...token, sub: user.id, guest: true } : token),
      session: ({ session, token }) => ({ ...session, user: { id: token.sub, guest: token.guest, name: token.name } }),
    },
  }
}
