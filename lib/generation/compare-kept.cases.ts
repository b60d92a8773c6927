/** What happens to the answers of a comparison, on either database. */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import { answersOf, compare, runningIn, sendAll, statuses, viewOf } from "@/lib/generation/compare.fixture"
import {
  ask,
  MODELS,
  modules,
  never,
  newGuest,
  readUntil,
  started,
  stored,
  textOf,
  user,
} from "@/lib/generation/generation.fixture"

export function keptCases(): void {
  test("the conversation continues from the kept answer, the unfinished ones are stopped, and all remain as versions", async () => {
    const { keepAnswer } = await modules()
    const request = compare("[[words n=5000 rate=100]]")
    const { response, answerIds } = await sendAll(request)
    const [, kept = ""] = answerIds
    await readUntil(response, "w5")
    // Looked up among all answers: on a slow machine the kept one may not have started yet.
    const textOfKept = async () => textOf((await viewOf(request.id))?.compared.find(({ id }) => id === kept))
    await expect.poll(textOfKept, { timeout: 60_000 }).not.toBe("")
    const { stopConversation } = await modules()
    await stopConversation(user.id, request.id, kept)
    await keepAnswer(user.id, request.id, kept)
    await keepAnswer(user.id, request.id, kept)
    const view = await viewOf(request.id)
    expect(view?.compared).toEqual([])
    expect(view?.messages.map(({ id }) => id)).toEqual([request.message.id, kept])
    expect(view?.conversation.model).toBe(MODELS[1])
    expect(view?.siblings[kept]?.toSorted()).toEqual([...answerIds].sort())
    expect(await runningIn(request.id)).toBe(0)
    await (await sendAll(ask("[[echo]] on with it", { id: request.id }))).response?.text()
    // A postponed title may be requested in between.
    const asked = started.server.requests.find(({ body }) => JSON.stringify(body)?.includes("on with it"))
    expect(JSON.stringify(asked?.body).match(/"role":"assistant"/g)).toHaveLength(1)
    expect(JSON.stringify(asked?.body)).toContain(textOf(view?.messages[1]))
  })

  test("sending a message after one of the answers settles the comparison implicitly", async () => {
    const { selectBranch } = await modules()
    const request = compare("[[echo]] which?")
    const { response, answerIds } = await sendAll(request)
    const [first = "", , third = ""] = answerIds
    await response?.text()
    await (await sendAll(ask("[[echo]] on", { id: request.id, parentId: third }))).response?.text()
    expect((await viewOf(request.id))?.compared).toEqual([])
    await selectBranch(user.id, request.id, first)
    expect((await viewOf(request.id))?.compared, "it stays decided").toEqual([])
  })

  test("a failed answer, or one without text, can't be kept", async () => {
    const { keepAnswer } = await modules()
    const { database } = started.testDb
    const request = compare("[[echo]] which?")
    const { response, answerIds } = await sendAll(request)
    const [failed = "", empty = "", whole = ""] = answerIds
    await response?.text()
    await database.message.update({ where: { id: failed }, data: { status: "failed" } })
    const thought = [{ type: "reasoning", text: "Hm" }]
    await database.message.update({ where: { id: empty }, data: { status: "stopped", parts: thought } })
    for (const id of [failed, empty])
      await expect(keepAnswer(user.id, request.id, id)).rejects.toMatchObject({ code: "message:not_usable" })
    expect(await statuses(request.id)).toEqual(["failed", "stopped", "complete"])
    await keepAnswer(user.id, request.id, whole)
    expect((await viewOf(request.id))?.compared).toEqual([])
  })

  test("keeping an answer too late changes nothing and stops nothing", async () => {
    const { keepAnswer, stopConversation } = await modules()
    const request = compare("[[echo]] which?", 2)
    const { response, answerIds } = await sendAll(request)
    const [first = "", second = ""] = answerIds
    await response?.text()
    const further = ask("[[words n=5000 rate=100]]", { id: request.id, parentId: second, responseId: uuidv7() })
    const on = await sendAll(further)
    await readUntil(on.response, "w5")
    for (const late of [first, second]) await keepAnswer(user.id, request.id, late)
    expect(await runningIn(request.id)).toBe(1)
    expect((await stored(request.id)).map(({ id }) => id)).toEqual([
      request.message.id,
      second,
      further.message.id,
      further.responseId,
    ])
    await stopConversation(user.id, request.id)
  })

  test("after a crash each answer is interrupted with its own text, and each can be continued alongside the others", async () => {
    const { recoverAbandoned, continueAnswer, stopConversation } = await modules()
    const { database } = started.testDb
    const request = compare("[[words n=5000 rate=100]]")
    const { answerIds } = await sendAll(request)
    await stopConversation(user.id, request.id)
    // What a killed process leaves behind: open generations of another node, their messages unwritten, chunks in the
    // log.
    await database.conversation.update({ where: { id: request.id }, data: { running: 3 } })
    for (const [n, messageId] of answerIds.entries()) {
      const generationId = uuidv7()
      await database.message.update({ where: { id: messageId }, data: { status: "streaming", parts: [] } })
      const row = { conversationId: request.id, userId: user.id, nodeId: "dead", leaseUntil: new Date(0) }
      await database.generation.create({ data: { ...row, id: generationId, messageId, runningIn: messageId } })
      const events = [
        { type: "start", messageId },
        { type: "text-start", id: "t" },
        { type: "text-delta", id: "t", delta: `half of ${n}` },
      ]
      await database.generationChunk.create({ data: { generationId, seq: 0, lastSeq: 2, events } })
    }
    expect(await recoverAbandoned()).toBe(3)
    expect(await statuses(request.id)).toEqual(["interrupted", "interrupted", "interrupted"])
    expect((await viewOf(request.id))?.compared.map(textOf)).toEqual(["half of 0", "half of 1", "half of 2"])
    expect(await runningIn(request.id)).toBe(0)
    for (const messageId of answerIds) await continueAnswer(user, request.id, { messageId, generationId: uuidv7() })
    expect(await runningIn(request.id)).toBe(3)
    await stopConversation(user.id, request.id)
    expect(await statuses(request.id)).toEqual(["stopped", "stopped", "stopped"])
  })

  test("another user's comparison is not found", async () => {
    const { keepAnswer, stopConversation, followConversation } = await modules()
    const stranger = await newGuest()
    const request = compare("[[words n=5000 rate=100]]")
    const { answerIds } = await sendAll(request)
    const [first = ""] = answerIds
    const notFound = { status: 404 }
    await expect(keepAnswer(stranger.id, request.id, first)).rejects.toMatchObject(notFound)
    await expect(sendAll(request, stranger)).rejects.toMatchObject(notFound)
    const theirs = compare("[[echo]] mine", 2)
    await (await sendAll(theirs, stranger)).response?.text()
    await expect(keepAnswer(stranger.id, theirs.id, first)).rejects.toMatchObject(notFound)
    const replacing = { ...ask("x"), id: theirs.id, message: theirs.message, responseId: uuidv7(), replaces: first }
    await expect(sendAll(replacing, stranger)).rejects.toMatchObject({ code: "message:not_compared" })
    const places = answerIds.map((messageId) => ({ messageId, after: -1 }))
    expect(await followConversation(stranger.id, request.id, places, { signal: never, named: true })).toBeNull()
    expect(await followConversation(stranger.id, theirs.id, places, { signal: never, named: true })).toBeNull()
    expect(await stopConversation(stranger.id, request.id, first)).toBe(false)
    expect(await stopConversation(user.id, request.id)).toBe(true)
  })

  test("a late subscriber sees every answer from any event number, in one stream", async () => {
    const { followConversation } = await modules()
    const request = compare("[[words n=200 rate=30]]", 2)
    const { response, answerIds } = await sendAll(request)
    const places = answerIds.map((messageId, index) => ({ messageId, after: index === 0 ? -1 : 4 }))
    const gone = uuidv7()
    const later = await followConversation(user.id, request.id, [...places, { messageId: gone, after: -1 }], {
      signal: never,
      named: true,
    })
    const [whole, part] = await Promise.all([answersOf(response), answersOf(later)])
    const [first = "", second = ""] = answerIds
    expect(part.get(first)).toEqual(whole.get(first))
    expect(part.get(second)?.seqs[0]).toBe(5)
    expect(part.get(gone)).toEqual({ seqs: [], text: "", end: "[GONE]" })
  })
}
