/** Invariants of a conversation after a crash. */
import { expect } from "@playwright/test"
import { z } from "zod"
import type { RecordedRequest } from "@/lib/demo/demo-server"
import type { ChatMessage } from "@/lib/messages/types"
import { newTurn, type Turn, textOf } from "./guest"
import { answerTo, type Talk } from "./load"

const modelRequest = z.looseObject({
  prompt_cache_key: z.string().optional(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
})

/** A crash: its time, and the logged content of the answers it interrupted. */
export interface Crash {
  killedAt: number
  logged: Map<string, string>
}

/**
 * Checks the conversation against what its guest had seen and what was logged at the crash. Returns how many
 * milliseconds before the crash the first lost chunk had arrived; 0 if none was lost.
 */
export async function verifyConversation(talk: Talk, crash: Crash): Promise<number> {
  const messages = await messagesOf(talk)
  const stored = talk.turns.filter((turn) => turn.accepted || messages.some(({ id }) => id === turn.messageId))
  expect(messages.filter(({ role }) => role === "user").map(({ id }) => id)).toEqual(
    stored.map(({ messageId }) => messageId),
  )
  expect(messages).toHaveLength(2 * stored.length)
  let mostLost = 0
  for (const [n, turn] of stored.entries()) {
    const [question, answer] = messages.slice(2 * n)
    if (!question || !answer) throw new Error(`nothing of ${turn.messageId}`)
    expect(textOf(question)).toBe(turn.question)
    expect(answer.metadata?.parentId).toBe(turn.messageId)
    const settled = talk.settled.get(turn.messageId)
    if (settled === undefined) mostLost = Math.max(mostLost, checkAnswer(turn, answer, crash))
    else expect(outcome(answer), "an older answer is unchanged").toBe(settled)
  }
  return mostLost
}

function checkAnswer(turn: Turn, answer: ChatMessage, { killedAt, logged }: Crash): number {
  const whole = answerTo(turn)
  const text = textOf(answer)
  if (turn.finished || answer.metadata?.status === "complete") expect(outcome(answer)).toBe(`complete: ${whole}`)
  else {
    expect(outcome(answer)).toBe(`interrupted: ${logged.get(answer.id) ?? ""}`)
    expect(whole.slice(0, text.length)).toBe(text)
  }
  const firstLost = turn.arrivals.find(({ length }) => length > text.length)
  return firstLost ? Math.max(0, killedAt - firstLost.at) : 0
}

/** Repeats the last POST: it adds a message only if the server had not stored it. */
export async function resendLastPost(talk: Talk): Promise<void> {
  const { guest, id } = talk
  const turn = talk.turns.at(-1)
  if (!turn) return
  const before = await messagesOf(talk)
  const answer = before.find(({ metadata }) => metadata?.parentId === turn.messageId)
  if (answer) {
    const again = newTurn(id, turn.question, turn.messageId)
    await guest.ask(again)
    expect(again.text).toBe(textOf(answer))
    expect(await messagesOf(talk)).toEqual(before)
  } else {
    const response = await guest.post(turn)
    expect(response.status).toBe(200)
    await response.body?.cancel()
    await guest.stop(id)
    expect(await messagesOf(talk)).toHaveLength(before.length + 2)
  }
  turn.accepted = true
}

/** One more turn: it is answered, and the model server receives what is stored. */
export async function nextTurn(talk: Talk, requests: RecordedRequest[]): Promise<void> {
  const before = await messagesOf(talk)
  const turn = newTurn(talk.id, `[[echo]] on with ${talk.id} after ${before.length} messages`)
  talk.turns.push(turn)
  await talk.guest.ask(turn)
  expect(turn.text).toBe(turn.question)
  const shown = before
    .map((message) => ({ role: message.role, content: textOf(message) }))
    .filter(({ content }) => content !== "")
  const asked = requests
    .flatMap(({ body }) => modelRequest.safeParse(body).data ?? [])
    .filter(({ messages }) => String(messages.at(-1)?.content).endsWith(turn.question))
  expect(asked.map(({ messages }) => messages)).toEqual([
    [{ role: "system", content: expect.any(String) }, ...inTurns([...shown, { role: "user", content: turn.question }])],
  ])
}

interface Shown {
  role: string
  content: string
}

/** Unanswered questions are sent as one. */
function inTurns(messages: Shown[]): Shown[] {
  const turns: Shown[] = []
  for (const { role, content } of messages) {
    const last = turns.at(-1)
    if (last?.role === role) last.content += `\n\n${content}`
    else turns.push({ role, content })
  }
  return turns
}

/** Treats the stored state as final. */
export async function settle(talk: Talk): Promise<void> {
  const messages = await messagesOf(talk)
  for (const message of messages)
    if (message.role === "assistant") talk.settled.set(message.metadata?.parentId ?? "", outcome(message))
}

const outcome = (answer: ChatMessage) => `${answer.metadata?.status}: ${textOf(answer)}`

async function messagesOf({ guest, id }: Talk): Promise<ChatMessage[]> {
  return (await guest.view(id))?.messages ?? []
}
