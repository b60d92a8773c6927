/** Reducers for conversations read from the server. Pure. */
import { reuse, withEarlierMessages } from "@/components/base/branches"
import type { EventOf } from "@/components/session/events"
import {
  type Refusal,
  type SessionState,
  shouldApplyView,
  shownOf,
  unfollowedAnswerIds,
  unsent,
} from "@/components/session/state"
import type { ChatMessage } from "@/lib/messages/types"

export const readingEvents = {
  read: (state: SessionState, { view }: EventOf<"read">): SessionState => {
    if (!shouldApplyView(state, view)) return state
    const { siblings, earlier } = view
    const { messages, compared } = shownOf(view)
    const here = new Map(state.compared.map((answer) => [answer.id, answer]))
    const followed = (id: string) => (state.following.includes(id) ? here.get(id) : undefined)
    // Earlier messages may have been loaded while this was in flight.
    const all = withEarlierMessages(state.messages, messages)
    const more = all.length - messages.length
    const next = {
      ...state,
      messages: reuse(state.messages, all),
      compared: reuse(
        state.compared,
        compared.map((answer) => followed(answer.id) ?? answer),
      ),
      siblings: more > 0 ? { ...state.siblings, ...siblings } : siblings,
      earlier: earlier - more,
      queue: unsent(state.queue, all),
      refusal: isTyped(state.refusal, all) ? state.refusal : null,
      broken: false,
    }
    return { ...next, outdated: false, misses: unfollowedAnswerIds(next).length > 0 ? state.misses : 0 }
  },

  earlierRead: (state: SessionState, { view }: EventOf<"earlierRead">): SessionState => ({
    ...state,
    messages: [...view.messages, ...state.messages],
    siblings: { ...view.siblings, ...state.siblings },
    earlier: view.earlier,
  }),

  missedRead: (state: SessionState, { view, questionId }: EventOf<"missedRead">): SessionState => {
    const end = view?.messages.findIndex(({ id }) => id === questionId) ?? -1
    const place = state.messages.findIndex(({ id }) => id === questionId)
    // Otherwise everything is read when the answer has ended.
    if (!view || end < 0) return { ...state, outdated: true }
    if (place < 0) return state
    const before = withEarlierMessages(state.messages.slice(0, place), view.messages.slice(0, end + 1))
    return {
      ...state,
      queue: unsent(state.queue, before),
      messages: [...reuse(state.messages, before), ...state.messages.slice(place + 1)],
      siblings: { ...state.siblings, ...view.siblings },
    }
  },

  removed: (state: SessionState, { messageId }: EventOf<"removed">): SessionState => {
    const gone = state.messages.find(({ id }) => id === messageId)
    if (!gone) return state
    const parentId = gone.metadata?.parentId ?? null
    const messages = state.messages.flatMap((message): ChatMessage[] => {
      if (message === gone) return []
      const { metadata } = message
      return [metadata?.parentId === messageId ? { ...message, metadata: { ...metadata, parentId } } : message]
    })
    return { ...state, messages }
  },

  outdated: (state: SessionState): SessionState => ({ ...state, outdated: true }),
}

/**
 * A refusal that gave typed text back to the user stays until the message exists after all: news from another tab does
 * not clear it.
 */
function isTyped(refusal: Refusal | null, messages: readonly ChatMessage[]): boolean {
  const asked = refusal?.again
  if (asked?.kind === "message") return !messages.some(({ id }) => id === asked.turn.id)
  return asked?.kind === "edit"
}
