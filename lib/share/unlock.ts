/** Passcode attempts for a link: a few are free, then growing delays apply, per network and per link. */
import { networkOf } from "@/lib/auth/guests"
import { config } from "@/lib/config"
import { isHashOf } from "@/lib/hash/hash"
import { AppError } from "@/lib/http/errors"
import { clientAddress } from "@/lib/http/peer"
import { countSignInFailure } from "@/lib/observe/meters"
import { accessTo, type Reader, unlockCookie } from "@/lib/share/access"
import { rateLimitError } from "@/lib/throttle/too-early"
import { type Limit, triesOf } from "@/lib/throttle/tries"

const MINUTE_MS = 60_000
const forgetMs = 360 * MINUTE_MS
/** For one network and one link. */
const OF_NETWORK = { free: 4, firstMs: 5_000, mostMs: 15 * MINUTE_MS, forgetMs }
/** For everyone on one link: an attacker guessing from many networks delays others by a minute at most. */
const OF_LINK = { free: 49, firstMs: 1_000, mostMs: MINUTE_MS, forgetMs }

const passcodes = triesOf("passcodes")

const limitsOf = (id: string, headers: Headers): Limit[] => [
  { name: `${id} ${networkOf(clientAddress(headers, config().trustedProxies))}`, schedule: OF_NETWORK },
  { name: id, schedule: OF_LINK },
]

/** Milliseconds until a reader from this network may try a passcode again. */
export const passcodeWait = (id: string, headers: Headers): Promise<number> => passcodes.waitOf(limitsOf(id, headers))

/**
 * A `set-cookie` header that unlocks a link in this browser; null if it is already unlocked. Throws `share:not_found`,
 * `share:passcode` for a wrong one, `limit:reached` during a delay.
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
  const limits = limitsOf(share.id, headers)
  const { waitMs } = await passcodes.begin(limits)
  if (waitMs > 0) throw rateLimitError("limit:reached/passcode", waitMs)
  if (!(share.passcodeHash && (await isHashOf(share.passcodeHash, passcode)))) {
    countSignInFailure("passcode")
    throw new AppError("share:passcode")
  }
  await passcodes.forget(limits)
  return unlockCookie(share)
}
