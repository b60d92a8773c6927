/** Changing a part of an answer: creates a version next to it, whatever happens concurrently. */
import { v7 as uuidv7 } from "uuid"
import { expect, test, vi } from "vitest"
import { compare } from "@/lib/generation/compare.fixture"
import {
  answersAsked,
  ask,
  eventsOf,
  modules,
  newGuest,
  readUntil,
  send,
  setUp,
  started,
  stored,
  textOf,
  user,
} from "@/lib/generation/generation.fixture"
import { changeOf, openChange } from "@/lib/messages/change"

setUp()

const SAID = "[[echo]] Roses are red. Violets are blue, they say. Sugar is sweet."
const OLD = "Violets are blue, they say."

/** A conversation with one answer, and a request to change its second sentence. */
async function answered(wish: string) {
  const first = ask(SAID)
  const { response, answerId } = await send(first)
  await response?.text()
  const change = { of: answerId, text: 0, start: SAID.indexOf(OLD), old: OLD, wish }
  const request = { id: first.id, message: first.message, responseId: uuidv7(), change }
  return { first, answerId, request }
}

const decide = async (conversation: string, message: string, taken: boolean) => {
  const { decideChange } = await import("@/lib/generation/change")
  await decideChange(user.id, conversation, message, taken)
}

test("the model receives the answer, the part, and the request; the new version has the new part, and the old answer is kept", async () => {
  const { first, answerId, request } = await answered("in upper case")
  const before = started.server.requests.length
  const { response } = await send(request)
  const { done } = await eventsOf(response)
  expect(done).toBe(true)
  const body = JSON.stringify(answersAsked(before)[0]?.body)
  expect(body).toContain("Sugar is sweet.")
  expect(body).toContain("How to change it: in upper case")
  expect(body).not.toContain('"tools"')
  const [, version] = await stored(first.id)
  expect(textOf(version)).toBe("[[echo]] Roses are red. VIOLETS ARE BLUE, THEY SAY. Sugar is sweet.")
  expect(openChange(version?.parts ?? [])).toMatchObject({ of: answerId, old: OLD, wish: "in upper case" })
  expect(version?.metadata).toMatchObject({ status: "complete", model: expect.any(String), usage: expect.anything() })
  const { viewConversation } = await modules()
  expect((await viewConversation(user.id, first.id))?.siblings[request.responseId]).toEqual([
    answerId,
    request.responseId,
  ])
  await decide(first.id, request.responseId, true)
  await decide(first.id, request.responseId, false)
  const [, taken] = await stored(first.id)
  expect(textOf(taken), "what is decided stays so").toContain("VIOLETS")
  expect(openChange(taken?.parts ?? [])).toBeNull()
})

test("discarding removes the version and shows the original answer again", async () => {
  const { first, answerId, request } = await answered("shorter")
  await (await send(request)).response?.text()
  await decide(first.id, request.responseId, false)
  const [, shown] = await stored(first.id)
  expect(shown?.id).toBe(answerId)
  expect(textOf(shown)).toBe(SAID)
  const { viewConversation } = await modules()
  expect((await viewConversation(user.id, first.id))?.siblings).toEqual({})
  const { conversation } = {
    conversation: await started.testDb.database.conversation.findUnique({ where: { id: first.id } }),
  }
  expect(conversation).toMatchObject({ activeLeafId: answerId, running: 0 })
})

test("when stopped or failed, the answer is unchanged, the partial text is kept, and it can't be accepted", async () => {
  const { first, request } = await answered("[[words n=5000 rate=300]]")
  const { response } = await send(request)
  await readUntil(response, "w30")
  await (await modules()).stopConversation(user.id, first.id)
  const [, stopped] = await stored(first.id)
  expect(stopped?.metadata?.status).toBe("stopped")
  expect(textOf(stopped)).toBe(SAID)
  expect(changeOf(stopped?.parts ?? [])?.begun).toContain("w3")
  await expect(decide(first.id, request.responseId, true)).rejects.toMatchObject({ code: "message:not_changeable" })

  const failing = await answered("[[fault status=400]]")
  await (await send(failing.request)).response?.text()
  const [, failed] = await stored(failing.first.id)
  expect(failed?.metadata?.status).toBe("failed")
  expect(textOf(failed)).toBe(SAID)
  await decide(failing.first.id, failing.request.responseId, false)
  expect((await stored(failing.first.id))[1]?.id).toBe(failing.answerId)
})

test("after a crash the answer is intact", async () => {
  const { first, request } = await answered("[[words n=5000 rate=300]]")
  const { response } = await send(request)
  await readUntil(response, "w30")
  const { checkpoints, closeAbandoned, runtime } = { ...(await modules()) }
  await checkpoints().flush()
  const [running] = await started.testDb.database.generation.findMany({ where: { messageId: request.responseId } })
  if (!running) throw new Error("it does not run")
  runtime().running.get(running.id)?.abort("lost")
  await closeAbandoned(running)
  const [, recovered] = await stored(first.id)
  expect(recovered?.metadata?.status).toBe("interrupted")
  expect(textOf(recovered)).toBe(SAID)
  expect(changeOf(recovered?.parts ?? [])).toMatchObject({ state: "open", old: OLD })
})

test("an answer that differs from what the user saw, or another user's answer, is not changed", async () => {
  const { first, answerId, request } = await answered("shorter")
  const refused = async (change: object) => {
    const attempt = send({ ...request, responseId: uuidv7(), change: { ...request.change, ...change } })
    return attempt.then(
      () => null,
      (error: { code?: string }) => error.code,
    )
  }
  expect(await refused({ start: 3 })).toBe("message:not_changeable")
  expect(await refused({ text: 4 })).toBe("message:not_changeable")
  expect(await refused({ of: first.message.id })).toBe("conversation:not_found")
  expect(await refused({ of: uuidv7() })).toBe("conversation:not_found")
  const other = await newGuest()
  const theirs = ask("[[echo]] mine")
  await (await send(theirs, other)).response?.text()
  await expect(send({ ...theirs, responseId: uuidv7(), change: request.change }, other)).rejects.toMatchObject({
    code: "conversation:not_found",
  })
  const { decideChange } = await import("@/lib/generation/change")
  await expect(decideChange(other.id, first.id, answerId, false)).rejects.toMatchObject({
    code: "conversation:not_found",
  })
})

test("an answer still in a comparison is not changed", async () => {
  const request = compare("[[echo]] Roses are red.", 2)
  await (await send(request)).response?.text()
  const [of = ""] = request.compare.map(({ responseId }) => responseId)
  const running = () =>
    started.testDb.database.generation.count({ where: { conversationId: request.id, endedAt: null } })
  await vi.waitFor(async () => expect(await running()).toBe(0), { timeout: 60_000 })
  const change = { of, text: 0, start: 9, old: "Roses", wish: "shorter" }
  await expect(send({ id: request.id, message: request.message, responseId: uuidv7(), change })).rejects.toMatchObject({
    code: "message:not_changeable",
  })
})

test("repeating the same request creates no second version", async () => {
  const { first, request } = await answered("shorter")
  await Promise.all([send(request), send(request), send(request)].map(async (sent) => (await sent).response?.text()))
  expect(await started.testDb.database.message.count({ where: { conversationId: first.id } })).toBe(3)
})

test("knowing the ids of another user's answer reveals none of its text", async () => {
  const { request } = await answered("shorter")
  const stranger = await newGuest()
  const guessed = { ...request, change: { ...request.change, old: "Violets are blue, they lie." } }
  for (const asked of [request, guessed])
    await expect(send(asked, stranger)).rejects.toMatchObject({ code: "conversation:not_found" })
})
