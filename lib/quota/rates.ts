/**
 * Rate limits per minute for costly actions. Counted by account, so that people behind one address don't block each
 * other.
 */
import type { ErrorKey } from "@/lib/http/errors"
import { type OperatorSettings, operatorSettings } from "@/lib/operator/settings"
import { take } from "@/lib/throttle/buckets"
import { MINUTE_MS } from "@/lib/throttle/count-times"
import { rateLimitError } from "@/lib/throttle/too-early"

const OF = {
  messages: { setting: "messagesPerMinute", error: "limit:reached/messages" },
  uploads: { setting: "uploadsPerMinute", error: "limit:reached/uploads" },
  searches: { setting: "searchesPerMinute", error: "limit:reached/searches" },
} as const satisfies Record<string, { setting: keyof OperatorSettings; error: Extract<ErrorKey, `limit:${string}`> }>

export type Limited = keyof typeof OF

/** Counts one action. Throws `limit:reached`, which says when the next one is allowed. */
export async function consumeRateLimit(userId: string, what: Limited, now = Date.now()): Promise<void> {
  const { setting, error } = OF[what]
  const most = (await operatorSettings())[setting]
  const waitMs = await take(what, userId, { most, perMs: MINUTE_MS }, now)
  if (waitMs > 0) throw rateLimitError(error, waitMs)
}
