/** Comparisons with hidden model names, on either database. */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import { makeBranch } from "@/lib/chat/branching"
import { selectBranch, totalsOf } from "@/lib/chat/conversations"
import { choices, compared, reset, sendAll, statuses, viewOf } from "@/lib/generation/compare.fixture"
import { ask, MODELS, modules, started, textOf, user } from "@/lib/generation/generation.fixture"
import { NOBODY } from "@/lib/share/access"
import { openShare } from "@/lib/share/open"
import { createShare } from "@/lib/share/shares"

export function hiddenCases(): void {
  test("nothing sent to the page in a blind comparison names a model until one is chosen", async () => {
    const { judgeAnswers, followMessages } = await modules()
    await reset()
    const { id, answerIds, streamed } = await compared("[[words n=20]]", 3, { blind: true })
    const [first = "", second = ""] = answerIds
    const again = await followMessages(user.id, answerIds, { signal: new AbortController().signal, named: true })
    const hidden = await viewOf(id)
    const shown = JSON.stringify([hidden?.compared, hidden?.messages, streamed])
    for (const word of [...MODELS, "costUsd", "tokensPerSecond", "timeToFirstTokenMs"])
      expect(shown).not.toContain(word)
    expect(hidden?.conversation.model, "none that tells whose the first answer is").toBe([...MODELS].sort()[0])
    expect(await again?.text()).not.toContain("fireworks/models")
    expect(hidden?.compared.map(({ metadata }) => metadata?.blind)).toEqual([true, true, true])
    expect(hidden?.compared.map(textOf)[1]).toContain("w19")

    await judgeAnswers(user.id, id, { of: second, outcome: "better" })
    await judgeAnswers(user.id, id, { of: first, outcome: "better" })
    const told = await viewOf(id)
    expect(told?.compared.map(({ metadata }) => [metadata?.model, metadata?.verdict])).toEqual([
      [MODELS[0], "worse"],
      [MODELS[1], "better"],
      [MODELS[2], "worse"],
    ])
    expect(told?.compared[0]?.metadata).toMatchObject({ usage: { output: expect.any(Number) } })
    expect(await choices()).toMatchObject([{ blind: true, winner: MODELS[1], outcome: "better", models: MODELS }])
  })

  test("continuing without choosing reveals which model wrote each answer", async () => {
    const { id, answerIds } = await compared("[[echo]] which?", 2, { blind: true })
    const [first = "", second = ""] = answerIds
    await (await sendAll(ask("[[echo]] on", { id, parentId: second }))).response?.text()
    expect((await viewOf(id))?.messages[1]?.metadata).toMatchObject({ model: MODELS[1], usage: expect.anything() })
    const rows = await started.testDb.database.message.findMany({ where: { id: { in: [first, second] } } })
    expect(rows.map(({ blind }) => blind)).toEqual([false, false])
  })

  test("an answer in a blind comparison is retried by its position alone, and stays hidden", async () => {
    const { id, message, answerIds } = await compared("[[echo]] which?", 2, { blind: true })
    const responseId = uuidv7()
    const again = await sendAll({ id, message, responseId, replaces: answerIds[1] })
    await again.response?.text()
    expect((await viewOf(id))?.compared[1]).toMatchObject({ id: responseId, metadata: { blind: true } })
    const row = await started.testDb.database.message.findUnique({ where: { id: responseId } })
    expect(row).toMatchObject({ model: MODELS[1], blind: true })
  })

  test("the stream of a blind comparison contains neither reasoning nor model names, and skips no event number", async () => {
    const { followMessages } = await modules()
    const settings = { reasoning: "high" } as const
    const { id, answerIds, streamed } = await compared("What is 2+2?", 2, { blind: true, settings })
    const again = await followMessages(user.id, answerIds, { signal: new AbortController().signal, named: true })
    for (const text of [streamed, (await again?.text()) ?? ""]) expect(text).not.toMatch(/reasoning|fireworks\/models/)
    const seqs = [...streamed.matchAll(new RegExp(`event: ${answerIds[0]}\nid: (\\d+)`, "g"))].map(([, seq]) =>
      Number(seq),
    )
    expect(seqs).toEqual(seqs.map((_, place) => place))
    const rows = await started.testDb.database.message.findMany({ where: { conversationId: id, role: "assistant" } })
    expect(JSON.stringify(rows[0]?.parts), "it is kept").toContain("reasoning")
  })

  test("a blind comparison never reveals model names: in a replaced version, a continuation, a link, or a copy", async () => {
    const { continueAnswer, judgeAnswers } = await modules()
    const { database } = started.testDb
    const { id, message, answerIds } = await compared("[[echo]] which?", 3, { blind: true })
    const [first = "", second = "", third = ""] = answerIds
    const told = async () => (await viewOf(id))?.conversation.model
    const model = await told()
    await (await sendAll({ id, message, responseId: uuidv7(), replaces: second })).response?.text()
    await (await sendAll({ id, message, responseId: uuidv7(), replaces: third })).response?.text()
    expect(await told(), "asked again").toBe(model)
    await database.message.update({ where: { id: first }, data: { status: "stopped" } })
    await continueAnswer(user, id, { messageId: first, generationId: uuidv7() })
    await expect.poll(() => statuses(id), { timeout: 60_000 }).toEqual(["complete", "complete", "complete"])
    expect(await told(), "gone on with").toBe(model)

    await selectBranch(user.id, id, second)
    expect((await viewOf(id))?.messages.at(-1)).toMatchObject({ id: second, metadata: { blind: true } })
    expect(JSON.stringify((await viewOf(id))?.messages)).not.toContain("fireworks/models")
    for (const shared of [first, second]) {
      const { path } = await createShare(user.id, id, { message: shared })
      const link = await openShare(path.replace("/share/", ""), NOBODY)
      expect(JSON.stringify(link)).not.toContain("fireworks/models")
      const copy = makeBranch(user.id, { id: uuidv7(), from: id, message: shared }, "en")
      await expect(copy).rejects.toMatchObject({ code: "message:compared" })
    }
    expect(await totalsOf(user.id, id)).toMatchObject({ answers: 5, uncounted: 5, costUsd: 0 })
    await judgeAnswers(user.id, id, { of: first, outcome: "tie" })
    expect(await totalsOf(user.id, id)).toMatchObject({ answers: 5, uncounted: 0 })
    expect((await viewOf(id))?.messages.at(-1)?.metadata?.model, "told with the others").toBe(MODELS[1])
  })
}
