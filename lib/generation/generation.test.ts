/** Answers end to end, with a real model server over HTTP and a real database. */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import {
  ask,
  eventsOf,
  MODEL,
  metadataOf,
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

test("an answer streams numbered events and is stored in full, with its receipt", async () => {
  const request = ask("[[words n=400]]")
  const { response, answerId } = await send(request)
  const { events, done, text } = await eventsOf(response)
  expect(done).toBe(true)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index))
  expect(events[0]?.chunk).toMatchObject({
    type: "start",
    messageId: answerId,
    messageMetadata: { status: "streaming", parentId: request.message.id },
  })
  const [question, answer] = await stored(request.id)
  expect(textOf(question)).toBe("[[words n=400]]")
  expect(textOf(answer)).toBe(text)
  expect(text).toBe(Array.from({ length: 400 }, (_, n) => `w${n}`).join(" "))
  expect(answer?.metadata).toMatchObject({
    status: "complete",
    finishReason: "stop",
    model: MODEL,
    usage: { input: expect.any(Number), output: expect.any(Number) },
  })
  expect(answer?.metadata?.costUsd).toBeGreaterThan(0)
  expect(metadataOf(events)).toEqual({ ...answer?.metadata })
  expect(await started.testDb.database.generationChunk.count()).toBe(0)
})

test("a client disconnect does not end the answer", async () => {
  const request = ask("[[words n=200 rate=400]]")
  const { response } = await send(request)
  const reader = response?.body?.getReader()
  await reader?.read()
  await reader?.cancel()
  await expect.poll(async () => (await stored(request.id))[1]?.metadata?.status).toBe("complete")
  expect(textOf((await stored(request.id))[1])).toContain("w199")
})

test("a late subscriber sees every event once, from any event number", async () => {
  const { followConversation, stopConversation } = await modules()
  const request = ask("[[words n=5000 rate=200]]")
  const first = await send(request)
  const second = await followConversation(user.id, request.id, [{ after: -1 }], { signal: never })
  const third = await followConversation(user.id, request.id, [{ after: 5, messageId: first.answerId }], {
    signal: never,
  })
  const fourth = await followConversation(user.id, request.id, [{ after: -1 }], { signal: never })
  const all = Promise.all([eventsOf(first.response), eventsOf(second), eventsOf(third)])
  await readUntil(fourth, "w99")
  await stopConversation(user.id, request.id)
  const [a, b, c] = await all
  expect(a.text).toMatch(/^w0 .*w99/)
  expect(b.events).toEqual(a.events)
  expect(c.events).toEqual(a.events.slice(6))
  expect(await followConversation(user.id, request.id, [{ after: -1 }], { signal: never })).toBeNull()
})

test("ten identical concurrent requests create one question and one answer", async () => {
  const request = ask("[[words n=50]]")
  const before = started.server.requests.length
  const texts = await Promise.all(
    Array.from({ length: 10 }, async () => (await eventsOf((await send(request)).response)).text),
  )
  expect(new Set(texts).size).toBe(1)
  expect(await started.testDb.database.message.count({ where: { conversationId: request.id } })).toBe(2)
  const asked = started.server.requests
    .slice(before)
    .filter(
      ({ body }) => JSON.stringify(body).includes("[[words n=50]]") && !JSON.stringify(body).includes("title for this"),
    )
  expect(asked.length).toBe(1)
  const again = await eventsOf((await send(request)).response)
  expect(again.text).toBe(texts[0])
})

test("stop keeps what arrived, closes the upstream stream, and the next turn builds on it", async () => {
  const { stopConversation } = await modules()
  const request = ask("[[words n=5000 rate=200]]")
  const { response, answerId } = await send(request)
  await readUntil(response, "w3")
  expect(await stopConversation(user.id, request.id)).toBe(true)
  await expect.poll(() => started.server.openStreams()).toBe(0)
  const [, answer] = await stored(request.id)
  expect(answer?.metadata?.status).toBe("stopped")
  expect(textOf(answer)).toMatch(/^w0/)
  expect(await stopConversation(user.id, request.id)).toBe(false)
  const next = ask("What did I ask first?", { id: request.id, parentId: answerId })
  const { text } = await eventsOf((await send(next)).response)
  expect(text).toContain("[[words n=5000")
})

