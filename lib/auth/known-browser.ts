/** Browsers that have signed in to an account before, by a signed cookie: who guesses elsewhere doesn't make them wait. */
import { createHash, randomBytes } from "node:crypto"
import { cookieOf, setCookie, signed, unsigned } from "@/lib/auth/signed"

const NAME = "sparkler-known"
const PURPOSE = "known browser"
/** Seconds. */
const MAX_AGE = 400 * 24 * 60 * 60

/** The address is in it as a hash: the cookie tells it to nobody. */
const hashOf = (address: string) => createHash("sha256").update(address).digest("base64url").slice(0, 22)

/** A `set-cookie` header for who has just signed in as this address. */
export const knownCookie = (address: string): string =>
  setCookie(NAME, signed(PURPOSE, `${randomBytes(9).toString("base64url")}:${hashOf(address)}`), { maxAge: MAX_AGE })

/** What names the browser, when it is known to this address's account; else null. */
export function knownBrowser(headers: Headers, address: string): string | null {
  const [name, hash] = unsigned(PURPOSE, cookieOf(headers, NAME))?.split(":") ?? []
  return name && hash === hashOf(address) ? name : null
}
