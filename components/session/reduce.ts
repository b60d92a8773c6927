/** The next state of a page's conversation. Pure: what has to be done about an event, `session.ts` does. */
import type { EventOf, EventType } from "@/components/session/events"
import { answerEvents } from "@/components/session/reduce-answers"
import { queueEvents } from "@/components/session/reduce-queue"
import { readingEvents } from "@/components/session/reduce-reading"
import { turnEvents } from "@/components/session/reduce-turns"
import type { SessionState } from "@/components/session/state"
import type { ChatMessage } from "@/lib/messages/types"

type Reducers = { [T in EventType]: (state: SessionState, event: EventOf<T>) => SessionState }

const REDUCERS: Reducers = { ...turnEvents, ...answerEvents, ...readingEvents, ...queueEvents }

/** The same state where the event changes nothing. */
export const reduce = <T extends EventType>(state: SessionState, event: EventOf<T>): SessionState => {
  const next: Reducers[T] = REDUCERS[event.type]
  return withoutTold(next(state, event), state)
}

/** What a model was told in the middle of its answer does not wait any more. */
function withoutTold(next: SessionState, before: SessionState): SessionState {
  const { queue, messages } = next
  if (queue.length === 0 || (queue === before.queue && messages === before.messages)) return next
  const told = new Set(messages.flatMap(({ parts }) => parts.flatMap((part) => noteIn(part))))
  const left = queue.filter(({ id }) => !told.has(id))
  if (left.length === queue.length) return next
  // What was hurried may be among it.
  return { ...next, queue: left, urgent: next.urgent && left.length > 0 }
}

const noteIn = (part: ChatMessage["parts"][number]): string[] => (part.type === "data-steer" ? [part.data.id] : [])
