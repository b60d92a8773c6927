/** The next state of a page's conversation. Pure: what has to be done about an event, `session.ts` does. */
import type { EventOf, EventType } from "@/components/session/events"
import { answerEvents } from "@/components/session/reduce-answers"
import { queueEvents } from "@/components/session/reduce-queue"
import { readingEvents } from "@/components/session/reduce-reading"
import { turnEvents } from "@/components/session/reduce-turns"
import type { SessionState } from "@/components/session/state"

type Reducers = { [T in EventType]: (state: SessionState, event: EventOf<T>) => SessionState }

const REDUCERS: Reducers = { ...turnEvents, ...answerEvents, ...readingEvents, ...queueEvents }

/** The same state where the event changes nothing. */
export const reduce = <T extends EventType>(state: SessionState, event: EventOf<T>): SessionState => {
  const next: Reducers[T] = REDUCERS[event.type]
  return next(state, event)
}
