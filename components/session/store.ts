/** Holds the state of a page's conversation, and tells who shows it. */
import type { EventOf, EventType } from "@/components/session/events"
import { reduce } from "@/components/session/reduce"
import type { SessionState } from "@/components/session/state"

/** For `useSyncExternalStore`. */
export class SessionStore {
  private readonly listeners = new Set<() => void>()

  /** `onChange` is told before those who show it. */
  constructor(
    private current: SessionState,
    private readonly onChange: (before: SessionState, event: EventType) => void,
  ) {}

  get state(): SessionState {
    return this.current
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  snapshot = (): SessionState => this.current

  dispatch = <T extends EventType>(event: EventOf<T>): void => {
    const before = this.current
    this.current = reduce(before, event)
    if (this.current === before) return
    this.onChange(before, event.type)
    for (const listener of this.listeners) listener()
  }
}
