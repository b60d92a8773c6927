import type { NextAuthOptions } from "next-auth"
import Credentials from "next-auth/providers/credentials"
import { endSession } from "@/lib/auth/ending"
import { isSameOriginUrl } from "@/lib/auth/inside"
import { createGuestSession, sessionOf } from "@/lib/auth/sessions"
import {
  claimsSchema,
  createToken,
  SESSION_MAX_AGE,
  type SessionClaims,
  sessionCookieName,
  sessionCookieOptions,
} from "@/lib/auth/token"
import { config } from "@/lib/config"
import { issuers, type Profile } from "@/lib/issuers/issuers"
import { logFault, logInfo } from "@/lib/log"
import { type Arrival, arrive } from "@/lib/sign-in/arrive"

declare module "next-auth" {
  interface User {
    /** The new content of the session cookie, for a person who has just signed in. */
    claims?: SessionClaims
    /** The identity according to the issuer. */
    profile?: Profile
  }
}

/**
 * next-auth's settings: guests, and the configured issuers. Passwords have their own routes (lib/accounts/sign-in.ts).
 */
export function authOptions(arrival: Arrival): NextAuthOptions {
  const { authSecret } = config()
  return {
    secret: authSecret,
    session: { strategy: "jwt", maxAge: SESSION_MAX_AGE },
    jwt: {
      // A cookie whose session is no longer valid is ignored; its user's data is looked up.
      decode: async ({ token }) => {
        const session = await sessionOf(token)
        return session && { ...session.claims, guest: session.user.guest, name: session.user.name }
      },
      encode: async ({ token }) => createToken(claimsSchema.parse(token)),
    },
    cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
    providers: [
      Credentials({
        id: "guest",
        name: "Guest",
        credentials: {},
        authorize: async (_credentials, { headers }) => {
          const claims = await createGuestSession(new Headers(headers))
          return claims && { id: claims.sub, claims }
        },
      }),
      ...issuers(),
    ],
    logger: {
      error: (code, metadata) => {
        // A cookie that is no longer valid isn't an error.
        if (code === "JWT_SESSION_ERROR") return
        logFault(`next-auth ${code}`, metadata instanceof Error ? metadata : metadata.error)
      },
      warn: (code) => logInfo(`next-auth: ${code}`),
      debug: () => {},
    },
    callbacks: {
      // True, or a URL that shows what went wrong.
      signIn: async ({ user, account }) => {
        if (account?.type !== "oauth" || !user.profile) return user.claims !== undefined
        const arrived = await arrive({ ...user.profile, provider: account.provider }, arrival)
        if (typeof arrived === "string") return arrived
        user.claims = arrived
        return true
      },
      redirect: ({ url, baseUrl }) => (isSameOriginUrl(url, baseUrl) ? new URL(url, baseUrl).href : baseUrl),
      jwt: ({ token, user }) => ({ ...token, ...user?.claims }),
      session: ({ session, token }) => ({ ...session, user: { id: token.sub, guest: token.guest, name: token.name } }),
    },
    events: {
      signOut: async ({ token }) => {
        const claims = claimsSchema.safeParse(token).data
        if (claims) await endSession(claims.sid, claims.sub)
      },
    },
  }
}
