/** A fair queue for a worker: people take turns, however much each has requested. */

interface Waiting {
  person: string
}

export class FairQueue<T extends Waiting> {
  /** In the order of their turns. */
  private readonly byPerson = new Map<string, T[]>()
  size = 0

  /** How many of this person's items are waiting. */
  waitingFor(person: string): number {
    return this.byPerson.get(person)?.length ?? 0
  }

  push(job: T): void {
    const own = this.byPerson.get(job.person)
    if (own) own.push(job)
    else this.byPerson.set(job.person, [job])
    this.size++
  }

  /** Puts back what was just taken, as the next item. */
  putBack(job: T): void {
    const others = [...this.byPerson]
    this.byPerson.clear()
    this.byPerson.set(job.person, [job])
    for (const [person, jobs] of others) this.byPerson.set(person, person === job.person ? [job, ...jobs] : jobs)
    this.size++
  }

  /** Removes an item; false if it isn't waiting. */
  remove(job: T): boolean {
    const jobs = this.byPerson.get(job.person)
    const place = jobs?.indexOf(job) ?? -1
    if (!jobs || place < 0) return false
    jobs.splice(place, 1)
    if (jobs.length === 0) this.byPerson.delete(job.person)
    this.size--
    return true
  }

  /** The next item of a person that satisfies `may`; that person then goes to the end of the line. */
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