test("a new answer id creates a sibling, and a branch can be selected", async () => {
  const { viewConversation, selectBranch } = await modules()
  const request = ask("[[echo]] one")
  const { response, answerId } = await send(request)
  await response?.text()
  const secondId = uuidv7()
  await (await send({ ...request, responseId: secondId })).response?.text()
  expect((await viewConversation(user.id, request.id))?.siblings).toEqual({ [secondId]: [answerId, secondId] })
  await selectBranch(user.id, request.id, answerId)
  expect((await stored(request.id)).map(({ id }) => id)).toEqual([request.message.id, answerId])
})

test("the conversation is busy while an answer is being written", async () => {
  const { stopConversation } = await modules()
  const request = ask("[[words n=5000 rate=100]]")
  await send(request)
  await expect(send(ask("and?", { id: request.id }))).rejects.toMatchObject({ code: "conversation:busy", status: 409 })
  await stopConversation(user.id, request.id)
})

test.each([
  ["401", "upstream:auth", false],
  ["402", "upstream:billing", false],
  ["404", "upstream:model_not_found", false],
  ["413", "upstream:too_large", false],
  ["422", "upstream:bad_request", false],
  ["500", "upstream:server_error", true],
])("upstream status %s becomes %s", async (status, code, retryable) => {
  for (const body of ["object", "plain", "empty", "numbercode"]) {
    const request = ask(`[[fault status=${status} body=${body}]]`)
    const { events } = await eventsOf((await send(request)).response)
    const [, answer] = await stored(request.id)
    expect(answer?.metadata).toMatchObject({ status: "failed", error: { code, retryable } })
    expect(answer?.metadata?.error?.message).toMatch(/^[A-Z].*\.|”$/)
    expect(events.find(({ chunk }) => chunk.type === "error")?.chunk.errorText).toBe(answer?.metadata?.error?.message)
  }
})

test("a request rejected under load is retried before the first token, and eventually answered", async () => {
  const { text } = await eventsOf((await send(ask("[[fault status=429 times=1]] [[echo]]"))).response)
  expect(text).toContain("[[echo]]")
})

test.each([
  ["cut=20", "upstream:cut"],
  ["reset=20", "upstream:cut"],
  ["garbage=20", "upstream:garbage"],
  ["error=20", "upstream:server_error"],
])("a stream with %s fails as %s and keeps what arrived", async (fault, code) => {
  const request = ask(`[[fault ${fault}]] [[words n=100 rate=400]]`)
  await (await send(request)).response?.text()
  const [, answer] = await stored(request.id)
  expect(answer?.metadata).toMatchObject({ status: "failed", error: { code } })
  expect(textOf(answer)).toMatch(/^w0 w1/)
})

test("thinking in tags and thinking in a separate field both become reasoning", async () => {
  const tagged = ask("[[fault think=tags]] What is 2+2?")
  await (await send(tagged)).response?.text()
  const [, first] = await stored(tagged.id)
  expect(first?.parts.some(({ type }) => type === "reasoning")).toBe(true)
  expect(textOf(first)).not.toContain("<think>")
  const beside = ask("What is 2+2?", { settings: { reasoning: "high" } })
  await (await send(beside)).response?.text()
  const [, second] = await stored(beside.id)
  expect(second?.parts.some(({ type }) => type === "reasoning")).toBe(true)
})

test("after a crash the answer is interrupted with its checkpointed content, and the next turn works", async () => {
  const { recoverAbandoned, checkpoints } = await modules()
  const request = ask("[[echo]] before the crash")
  const { response, answerId } = await send(request)
  await response?.text()
  // What a killed process leaves behind: an open generation of another node, its message unwritten, chunks in the log.
  const generationId = uuidv7()
  await started.testDb.database.message.update({ where: { id: answerId }, data: { status: "streaming", parts: [] } })
  await started.testDb.database.generation.create({
    data: {
      id: generationId,
      messageId: answerId,
      conversationId: request.id,
      userId: user.id,
      nodeId: "dead",
      leaseUntil: new Date(0),
    },
  })
  await checkpoints().flush()
  const chunk = (seq: number, lastSeq: number, events: object[]) =>
    started.testDb.database.generationChunk.create({ data: { generationId, seq, lastSeq, events } })
  await chunk(0, 2, [{ type: "start", messageId: answerId }, { type: "start-step" }, { type: "text-start", id: "t" }])
  await chunk(3, 9, [{ type: "text-delta", id: "t", delta: "half an ans" }])
  await chunk(12, 12, [{ type: "text-delta", id: "t", delta: "behind a gap" }])
  expect(await recoverAbandoned()).toBe(1)
  const [, answer] = await stored(request.id)
  expect(answer?.metadata?.status).toBe("interrupted")
  expect(textOf(answer)).toBe("half an ans")
  expect(await started.testDb.database.generationChunk.count()).toBe(0)
  const { text } = await eventsOf((await send(ask("How many messages have I sent?", { id: request.id }))).response)
  expect(text).toContain("2 messages")
})

