/** Continue: a second generation of a message that broke off. */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import { totalsOf } from "@/lib/chat/conversations"
import type { ChatRequest } from "@/lib/chat/requests"
import {
  answersAsked,
  ask,
  eventsOf,
  modules,
  never,
  readUntil,
  send,
  setUp,
  started,
  stored,
  textOf,
  user,
} from "@/lib/generation/generation.fixture"

setUp()

const words = (count: number) => Array.from({ length: count }, (_, n) => `w${n}`).join(" ")

async function stopAt(request: ChatRequest, text: string) {
  const { response, answerId } = await send(request)
  await readUntil(response, text)
  await (await modules()).stopConversation(user.id, request.id)
  return answerId
}

async function goOn(conversationId: string, messageId: string, generationId = uuidv7()) {
  const { continueAnswer, followConversation } = await modules()
  await continueAnswer(user, conversationId, { messageId, generationId })
  return eventsOf(await followConversation(user.id, conversationId, [{ after: -1 }], { signal: never }))
}

test.each([0, 20])(
  "a stopped answer continues without repeating itself (the model repeats %i characters)",
  async (n) => {
    const request = ask(`[[fault repeat=${n}]] [[words n=600 rate=100]]`)
    const answerId = await stopAt(request, "w60")
    const [, before] = await stored(request.id)
    expect(textOf(before)).not.toContain("w599")
    const { events, done, text } = await goOn(request.id, answerId)
    expect(done).toBe(true)
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index))
    expect(text).toBe(words(600))
    const [, after] = await stored(request.id)
    expect(textOf(after)).toBe(words(600))
    expect(after?.parts.filter(({ type }) => type === "text")).toHaveLength(1)
    expect(after?.metadata).toMatchObject({ status: "complete", finishReason: "stop" })
    expect(after?.metadata?.usage?.input, "both runs count").toBeGreaterThan(before?.metadata?.usage?.input ?? 0)
    expect(await started.testDb.database.message.count({ where: { conversationId: request.id } })).toBe(2)
  },
)

test("a failed answer can be continued, and may fail again without losing anything", async () => {
  const request = ask("[[fault cut=30]] [[words n=200 rate=50]]")
  const { response, answerId } = await send(request)
  await response?.text()
  expect((await stored(request.id))[1]?.metadata?.status).toBe("failed")
  const before = textOf((await stored(request.id))[1])
  const { config } = await import("@/lib/config")
  config().baseUrl = "http://127.0.0.1:9/inference/v1"
  await goOn(request.id, answerId)
  config().baseUrl = started.server.url
  const [, failed] = await stored(request.id)
  expect(failed?.metadata).toMatchObject({ status: "failed", error: { code: "upstream:unreachable" } })
  expect(textOf(failed)).toBe(before)
  expect((await goOn(request.id, answerId)).text).toBe(words(200))
})

test("ten identical concurrent requests start one generation, and a different one is rejected meanwhile", async () => {
  const { continueAnswer, stopConversation } = await modules()
  const request = ask("[[words n=4000 rate=300]]")
  const messageId = await stopAt(request, "w9")
  const before = started.server.requests.length
  const generationId = uuidv7()
  const again = () => continueAnswer(user, request.id, { messageId, generationId })
  await Promise.all(Array.from({ length: 10 }, again))
  await expect(continueAnswer(user, request.id, { messageId, generationId: uuidv7() })).rejects.toMatchObject({
    status: 409,
  })
  await expect.poll(() => answersAsked(before)).toHaveLength(1)
  await stopConversation(user.id, request.id)
  await again()
  expect(answersAsked(before)).toHaveLength(1)
})

test("an interrupted answer keeps its text when the process dies before the continuation's first token", async () => {
  const { continueAnswer, recoverAbandoned, runtime } = await modules()
  const request = ask("[[words n=600 rate=100]]")
  const messageId = await stopAt(request, "w40")
  const before = textOf((await stored(request.id))[1])
  const generationId = uuidv7()
  // As a killed process leaves it: reopened, with an empty log.
  await started.testDb.database.message.update({ where: { id: messageId }, data: { status: "streaming" } })
  await started.testDb.database.generation.create({
    data: {
      id: generationId,
      messageId,
      conversationId: request.id,
      runningIn: request.id,
      userId: user.id,
      nodeId: "dead",
      leaseUntil: new Date(0),
    },
  })
  await recoverAbandoned()
  const [, answer] = await stored(request.id)
  expect(answer?.metadata?.status).toBe("interrupted")
  expect(textOf(answer)).toBe(before)
  await continueAnswer(user, request.id, { messageId, generationId: uuidv7() })
  await Promise.all([...runtime().running.values()].map(({ done }) => done))
  expect(textOf((await stored(request.id))[1])).toBe(words(600))
})

test.each([
  ["a complete answer", "[[words n=5]]", {}],
  ["structured output", "[[fault cut=2]] John is 30", { output: { type: "json" as const } }],
  ["an answer without a word", "[[fault status=401]]", {}],
])("%s can't be continued", async (_, text, more) => {
  const { continueAnswer } = await modules()
  const request = ask(text, more)
  const { response, answerId } = await send(request)
  await response?.text()
  await expect(continueAnswer(user, request.id, { messageId: answerId, generationId: uuidv7() })).rejects.toMatchObject(
    { code: "message:not_continuable" },
  )
})

test("an answer that already has a reply, or another user's answer, can't be continued", async () => {
  const { continueAnswer } = await modules()
  const request = ask("[[words n=4000 rate=300]]")
  const messageId = await stopAt(request, "w9")
  const stranger = { id: uuidv7(), guest: true, name: null }
  const asked = { messageId, generationId: uuidv7() }
  await expect(continueAnswer(stranger, request.id, asked)).rejects.toMatchObject({ status: 404 })
  await expect(continueAnswer(user, uuidv7(), asked)).rejects.toMatchObject({ status: 404 })
  await (await send(ask("[[words n=3]]", { id: request.id, parentId: messageId }))).response?.text()
  await expect(continueAnswer(user, request.id, asked)).rejects.toMatchObject({ code: "message:not_continuable" })
})

test("a conversation's totals include all answers, even those on other branches", async () => {
  const request = ask("[[words n=50]]")
  await (await send(request)).response?.text()
  await (await send({ ...request, responseId: uuidv7() })).response?.text()
  const totals = await totalsOf(user.id, request.id)
  const [answer] = await started.testDb.database.message.findMany({
    where: { conversationId: request.id, role: "assistant" },
  })
  expect(totals).toMatchObject({ answers: 2, unpriced: 0 })
  expect(totals.usage.output).toBe(100)
  expect(totals.costUsd).toBeGreaterThan(answer?.costUsd ?? 0)
  await expect(totalsOf(uuidv7(), request.id)).rejects.toMatchObject({ status: 404 })
})
