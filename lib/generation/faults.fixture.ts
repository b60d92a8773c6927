/** A model server that misbehaves, one question to it, and the turn after that. */
import { afterAll, afterEach, beforeAll, expect } from "vitest"
import { config } from "@/lib/config"
import { ask, eventsOf, MODEL, send, setUp, stored, textOf } from "@/lib/generation/generation.fixture"
import {
  finish,
  type RawUpstream,
  type Script,
  startRawUpstream,
  stream,
  text,
} from "@/lib/generation/raw-upstream.fixture"

export let upstream: RawUpstream
const limits = { firstTokenMs: 0, silenceMs: 0 }

/** Call once per test file. */
export function setUpFaults(): void {
  setUp()
  beforeAll(async () => {
    upstream = await startRawUpstream(MODEL)
    config().baseUrl = upstream.url
    Object.assign(limits, config().limits)
  })
  afterAll(() => upstream.close())
  afterEach(() => Object.assign(config().limits, limits))
}

/** Asks one question, answered as scripted, and checks whether the next turn of the conversation works. */
export async function live(script: Script, question = "Hello there") {
  upstream.asked = []
  upstream.left = 0
  upstream.script = script
  const request = ask(question)
  const { events, done } = await eventsOf((await send(request)).response)
  const asked = [...upstream.asked]
  const [, answer] = await stored(request.id)
  expect(done).toBe(true)
  const error = events.find(({ chunk: { type } }) => type === "error")?.chunk.errorText
  expect(error).toBe(answer?.metadata?.error?.message)
  // Short limits are for the fault only: on a busy machine nothing would arrive in time.
  Object.assign(config().limits, limits)
  await nextTurnWorks(request.id)
  return { answer, asked, text: textOf(answer), error: answer?.metadata?.error }
}

export async function nextTurnWorks(conversationId: string): Promise<void> {
  upstream.asked = []
  upstream.script = stream(text("and on"), finish())
  const { text: said } = await eventsOf((await send(ask("And now?", { id: conversationId }))).response)
  expect(said).toBe("and on")
  const messages = upstream.asked[0]?.messages ?? []
  const called = messages.flatMap(({ tool_calls: calls = [] }) => calls.map(({ id }) => id))
  const answered = messages.flatMap(({ tool_call_id: id }) => id ?? [])
  expect(answered, "each call has its result").toEqual(called)
  const roles = messages.map(({ role }) => role)
  expect(
    roles.every((role, at) => role !== roles[at - 1] || role === "tool"),
    `in turns: ${roles}`,
  ).toBe(true)
  expect(messages.filter(({ content, tool_calls: calls }) => !content && !calls)).toEqual([])
  expect(messages.at(-1)).toMatchObject({ role: "user", content: expect.stringMatching(/And now\?$/) })
}

/** Shape of the error message shown to a user. */
export const SENTENCE = /^[A-Z][^{}<>]*[.”]$/

export const HELLO = text("Hel") + text("lo 👋 wörld")
export const GIVEN = "Hello 👋 wörld"
