/** Reducers for answers as they are streamed: a single one, or several compared. Pure. */
import type { EventOf } from "@/components/session/events"
import type { SessionState } from "@/components/session/state"

export const answerEvents = {
  followed: (state: SessionState, { ids }: EventOf<"followed">): SessionState => ({
    ...state,
    following: [...new Set([...state.following, ...ids])],
    broken: false,
  }),

  grew: (state: SessionState, { answers }: EventOf<"grew">): SessionState => {
    const { messages, compared, following, attempt } = state
    const grown = new Map(answers.filter(({ id }) => following.includes(id)).map((answer) => [answer.id, answer]))
    if (grown.size === 0) return state
    if (compared.length > 0) return { ...state, compared: compared.map((known) => grown.get(known.id) ?? known) }
    const shown = messages.map((known) => grown.get(known.id) ?? known)
    const first = attempt?.answers.map((id) => grown.get(id)).find((answer) => answer !== undefined)
    const isNew = first && !messages.some(({ id }) => id === first.id)
    return { ...state, messages: isNew ? [...shown, first] : shown }
  },

  ended: (state: SessionState, { seen, gone }: EventOf<"ended">): SessionState => {
    const following = state.following.filter((id) => !seen.includes(id) && !gone.includes(id))
    if (gone.length > 0) return { ...state, following, outdated: true, misses: state.misses + 1 }
    return { ...state, following, misses: following.length > 0 ? state.misses : 0 }
  },

  connection: (state: SessionState, { connection }: EventOf<"connection">): SessionState =>
    connection === state.connection ? state : { ...state, connection },

  replaced: (state: SessionState, { messageId, by }: EventOf<"replaced">): SessionState => ({
    ...state,
    compared: state.compared.map((known) => (known.id === messageId ? by : known)),
  }),

  added: (state: SessionState, { answer }: EventOf<"added">): SessionState => ({
    ...state,
    compared: [...state.compared.filter(({ id }) => id !== answer.id), answer],
  }),

  unadded: (state: SessionState, { messageId }: EventOf<"unadded">): SessionState => ({
    ...state,
    compared: state.compared.filter(({ id }) => id !== messageId),
  }),

  comparisonLeft: (state: SessionState): SessionState => ({
    ...state,
    compared: [],
    following: [],
    // An accepted attempt has been answered; one not accepted yet continues.
    attempt: state.attempt?.accepted ? null : state.attempt,
  }),
}
