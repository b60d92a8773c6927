/** Reducers for a turn: shown immediately, rolled back when the server refuses it. Pure. */
import { messagesBefore, withEarlierMessages, withSibling } from "@/components/base/branches"
import { continuationAnswer, keepableAnswerIds, placeholderAnswer } from "@/components/session/comparison"
import type { EventOf } from "@/components/session/events"
import { type Asked, isAppended, isBusy, type SessionState, type Shown } from "@/components/session/state"
import type { ChatMessage } from "@/lib/messages/types"

export const turnEvents = {
  asked: (state: SessionState, event: EventOf<"asked">): SessionState => {
    const { asked, question, answers } = event
    const { messages, siblings, compared } = state
    return {
      ...state,
      ...shownFor(state, event),
      ...underwayFor(state, asked),
      attempt: {
        asked,
        question,
        answers: answers.map(({ id }) => id),
        before: { messages, siblings, compared },
        accepted: false,
        stopWanted: false,
      },
      stopped: false,
      refusal: null,
      broken: false,
      reopened: null,
    }
  },

  accepted: (state: SessionState): SessionState => {
    const { attempt, messages } = state
    if (!attempt) return state
    const going = attempt.asked.kind === "continue" ? attempt.asked.messageId : null
    return {
      ...state,
      ...arrived,
      attempt: { ...attempt, accepted: true },
      messages: going ? messages.map((message) => (message.id === going ? streaming(message) : message)) : messages,
      refusals: 0,
    }
  },

  refused: (state: SessionState, { code, message, seeing }: EventOf<"refused">): SessionState => {
    const { attempt } = state
    const asked = attempt && !attempt.accepted ? attempt.asked : null
    if (code === "conversation:busy" && asked?.kind === "message") return behindAnother(state, asked)
    // On a network error the server may still have received it.
    const known = code === "network" ? state : { ...state, ...arrived }
    const back = takenBack(known)
    return {
      ...back,
      following: [],
      stopping: false,
      refusal: { code, message, again: asked, ...(seeing && { seeing }) },
      broken: true,
    }
  },

  finished: (state: SessionState): SessionState => ({
    ...takenBack(state),
    following: [],
    stopping: false,
    outdated: false,
  }),

  left: (state: SessionState): SessionState => ({
    ...state,
    attempt: state.attempt?.accepted ? null : state.attempt,
    following: [],
    stopping: false,
  }),

  refusalDismissed: (state: SessionState): SessionState => ({ ...state, refusal: null }),

  stopped: (state: SessionState): SessionState => ({
    ...state,
    stopped: true,
    stopping: true,
    attempt: state.attempt && !state.attempt.accepted ? { ...state.attempt, stopWanted: true } : state.attempt,
  }),

  stopFailed: (state: SessionState): SessionState => ({ ...state, stopped: false, stopping: false }),

  /** A message queued here since the stop is also sent next, even if the answer ended before this event arrived. */
  stopHeard: (state: SessionState, { at }: EventOf<"stopHeard">): SessionState => ({
    ...state,
    stopped: state.stopped || isBusy(state),
    urgent: state.urgent || hasQueuedSince(state, at),
  }),
}

/** Whether a message was queued here at or after this time. */
export const hasQueuedSince = ({ queue, lastWait }: SessionState, at: number): boolean =>
  queue.length > 0 && lastWait >= at

/** The outcome of the last message is known. */
const arrived = { unsure: null, underway: null }

const streaming = (message: ChatMessage): ChatMessage =>
  message.metadata ? { ...message, metadata: { ...message.metadata, status: "streaming" } } : message

/** The branch including the new turn, with a placeholder for each answer when several are compared. */
function shownFor(state: SessionState, { asked, question, answers, blind }: EventOf<"asked">): Shown {
  const { messages, siblings } = beforeQuestion(state, asked, question?.id ?? answers[0]?.id)
  const compared =
    question && answers.length > 1
      ? answers.map(({ id, model }) =>
          placeholderAnswer({ id, model, blind, parentId: question.id, createdAt: question.metadata?.createdAt ?? "" }),
        )
      : []
  const version = asked.kind === "change" || asked.kind === "repair" ? versionOf(state, asked, answers[0]?.id) : null
  const shown = [...messages, ...(question ? [question] : []), ...(version ? [version] : [])]
  return { messages: shown, siblings, compared }
}