test("another user's conversation is not found", async () => {
  const {
    followConversation,
    stopConversation,
    viewConversation,
    selectBranch,
    renameConversation,
    deleteConversation,
  } = await modules()
  const stranger = { id: uuidv7(), guest: true, name: null }
  const request = ask("[[echo]] mine")
  const { answerId, response } = await send(request)
  await response?.text()
  const notFound = { status: 404 }
  await expect(send({ ...ask("hi"), id: request.id }, stranger)).rejects.toMatchObject(notFound)
  await expect(send(request, stranger)).rejects.toMatchObject(notFound)
  await expect(send({ ...ask("hi"), message: request.message }, stranger)).rejects.toMatchObject(notFound)
  await expect(send({ ...ask("hi"), responseId: answerId }, stranger)).rejects.toMatchObject(notFound)
  await expect(selectBranch(stranger.id, request.id, answerId)).rejects.toMatchObject(notFound)
  await expect(renameConversation(stranger.id, request.id, "x")).rejects.toMatchObject(notFound)
  await expect(deleteConversation(stranger.id, request.id)).rejects.toMatchObject(notFound)
  expect(await viewConversation(stranger.id, request.id)).toBeNull()
  expect(
    await followConversation(stranger.id, request.id, [{ after: -1, messageId: answerId }], { signal: never }),
  ).toBeNull()
  expect(await stopConversation(stranger.id, request.id)).toBe(false)
})

test.each([
  ["  \n ", "message:empty"],
  ["x".repeat(400_001), "message:too_long"],
])("an invalid message is rejected with a reason: %#", async (text, code) => {
  const request = ask(text)
  await expect(send(request)).rejects.toMatchObject({ code })
  expect(await stored(request.id)).toEqual([])
})

test("text files count toward the message length limit, and at most thirty are allowed", async () => {
  const file = (text: string) => ({
    type: "data-text-file" as const,
    data: { name: "a.log", mediaType: "text/plain", text },
  })
  const withFiles = (files: ReturnType<typeof file>[]) => {
    const request = ask("read")
    return { ...request, message: { ...request.message, parts: [...files, ...request.message.parts] } }
  }
  const tooLong = withFiles([file("x".repeat(399_997))])
  await expect(send(tooLong)).rejects.toMatchObject({
    code: "message:too_long",
    message: expect.stringContaining("with its files has 400,001 characters"),
  })
  await expect(send(withFiles(Array.from({ length: 31 }, () => file("x"))))).rejects.toMatchObject({
    code: "file:too_many",
  })
  const fits = withFiles([file("a kumquat")])
  await (await send(fits)).response?.text()
  const [question, answer] = await stored(fits.id)
  expect(question?.parts[0]).toEqual(file("a kumquat"))
  expect(textOf(answer)).toContain("kumquat")
})

test("an unknown model and an invalid schema are rejected before anything is stored", async () => {
  await expect(send(ask("hi", { model: "two words" }))).rejects.toMatchObject({ code: "model:unknown" })
  await expect(
    send(ask("hi", { output: { type: "json_schema", name: "x", schema: { type: "nonsense" } } })),
  ).rejects.toMatchObject({ code: "output:schema_invalid" })
})

test("a structured answer is validated against its schema", async () => {
  const schema = {
    type: "object",
    properties: { name: { type: "string" }, age: { type: "number" } },
    required: ["name", "age"],
  }
  const request = ask("John is 30 years old", { output: { type: "json_schema", name: "person", schema } })
  await (await send(request)).response?.text()
  const [, answer] = await stored(request.id)
  expect(JSON.parse(textOf(answer))).toEqual({ name: "John", age: 30 })
  expect(answer?.metadata?.outputCheck).toEqual({ valid: true, problems: [] })
})

test("the first answer titles the conversation, but a title set by the user is kept", async () => {
  const { viewConversation, renameConversation } = await modules()
  const request = ask("Tell me of lighthouses and their keepers")
  await (await send(request)).response?.text()
  const titleOf = async () => (await viewConversation(user.id, request.id))?.conversation.title
  // Titles wait while the process is busy with answers.
  await expect.poll(titleOf, { timeout: 60_000 }).toBe("Of lighthouses and their keepers")
  await renameConversation(user.id, request.id, "Mine")
  await (await send(ask("And of sailors?", { id: request.id }))).response?.text()
  expect(await titleOf()).toBe("Mine")
})
