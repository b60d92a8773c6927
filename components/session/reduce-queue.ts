/** Reducers for messages queued until an answer ends, in sending order. Pure. */
import type { EventOf } from "@/components/session/events"
import { dueTurn, type SessionState } from "@/components/session/state"

export const queueEvents = {
  waits: (state: SessionState, { turn, at }: EventOf<"waits">): SessionState => ({
    ...state,
    queue: [...state.queue, turn],
    lastWait: at,
    // A user who stops an answer and keeps writing does not intend to wait for a normal end.
    urgent: state.urgent || state.stopped,
  }),

  queueRead: (state: SessionState, { turns }: EventOf<"queueRead">): SessionState => ({
    ...state,
    queue: turns.filter(({ id }) => id !== state.underway?.id),
  }),

  unqueued: (state: SessionState, { id }: EventOf<"unqueued">): SessionState =>
    state.queue.some((turn) => turn.id === id)
      ? { ...state, queue: state.queue.filter((turn) => turn.id !== id) }
      : state,

  steered: (state: SessionState, { id, messageId }: EventOf<"steered">): SessionState => ({
    ...state,
    queue: state.queue.map((turn) => (turn.id === id ? { ...turn, steers: messageId ?? undefined } : turn)),
  }),

  hurried: (state: SessionState, { id }: EventOf<"hurried">): SessionState => {
    const turn = state.queue.find((waiting) => waiting.id === id)
    if (!turn) return state
    return { ...state, queue: [turn, ...state.queue.filter((waiting) => waiting !== turn)], urgent: true }
  },

  released: (state: SessionState): SessionState => ({ ...state, held: false }),

  settled: (state: SessionState): SessionState =>
    state.stopped || dueTurn(state) ? { ...state, stopped: false, urgent: state.urgent && !dueTurn(state) } : state,
}
