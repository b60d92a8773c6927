/** Holds the state of a page's conversation. */
import { type Readable, Store } from "@/components/base/store"
import type { EventOf, EventType } from "@/components/session/events"
import { reduce } from "@/components/session/reduce"
import type { SessionState } from "@/components/session/state"

export class SessionStore implements Readable<SessionState> {
  private readonly store: Store<SessionState>
  readonly get: () => SessionState
  readonly subscribe: (listener: () => void) => () => void

  /** `onChange` receives the previous state and the type of the event that changed it. */
  constructor(
    initial: SessionState,
    private readonly onChange: (before: SessionState, event: EventType) => void,
  ) {
    this.store = new Store(initial)
    this.get = this.store.get
    this.subscribe = this.store.subscribe
  }

  get state(): SessionState {
    return this.store.get()
  }

  dispatch = <T extends EventType>(event: EventOf<T>): void => {
    const before = this.state
    const next = reduce(before, event)
    if (next === before) return
    this.store.set(next)
    this.onChange(before, event.type)
  }
}
