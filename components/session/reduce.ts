/** The next state of a page's conversation. Pure; `session.ts` performs the side effects. */
import type { EventOf, EventType } from "@/components/session/events"
import { answerEvents } from "@/components/session/reduce-answers"
import { queueEvents } from "@/components/session/reduce-queue"
import { readingEvents } from "@/components/session/reduce-reading"
import { turnEvents } from "@/components/session/reduce-turns"
import type { SessionState } from "@/components/session/state"
import type { ChatMessage } from "@/lib/messages/types"

type Reducers = { [T in EventType]: (state: SessionState, event: EventOf<T>) => SessionState }

const REDUCERS: Reducers = { ...turnEvents, ...answerEvents, ...readingEvents, ...queueEvents }

/** Returns the same state object when the event changes nothing. */
export const reduce = <T extends EventType>(state: SessionState, event: EventOf<T>): SessionState => {
  const next: Reducers[T] = REDUCERS[event.type]
  return withoutTold(next(state, event), state)
}

/** Removes messages from the queue that the model received mid-answer. */
function withoutTold(next: SessionState, before: SessionState): SessionState {
  const { queue, messages } = next
  if (queue.length === 0 || (queue === before.queue && messages === before.messages)) return next
  const told = new Set(messages.flatMap(({ parts }) => parts.flatMap((part) => noteIn(part))))
  const left = queue.filter(({ id }) => !told.has(id))
  if (left.length === queue.length) return next
  // The hurried message may be one of them.
  return { ...next, queue: left, urgent: next.urgent && left.length > 0 }
}

const noteIn = (part: ChatMessage["parts"][number]): string[] => (part.type === "data-steer" ? [part.data.id] : [])
