/** The passcode of a link: a few tries, then waits that grow, for who tries and for the link. */
import { networkOf } from "@/lib/auth/guests"
import { config } from "@/lib/config"
import { isHashOf } from "@/lib/hash/hash"
import { AppError } from "@/lib/http/errors"
import { clientAddress } from "@/lib/http/peer"
import { accessTo, type Reader, unlockingCookie } from "@/lib/share/access"
import { forgetTries, noteTry, tooEarly, waitOf } from "@/lib/share/tries"

const MINUTE_MS = 60_000
/** Of one network with one link. */
const OF_NETWORK = { free: 5, firstMs: 5_000, mostMs: 15 * MINUTE_MS }
/** Of everybody with one link: who guesses from many places keeps the others waiting a minute at most. */
const OF_LINK = { free: 50, firstMs: 1_000, mostMs: MINUTE_MS }

const namesOf = (id: string, headers: Headers) => ({
  network: `passcode ${id} ${networkOf(clientAddress(headers, config().trustedProxies))}`,
  link: `passcode ${id}`,
})

/** Milliseconds until a reader from there may try a passcode again. */
export function passcodeWait(id: string, headers: Headers): number {
  const { network, link } = namesOf(id, headers)
  return Math.max(waitOf(network), waitOf(link))
}

/**
 * A `set-cookie` header that opens a link in this browser; null when it is open already. Throws `share:not_found`,
 * `share:passcode` for a wrong one, `limit:reached` before the wait is over.
 */
export async function unlockShare(
  token: string,
  passcode: string,
  { headers, ...reader }: Reader & { headers: Headers },
): Promise<string | null> {
  const access = await accessTo(token, reader)
  if (access.state === "none") throw new AppError("share:not_found")
  if (access.state === "open") return null
  const { share } = access
  const wait = passcodeWait(share.id, headers)
  if (wait > 0) throw tooEarly("limit:reached/passcode", wait)
  const { network, link } = namesOf(share.id, headers)
  noteTry(network, OF_NETWORK)
  noteTry(link, OF_LINK)
  if (!(share.passcodeHash && (await isHashOf(share.passcodeHash, passcode)))) throw new AppError("share:passcode")
  forgetTries(network)
  forgetTries(link)
  return unlockingCookie(share)
}
