/** How often something may be tried in a minute, counted in this process. */
import { AppError } from "@/lib/http/errors"
import { singleton } from "@/lib/singleton"

const WINDOW_MS = 60_000
/** More different ones at once are nobody's honest doing; then all are counted together. */
const MOST_COUNTED = 5_000

interface Counted {
  since: number
  times: number
}

/** One more attempt at `what`. Throws `limit:reached` beyond `most` in a minute. */
export function countAttempt(what: string, most: number, now = Date.now()): void {
  const counts = singleton("setupAttempts", () => new Map<string, Counted>())
  if (counts.size >= MOST_COUNTED)
    for (const [key, { since }] of counts) if (now - since > WINDOW_MS) counts.delete(key)
  const key = counts.size >= MOST_COUNTED && !counts.has(what) ? "all others" : what
  const found = counts.get(key)
  const current = found && now - found.since <= WINDOW_MS ? found : { since: now, times: 0 }
  current.times++
  counts.set(key, current)
  if (current.times > most) throw new AppError("limit:reached/attempts")
}
