/** What comparing models has to do, on whichever database: `compare.test.ts` and `compare.postgres.test.ts` run these. */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import type { ChatRequest } from "@/lib/chat/requests"
import {
  ask,
  MODELS,
  modules,
  never,
  readUntil,
  started,
  stored,
  textOf,
  user,
} from "@/lib/generation/generation.fixture"

type Comparison = ChatRequest & { compare: NonNullable<ChatRequest["compare"]> }

const compare = (text: string, count = 3, more: Partial<ChatRequest> = {}): Comparison => ({
  ...ask(text, more),
  compare: MODELS.slice(0, count).map((model) => ({ model, responseId: uuidv7() })),
})

async function sendAll(request: ChatRequest, as = user) {
  const { acceptMessage, followMessages } = await modules()
  const { answerIds } = await acceptMessage(as, request)
  return { answerIds, response: await followMessages(as.id, answerIds, never) }
}

/** The numbered chunks of each answer, as one stream brought them, and how each ended. */
async function answersOf(response: Response | null) {
  const answers = new Map<string, { seqs: number[]; text: string; end: string }>()
  for (const block of ((await response?.text()) ?? "").split("\n\n")) {
    const [, name = "", seq, data = ""] = /^event: (\S+)\n(?:id: (\d+)\n)?data: (.*)$/s.exec(block) ?? []
    if (!name) continue
    const answer = answers.get(name) ?? { seqs: [], text: "", end: "" }
    answers.set(name, answer)
    if (seq === undefined) answer.end = data
    else {
      const chunk = JSON.parse(data)
      answer.seqs.push(Number(seq))
      if (chunk.type === "text-delta") answer.text += chunk.delta
    }
  }
  return answers
}

const viewOf = async (id: string) => (await modules()).viewWithRunning(user.id, id)
const statuses = async (id: string) => (await viewOf(id))?.compared.map(({ metadata }) => metadata?.status)
const runningIn = async (id: string) =>
  (await started.testDb.database.conversation.findUnique({ where: { id } }))?.running

