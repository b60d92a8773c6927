/** A numbered event of a log, as JSON. Numbers start at 0 and have no gaps. */
export interface LogEvent {
  seq: number
  json: string
}

/**
 * Live logs: of each one writer and any number of followers, in whichever process. `log.cases.ts` holds for every make.
 * Reading another process's log rejects when it is out of reach; the writer's own goes on there, for the followers in its
 * process, and reaches the others later.
 */
export interface EventLog {
  /** Begins an empty log; the id is nobody else's. */
  open(id: string): Promise<void>
  /**
   * Numbers and keeps the events; followers get those of one call together. Returns the last number when other processes
   * can read them; need not be waited for before the next call. Rejects when there is no open log.
   */
  append(id: string, events: string[]): Promise<number>
  /** Takes the log from its writer, whose appends are refused from now on: another process is about to end it. */
  take(id: string): Promise<void>
  /**
   * The last events, and no more. The log stays readable for a while, for who was reconnecting. Nothing happens where
   * there is no open log.
   */
  end(id: string, last?: string[]): Promise<void>
  /** The events above number `after` (-1: all) that are there now. Null when there is no such log. */
  read(id: string, after: number): Promise<LogEvent[] | null>
  /**
   * Events above number `after`, then new ones until the end or the signal, in batches and as fast as they are taken: who
   * is slow holds up nobody. Null when there is no such log.
   */
  follow(id: string, after: number, signal: AbortSignal): Promise<AsyncIterable<LogEvent[]> | null>
}
