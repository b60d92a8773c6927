/**
 * How often a person may do what costs, in a minute. Counted by account, so that people behind one address don't hold each
 * other up; in this process, for which there is nothing to remember after a restart.
 */
import { AppError, type ErrorKey } from "@/lib/http/errors"
import { type OperatorSettings, operatorSettings } from "@/lib/operator/settings"
import { waitOf } from "@/lib/quota/waits"
import { singleton } from "@/lib/singleton"

const OF = {
  messages: { setting: "messagesPerMinute", error: "limit:reached/messages" },
  uploads: { setting: "uploadsPerMinute", error: "limit:reached/uploads" },
  searches: { setting: "searchesPerMinute", error: "limit:reached/searches" },
} as const satisfies Record<string, { setting: keyof OperatorSettings; error: ErrorKey }>

export type Limited = keyof typeof OF

const MINUTE_MS = 60_000
/** People that are remembered of each; who was quiet longest goes first, and has had their minute mostly. */
const MOST_PEOPLE = 20_000

interface Bucket {
  left: number
  at: number
}

/** Takes one of what a person may do in a minute. Throws `limit:reached`, which says when the next one is free. */
export async function takeRate(userId: string, what: Limited, now = Date.now()): Promise<void> {
  const { setting, error } = OF[what]
  const most = (await operatorSettings())[setting]
  const buckets = singleton("rates", () => new Map<string, Bucket>())
  const key = `${what} ${userId}`
  const { left, at } = buckets.get(key) ?? { left: most, at: now }
  // A clock that is set back takes nothing away.
  const filled = Math.min(most, left + (Math.max(0, now - at) / MINUTE_MS) * most)
  buckets.delete(key)
  buckets.set(key, { left: filled >= 1 ? filled - 1 : filled, at: now })
  for (const oldest of buckets.keys()) {
    if (buckets.size <= MOST_PEOPLE * Object.keys(OF).length) break
    buckets.delete(oldest)
  }
  if (filled >= 1) return
  const retryAfterS = (((1 - filled) / most) * MINUTE_MS) / 1_000
  throw new AppError(error, { values: { wait: waitOf(retryAfterS) }, retryAfterS })
}
