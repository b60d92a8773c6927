/** Notifies open pages of changed rows, batched, so that fast rows cause few events. */

/** Milliseconds for which changes are batched. */
const GATHER_MS = 250
/** Maximum rows named in one event; above this, pages reload what they show. */
const MAX_NAMED = 200

export class RowNews {
  private rows = new Set<number>()
  private all = false
  private timer: NodeJS.Timeout | undefined
  private telling = Promise.resolve()

  /** `send`: notifies of these rows; null: many. Never rejects. */
  constructor(private readonly send: (rows: number[] | null) => Promise<void>) {}

  changed(row: number): void {
    this.rows.add(row)
    this.later()
  }

  tellAll(): void {
    this.all = true
    this.later()
  }

  /** Resolves when everything is sent. */
  async end(): Promise<void> {
    this.tell()
    await this.telling
  }

  private later(): void {
    this.timer ??= setTimeout(() => this.tell(), GATHER_MS)
  }

  private tell(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.rows.size === 0 && !this.all) return
    const rows = this.all || this.rows.size > MAX_NAMED ? null : [...this.rows]
    this.rows = new Set()
    this.all = false
    this.telling = this.telling.then(() => this.send(rows))
  }
}
