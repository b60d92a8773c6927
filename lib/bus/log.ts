/** A numbered event of a log, as JSON. Numbers start at 0 and have no gaps. */
export interface LogEvent {
  seq: number
  json: string
}

/**
 * Live logs: each has one writer and any number of followers, in any process. Every implementation must pass
 * `log.cases.ts`. Reading another process's log rejects if it is unreachable; the writer's own log continues there, for
 * the followers in its process, and reaches the others later.
 */
export interface EventLog {
  /** Creates an empty log; the ID must be unused. */
  open(id: string): Promise<void>
  /**
   * Numbers and stores the events; followers get those of one call together. Resolves with the last number once other
   * processes can read them; the next call need not wait for that. Rejects if there is no open log.
   */
  append(id: string, events: string[]): Promise<number>
  /** Takes the log from its writer, whose further appends are rejected, because another process is about to end it. */
  take(id: string): Promise<void>
  /**
   * Adds the last events and ends the log. It stays readable for a while, for reconnecting followers. Does nothing if
   * there is no open log.
   */
  end(id: string, last?: string[]): Promise<void>
  /** The existing events above number `after` (-1: all). Null if there is no such log. */
  read(id: string, after: number): Promise<LogEvent[] | null>
  /**
   * Events above number `after`, then new ones until the end or until the signal aborts, in batches and as fast as they
   * are consumed: a slow follower blocks nobody. Null if there is no such log.
   */
  follow(id: string, after: number, signal: AbortSignal): Promise<AsyncIterable<LogEvent[]> | null>
}