/** Kinds that replace a message with another version of it. */
const ANOTHER: ReadonlySet<Asked["kind"]> = new Set(["edit", "again", "change", "repair"])

/** What stays before a question or an answer with this id. */
function beforeQuestion(state: SessionState, asked: Asked, id = ""): Omit<Shown, "compared"> {
  const { messages, siblings } = state
  if (isAppended(asked)) return withBest(state)
  if (!("messageId" in asked) || !ANOTHER.has(asked.kind)) return { messages, siblings }
  const { messageId } = asked
  const old = messages.find((message) => message.id === messageId)
  // An answer that failed before its first word is not an alternative; the server does not count it either.
  const isAlternative = asked.kind === "edit" || old?.metadata?.status !== "failed" || old.parts.length > 0
  return {
    messages: messagesBefore(messages, messageId),
    siblings: isAlternative ? withSibling(siblings, messageId, id) : siblings,
  }
}

/**
 * Shows the existing answer until the first words of the change or repair arrive, so the reader's place does not move.
 */
function versionOf(
  { messages }: SessionState,
  asked: Extract<Asked, { kind: "change" | "repair" }>,
  id = "",
): ChatMessage | null {
  const old = messages.find((message) => message.id === asked.messageId)
  if (!old?.metadata) return null
  const { parentId, model, output, outputCheck, createdAt } = old.metadata
  const parts = old.parts.filter(({ type }) => type !== "data-change" && type !== "data-repair")
  const empty = placeholderAnswer({ id, model, parentId, createdAt })
  if (asked.kind === "repair") {
    const data = { of: old.id, places: outputCheck?.problems.map(({ path }) => path) ?? [], state: "asked" } as const
    const metadata = empty.metadata && { ...empty.metadata, output }
    return { ...empty, metadata, parts: [...parts, { type: "data-repair", id: "repair", data }] }
  }
  const data = { ...asked.change, state: "asked", length: 0 } as const
  return { ...empty, parts: [...parts, { type: "data-change", id: "change", data }] }
}

/** When no compared answer was kept, only the one from `continuationAnswer` stays in the branch. */
function withBest({ messages, siblings, compared }: SessionState): Omit<Shown, "compared"> {
  const kept = continuationAnswer(compared)
  if (!kept) return { messages, siblings }
  const ids = keepableAnswerIds(compared)
  return {
    messages: [...messages, kept],
    siblings: ids.length > 1 ? { ...siblings, [kept.id]: ids } : siblings,
  }
}

function underwayFor({ queue }: SessionState, asked: Asked): Partial<SessionState> {
  if (asked.kind !== "message") return {}
  const { turn, from } = asked
  return from === "composer" ? { unsure: turn } : { queue: queue.filter(({ id }) => id !== turn.id), underway: turn }
}

/** Undoes the page changes of a turn that was not accepted. */
function takenBack(state: SessionState): SessionState {
  const { attempt } = state
  if (!attempt || attempt.accepted) return attempt ? { ...state, attempt: null } : state
  const { asked } = attempt
  const back = withoutAttempt(state)
  if (asked.kind === "edit") return { ...back, reopened: { messageId: asked.messageId, ...asked.edited } }
  return asked.kind === "message" && asked.from === "queue" ? waitingFirst(back, asked) : back
}

/** Another turn came first: queues the message behind it, however its answer ends. */
function behindAnother(state: SessionState, asked: Extract<Asked, { kind: "message" }>): SessionState {
  const back = withoutAttempt(state)
  const waiting = asked.from === "queue" ? waitingFirst(back, asked) : { ...back, queue: [...back.queue, asked.turn] }
  return { ...waiting, following: [], urgent: true, held: true, refusals: state.refusals + 1 }
}

function withoutAttempt(state: SessionState): SessionState {
  const { attempt } = state
  if (!attempt) return state
  const { messages, siblings, compared } = attempt.before
  return { ...state, attempt: null, messages: withEarlierMessages(state.messages, messages), siblings, compared }
}

const waitingFirst = (state: SessionState, { turn }: Extract<Asked, { kind: "message" }>): SessionState => ({
  ...state,
  queue: [turn, ...state.queue.filter(({ id }) => id !== turn.id)],
  underway: state.underway?.id === turn.id ? null : state.underway,
})
