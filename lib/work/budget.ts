/** Memory that several pools share: a task begins once what it may use is free. */

/** A pool with tasks that wait. */
export interface Taker {
  /** Begins what it may: it is its turn, or there is more room. */
  advance(): void
  /** Gives up what it only keeps for later: another one begins. */
  shed(): void
}

/** The pools take turns. Who needs more than is free holds those behind it up until there is enough. */
export class Budget {
  private readonly line: Taker[] = []
  private readonly takers = new Set<Taker>()

  /** `free`: megabytes of all tasks together. */
  constructor(private free: number) {}

  /** Takes so many megabytes. False: not yet; `advance` is called when it is its turn. */
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

  /** Gives them back. */
  give(mb: number): void {
    this.free += mb
    for (let first = this.line[0]; first; ) {
      first.advance()
      // It waits for more, and the others behind it.
      if (this.line[0] === first) return
      first = this.line[0]
    }
  }

  /** It has nothing that waits any more. */
  leave(taker: Taker): void {
    const place = this.line.indexOf(taker)
    if (place >= 0) this.line.splice(place, 1)
  }

  /** Somebody else waits. */
  isWantedBeside(taker: Taker): boolean {
    return this.line.some((one) => one !== taker)
  }
}
