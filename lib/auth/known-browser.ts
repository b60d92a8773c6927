/**
 * Recognizes browsers that have signed in to an account before, by a signed cookie: guessing elsewhere doesn't delay
 * them.
 */
import { createHash, randomBytes } from "node:crypto"
import { cookieOf, setCookie, signed, unsigned } from "@/lib/auth/signed"

const NAME = "sparkler-known"
const PURPOSE = "known browser"
/** In seconds. */
const MAX_AGE = 400 * 24 * 60 * 60

/** The address is hashed, so that the cookie doesn't reveal it. */
const hashOf = (address: string) => createHash("sha256").update(address).digest("base64url").slice(0, 22)

/** A `set-cookie` header after a sign-in with this address. */
export const knownBrowserCookie = (address: string): string =>
  setCookie(NAME, signed(PURPOSE, `${randomBytes(9).toString("base64url")}:${hashOf(address)}`), { maxAge: MAX_AGE })

/** An identifier of the browser if it is known for this address's account, else null. */
export function knownBrowser(headers: Headers, address: string): string | null {
  const [name, hash] = unsigned(PURPOSE, cookieOf(headers, NAME))?.split(":") ?? []
  return name && hash === hashOf(address) ? name : null
}
