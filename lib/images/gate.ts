/** Lets work through side by side, or one piece of it alone. Who wants to be alone comes before those that come later. */
export class Gate {
  private running = 0
  private lonely = false
  private readonly waiting: { alone: boolean; go: () => void }[] = []

  /** Beside others of the same. */
  beside<T>(work: () => Promise<T>): Promise<T> {
    return this.pass(false, work)
  }

  /** While nothing else runs. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.pass(true, work)
  }

  private async pass<T>(alone: boolean, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((go) => {
      this.waiting.push({ alone, go })
      this.advance()
    })
    try {
      return await work()
    } finally {
      this.running--
      this.lonely = false
      this.advance()
    }
  }

  private advance(): void {
    for (let next = this.waiting[0]; next; next = this.waiting[0]) {
      if (this.lonely || (next.alone && this.running > 0)) return
      this.waiting.shift()
      this.running++
      this.lonely = next.alone
      next.go()
    }
  }
}
