/** Readers' reports about a share to the operator. The reporter's identity is not stored. */
import { v7 as uuidv7 } from "uuid"
import { networkOf } from "@/lib/auth/guests"
import { config } from "@/lib/config"
import { createWithinLimit } from "@/lib/db/limits"
import { countOpenReports, createReport } from "@/lib/db/share-people"
import { AppError } from "@/lib/http/errors"
import { clientAddress } from "@/lib/http/peer"
import { accessTo, type Reader } from "@/lib/share/access"
import { rateLimitError } from "@/lib/throttle/too-early"
import { triesOf } from "@/lib/throttle/tries"

/** Maximum number of open reports of one share: more tell the operator nothing new. */
const MAX_OPEN = 20
/** Rate limit per network, regardless of what it reports. */
const PATIENCE = { free: 4, firstMs: 10 * 60_000, mostMs: 24 * 3_600_000, forgetMs: 48 * 3_600_000 }
const reports = triesOf("reports")

/** Reports a share that the reader can open. Throws `share:not_found`, `limit:reached`. */
export async function reportShare(
  token: string,
  reason: string,
  { headers, ...reader }: Reader & { headers: Headers },
): Promise<void> {
  const access = await accessTo(token, reader)
  if (access.state !== "open") throw new AppError("share:not_found")
  const name = networkOf(clientAddress(headers, config().trustedProxies))
  const { waitMs } = await reports.begin([{ name, schedule: PATIENCE }])
  if (waitMs > 0) throw rateLimitError("limit:reached/reports", waitMs)
  const { id, userId } = access.share
  // Beyond the limit, a further report is accepted and discarded.
  await createWithinLimit(userId, {
    most: MAX_OPEN,
    count: (client) => countOpenReports(client, id),
    make: (client) => createReport(client, { id: uuidv7(), shareId: id, reason }),
  })
}
