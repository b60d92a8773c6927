/** States and events for the reducer tests. */
import type { EventOf, ExpectedAnswer, SessionEvent } from "@/components/session/events"
import type { QueuedTurn } from "@/components/session/queue"
import { reduce } from "@/components/session/reduce"
import { message } from "@/components/session/session.fixture"
import { type Asked, initialState, type SessionState } from "@/components/session/state"
import { userMessage } from "@/components/session/turn-message"
import type { ChatMessage, MessageStatus } from "@/lib/messages/types"

export const turn = (id: string, more: Partial<QueuedTurn> = {}): QueuedTurn => ({
  id,
  responseId: `${id}-answer`,
  text: id,
  images: [],
  documents: [],
  files: [],
  output: null,
  ...more,
})

/** Applies all events in order. */
export const play = (state: SessionState, ...events: SessionEvent[]): SessionState => events.reduce(reduce, state)

export const stateOf = (messages: ChatMessage[] = [], more: Partial<SessionState> = {}): SessionState => ({
  ...initialState(null),
  messages,
  ...more,
})

export const answerOf = (
  id: string,
  status: MessageStatus = "complete",
  model?: string,
  parentId = "q1",
): ChatMessage => {
  const { metadata, ...rest } = message(id, "assistant", id, status)
  return { ...rest, metadata: { ...metadata, model, parentId } }
}

/** A question and its complete answer. */
export const whole = [message("q1", "user", "One?"), message("a1", "assistant", "One")]

const question = (id: string) => userMessage([{ type: "text", text: id }], "a1", id)

/** A turn from the composer or the queue; with `models`, each of them is asked. */
export function sent(id: string, from: "composer" | "queue" = "composer", models: string[] = []): EventOf<"asked"> {
  const several: ExpectedAnswer[] = models.map((model) => ({ id: `${id}-${model}`, model }))
  const asked: Asked = { kind: "message", turn: turn(id), from }
  return {
    type: "asked",
    asked,
    question: question(id),
    answers: models.length > 0 ? several : [{ id: `${id}-answer` }],
  }
}

export const edited: EventOf<"asked"> = {
  type: "asked",
  asked: { kind: "edit", messageId: "q1", edited: { text: "Two?", attached: [] } },
  question: question("q2"),
  answers: [{ id: "a2" }],
}

export const again: EventOf<"asked"> = {
  type: "asked",
  asked: { kind: "again", messageId: "a1" },
  question: null,
  answers: [{ id: "a2" }],
}

export const continued: EventOf<"asked"> = {
  type: "asked",
  asked: { kind: "continue", messageId: "a1", generationId: "g" },
  question: null,
  answers: [{ id: "a1" }],
}

export const accepted: SessionEvent = { type: "accepted" }
export const finished: SessionEvent = { type: "finished" }
export const refused = (code: string): SessionEvent => ({ type: "refused", code, message: "No." })
export const followed = (...ids: string[]): SessionEvent => ({ type: "followed", ids })
export const grew = (...answers: ChatMessage[]): SessionEvent => ({ type: "grew", answers })
export const ended = (seen: string[], gone: string[] = []): SessionEvent => ({ type: "ended", seen, gone })
export const idsOf = (messages: { id: string }[]): string[] => messages.map(({ id }) => id)
