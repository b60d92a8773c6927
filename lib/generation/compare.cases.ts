/** Tests of model comparison for either database: run by `compare.test.ts` and `compare.postgres.test.ts`. */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import type { ChatRequest } from "@/lib/chat/requests"
import { answersOf, compare, runningIn, sendAll, statuses, textOfWords, viewOf } from "@/lib/generation/compare.fixture"
import { ask, MODELS, modules, readUntil, started, stored, user } from "@/lib/generation/generation.fixture"

export function compareCases(): void {
  test("three models answer one question concurrently in one stream, with each event once and a receipt for each answer", async () => {
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

  test("ten identical concurrent requests create one set of answers", async () => {
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

  test("when a comparison and another turn start concurrently, only one starts", async () => {
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

  test("answers that end at the same time leave nothing running", async () => {
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

  test("stopping one of three leaves the others running; another turn waits for the last of them", async () => {
    const { stopConversation } = await modules()
    const request = compare("[[words n=200 rate=25]]")
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

  test("when one fails, the others continue; it can be retried in place meanwhile, and remains as a version", async () => {
    const request = compare("[[fault status=422 times=1]] [[words n=120 rate=60]]")
    const { response, answerIds } = await sendAll(request)
    const failures = async () => (await statuses(request.id))?.filter((status) => status === "failed")
    await expect.poll(failures, { timeout: 60_000 }).toHaveLength(1)
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
    await expect.poll(() => statuses(request.id), { timeout: 60_000 }).toEqual(["complete", "complete", "complete"])
    await expect(sendAll({ ...again, responseId: uuidv7() })).rejects.toMatchObject({ code: "message:not_compared" })
  })
}
