/** What waits for a worker, fairly: the persons take turns, whatever each of them has asked for. */

interface Waiting {
  person: string
}

export class FairQueue<T extends Waiting> {
  /** In the order in which they have their turn. */
  private readonly byPerson = new Map<string, T[]>()
  size = 0

  /** How many things of this person wait. */
  waitingFor(person: string): number {
    return this.byPerson.get(person)?.length ?? 0
  }

  push(job: T): void {
    const own = this.byPerson.get(job.person)
    if (own) own.push(job)
    else this.byPerson.set(job.person, [job])
    this.size++
  }

  /** Puts back what was just taken: it is the next one again. */
  putBack(job: T): void {
    const others = [...this.byPerson]
    this.byPerson.clear()
    this.byPerson.set(job.person, [job])
    for (const [person, jobs] of others) this.byPerson.set(person, person === job.person ? [job, ...jobs] : jobs)
    this.size++
  }

  /** Takes this one out; false when it doesn't wait. */
  remove(job: T): boolean {
    const jobs = this.byPerson.get(job.person)
    const place = jobs?.indexOf(job) ?? -1
    if (!jobs || place < 0) return false
    jobs.splice(place, 1)
    if (jobs.length === 0) this.byPerson.delete(job.person)
    this.size--
    return true
  }

  /** The next one of a person for whom this holds; that person then stands behind all others. */
  take(may: (person: string) => boolean): T | undefined {
    for (const [person, jobs] of this.byPerson) {
      if (!may(person)) continue
      const job = jobs.shift()
      this.byPerson.delete(person)
      if (jobs.length > 0) this.byPerson.set(person, jobs)
      if (job) this.size--
      return job
    }
    return undefined
  }
}
