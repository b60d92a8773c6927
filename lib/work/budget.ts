/** Memory shared by several pools: a task starts once the memory it may use is available. */

/** A pool with waiting tasks. */
export interface Taker {
  /** Starts what it may: it is its turn, or more memory is available. */
  advance(): void
  /** Gives up memory it only keeps for later, because another pool has started a task. */
  shed(): void
}

/** The pools take turns. A pool that needs more than is available blocks those after it until there is enough. */
export class Budget {
  private readonly line: Taker[] = []
  private readonly takers = new Set<Taker>()

  /** `free`: megabytes for all tasks together. */
  constructor(private free: number) {}

  /** Takes `mb` megabytes. False: not yet; `advance` is called when it is the taker's turn. */
  take(taker: Taker, mb: number): boolean {
    const [first = taker] = this.line
    if (first === taker && mb <= this.free) {
      this.leave(taker)
      this.free -= mb
      this.takers.add(taker)
      for (const other of this.takers) if (other !== taker) other.shed()
      return true
    }
    if (!this.line.includes(taker)) this.line.push(taker)
    return false
  }

  /** Gives back `mb` megabytes. */
  give(mb: number): void {
    this.free += mb
    for (let first = this.line[0]; first; ) {
      first.advance()
      // It needs more, and blocks those after it.
      if (this.line[0] === first) return
      first = this.line[0]
    }
  }

  /** It has no more waiting tasks. */
  leave(taker: Taker): void {
    const place = this.line.indexOf(taker)
    if (place >= 0) this.line.splice(place, 1)
  }

  /** Whether another pool is waiting. */
  isWantedBeside(taker: Taker): boolean {
    return this.line.some((one) => one !== taker)
  }
}
