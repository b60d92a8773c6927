import { type Bucket, take } from "@/lib/throttle/buckets"
import { rateLimitError } from "@/lib/throttle/too-early"

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS

/** Counts one more `what` for `whom`. Throws `limit:reached` if the bucket is empty. */
export async function consumeLimit(what: string, whom: string, bucket: Bucket): Promise<void> {
  const waitMs = await take(what, whom, bucket)
  if (waitMs > 0) throw rateLimitError("limit:reached/attempts", waitMs)
}