export function compareCases(): void {
  test("three models answer one question at once, in one stream, each event once, each with its receipt", async () => {
    const request = compare("[[words n=300]]")
    const { response, answerIds } = await sendAll(request)
    const answers = await answersOf(response)
    expect([...answers.keys()].sort()).toEqual([...answerIds].sort())
    for (const { seqs, text, end } of answers.values()) {
      expect(seqs).toEqual(seqs.map((_, index) => index))
      expect(text).toMatch(/w0 .* w299$/s)
      expect(end).toBe("[DONE]")
    }
    const view = await viewOf(request.id)
    expect(view?.compared.map(({ id }) => id)).toEqual(answerIds)
    expect(view?.compared.map(({ metadata }) => metadata?.model)).toEqual(MODELS)
    for (const { metadata } of view?.compared ?? [])
      expect(metadata).toMatchObject({ status: "complete", usage: { output: expect.any(Number) } })
    expect(view?.messages.map(({ id }) => id)).toEqual([request.message.id, answerIds[0]])
    expect(await runningIn(request.id)).toBe(0)
  })

  test("the same request ten times at once makes one set of answers", async () => {
    const request = compare("[[words n=40]]")
    const before = started.server.requests.length
    const all = await Promise.all(Array.from({ length: 10 }, async () => answersOf((await sendAll(request)).response)))
    for (const answers of all)
      expect([...answers.values()].map(({ text }) => text)).toEqual(Array(3).fill(textOfWords(40)))
    expect(await started.testDb.database.message.count({ where: { conversationId: request.id } })).toBe(4)
    expect(await started.testDb.database.generation.count({ where: { conversationId: request.id } })).toBe(3)
    const asked = started.server.requests
      .slice(before)
      .filter(
        ({ body }) => /\[\[words n=40\]\]/.test(JSON.stringify(body)) && !/title for this/.test(JSON.stringify(body)),
      )
    expect(asked).toHaveLength(3)
  })

  test("of a comparison and another turn that begin at once, one begins", async () => {
    const { stopConversation } = await modules()
    const first = ask("[[echo]] begin")
    await (await sendAll(first)).response?.text()
    for (let round = 0; round < 5; round++) {
      const parentId = (await stored(first.id)).at(-1)?.id
      const turns = [
        compare("[[words n=5000 rate=100]]", 3, { id: first.id, parentId }),
        ask("[[words n=5000 rate=100]]", { id: first.id, parentId }),
        compare("[[words n=5000 rate=100]]", 2, { id: first.id, parentId }),
      ]
      const results = await Promise.allSettled(turns.map((turn) => sendAll(turn)))
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
      for (const result of results)
        if (result.status === "rejected")
          expect(result.reason).toMatchObject({ code: "conversation:busy", status: 409 })
      const running = await started.testDb.database.generation.count({
        where: { conversationId: first.id, endedAt: null },
      })
      expect(await runningIn(first.id)).toBe(running)
      await expect(sendAll(ask("and?", { id: first.id }))).rejects.toMatchObject({ code: "conversation:busy" })
      await stopConversation(user.id, first.id)
      expect(await runningIn(first.id)).toBe(0)
    }
  })

  test("answers that end at once leave nothing running", async () => {
    const { stopConversation } = await modules()
    for (let round = 0; round < 5; round++) {
      const request = compare("[[words n=5000 rate=200]]")
      const { response } = await sendAll(request)
      await readUntil(response, "w3")
      expect(await runningIn(request.id)).toBe(3)
      expect(await stopConversation(user.id, request.id)).toBe(true)
      expect(await statuses(request.id)).toEqual(["stopped", "stopped", "stopped"])
      expect(await runningIn(request.id)).toBe(0)
    }
  })

  test("one of three is stopped, the others go on; another turn waits for the last of them", async () => {
    const { stopConversation } = await modules()
    const request = compare("[[words n=200 rate=150]]")
    const { response, answerIds } = await sendAll(request)
    const [first = "", second = ""] = answerIds
    expect(await stopConversation(user.id, request.id, first)).toBe(true)
    expect(await stopConversation(user.id, request.id, first)).toBe(false)
    expect(await statuses(request.id)).toEqual(["stopped", "streaming", "streaming"])
    await expect(sendAll(ask("and?", { id: request.id }))).rejects.toMatchObject({ code: "conversation:busy" })
    const answers = await answersOf(response)
    expect(answers.get(second)?.text).toBe(textOfWords(200))
    expect(await statuses(request.id)).toEqual(["stopped", "complete", "complete"])
  })

  test("one fails, the others go on; it is asked again in its place while they do, and stays as a version", async () => {
    const request = compare("[[fault status=422 times=1]] [[words n=120 rate=60]]")
    const { response, answerIds } = await sendAll(request)
    const failures = async () => (await statuses(request.id))?.filter((status) => status === "failed")
    await expect.poll(failures, { timeout: 15_000 }).toHaveLength(1)
    const failed = (await viewOf(request.id))?.compared.findIndex(({ metadata }) => metadata?.status === "failed") ?? -1
    const replaces = answerIds[failed]
    const again: ChatRequest = {
      id: request.id,
      message: request.message,
      model: MODELS[failed],
      responseId: uuidv7(),
      replaces,
    }
    await Promise.all(Array.from({ length: 3 }, () => sendAll(again)))
    expect(await started.testDb.database.message.count({ where: { conversationId: request.id } })).toBe(5)
    const ids = (await viewOf(request.id))?.compared.map(({ id }) => id)
    expect(ids).toEqual(answerIds.map((id) => (id === replaces ? again.responseId : id)))
    await response?.text()
    await expect.poll(() => statuses(request.id), { timeout: 15_000 }).toEqual(["complete", "complete", "complete"])
    await expect(sendAll({ ...again, responseId: uuidv7() })).rejects.toMatchObject({ code: "message:not_compared" })
  })

  test("the kept answer is gone on from, what is still written is stopped, and all stay as versions", async () => {
    const { keepAnswer } = await modules()
    const request = compare("[[words n=5000 rate=100]]")
    const { response, answerIds } = await sendAll(request)
    const [, kept = ""] = answerIds
    await readUntil(response, "w5")
    // Of all the answers together: the one that is kept may not have begun on a machine that is late.
    const textOfKept = async () => textOf((await viewOf(request.id))?.compared.find(({ id }) => id === kept))
    await expect.poll(textOfKept, { timeout: 10_000 }).not.toBe("")
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
    // A title that was put off may be asked for meanwhile.
    const asked = started.server.requests.find(({ body }) => JSON.stringify(body)?.includes("on with it"))
    expect(JSON.stringify(asked?.body).match(/"role":"assistant"/g)).toHaveLength(1)
    expect(JSON.stringify(asked?.body)).toContain(textOf(view?.messages[1]))
  })

  test("a message that follows one of the answers decides, without a word of it", async () => {
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

  test("an answer that is kept too late changes nothing, and stops nothing", async () => {
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

  test("after a crash each answer is interrupted with its own text, and each can be continued beside the others", async () => {
    const { recoverAbandoned, continueAnswer, stopConversation } = await modules()
    const { database } = started.testDb
    const request = compare("[[words n=5000 rate=100]]")
    const { answerIds } = await sendAll(request)
    await stopConversation(user.id, request.id)
    // What a killed process leaves: open generations of another node, their messages unwritten, chunks in the log.
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

  test("somebody else's comparison does not exist", async () => {
    const { keepAnswer, stopConversation, followAnswers } = await modules()
    const stranger = { id: uuidv7(), guest: true, name: null }
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
    expect(await followAnswers(stranger.id, request.id, places, never)).toBeNull()
    expect(await followAnswers(stranger.id, theirs.id, places, never)).toBeNull()
    expect(await stopConversation(stranger.id, request.id, first)).toBe(false)
    expect(await stopConversation(user.id, request.id)).toBe(true)
  })

  test("who attaches later sees every answer from any number on, in one stream", async () => {
    const { followAnswers } = await modules()
    const request = compare("[[words n=200 rate=400]]", 2)
    const { response, answerIds } = await sendAll(request)
    const places = answerIds.map((messageId, index) => ({ messageId, after: index === 0 ? -1 : 4 }))
    const gone = uuidv7()
    const later = await followAnswers(user.id, request.id, [...places, { messageId: gone, after: -1 }], never)
    const [whole, part] = await Promise.all([answersOf(response), answersOf(later)])
    const [first = "", second = ""] = answerIds
    expect(part.get(first)).toEqual(whole.get(first))
    expect(part.get(second)?.seqs[0]).toBe(5)
    expect(part.get(gone)).toEqual({ seqs: [], text: "", end: "[GONE]" })
  })
}

const textOfWords = (count: number) => Array.from({ length: count }, (_, n) => `w${n}`).join(" ")
