/**
 * How many answers are asked at once: more while the model server keeps up, half as many when it says that it doesn't
 * (additive increase, multiplicative decrease), and none until the moment that it names (`retry-after`).
 */

export interface PaceOptions {
  first: number
  most: number
}

/** Milliseconds of the first wait after a refusal that names none; the next ones are twice as long. */
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000
/** A server that asks for more patience than this is asked again before. */
const LONGEST_ASKED_MS = 120_000

export class Pace {
  private allowed: number
  private until = 0
  private refusals = 0
  private lowered = 0

  constructor(private readonly options: PaceOptions) {
    this.allowed = options.first
  }

  /** Answers that may be asked at once, at least 1. */
  get limit(): number {
    return Math.max(1, Math.floor(this.allowed))
  }

  /** Milliseconds until one may be asked again; 0: now. */
  waitMs(now: number): number {
    return Math.max(0, this.until - now)
  }

  /** One came: a round of as many as may be asked at once makes room for one more. */
  succeeded(): void {
    this.refusals = 0
    this.allowed = Math.min(this.options.most, this.allowed + 1 / this.limit)
  }

  /**
   * The server has no room for one that was asked at `askedAt`. What was asked before the limit was last lowered does not
   * lower it again. `retryAfterMs`: what the server asked for.
   */
  refused(askedAt: number, now: number, retryAfterMs: number | null): void {
    const isNew = askedAt >= this.lowered
    if (isNew) {
      this.allowed = Math.max(1, this.allowed / 2)
      this.lowered = now
      this.refusals++
    }
    const own = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, this.refusals - 1))
    const wait = retryAfterMs === null ? own : Math.min(retryAfterMs, LONGEST_ASKED_MS)
    this.until = Math.max(this.until, now + wait)
  }
}

/** Milliseconds that a `retry-after` asks for: seconds or a date; null when it says nothing. */
export function retryAfterMs(header: string | undefined, now = Date.now()): number | null {
  if (!header) return null
  const seconds = Number(header)
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now
  return Number.isFinite(ms) && ms >= 0 ? ms : null
}
