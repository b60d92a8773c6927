/** Tests of the branch map, and of comparing two branches. */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import { textPart, writtenConversation } from "@/lib/chat/branches.fixture"
import { branchMap, compareBranches } from "@/lib/chat/map/map"
import { setDeleted } from "@/lib/chat/removal"
import type { Database } from "@/lib/db/client"

export function mapCases(database: () => Database): void {
  /** A question with two answers, the second of which is followed up. */
  const forked = async () => {
    const { userId, id, say, branch } = await writtenConversation(database())
    const [question = "", first = ""] = await branch(["Which\n  harbor?", "Hamburg."])
    const second = await say("Bremen.", question)
    const [next = "", end = ""] = await branch(["And “why”?", "It is older.\\n"], second)
    return { userId, id, say, question, first, second, next, end }
  }

  test("runs have their text, models, and positions; the shown branch is marked", async () => {
    const { userId, id, question, first, second, end } = await forked()
    const { runs, left } = await branchMap(userId, id)
    expect(left).toBe(0)
    expect(runs).toMatchObject([
      {
        id: question,
        last: question,
        parent: null,
        messages: 1,
        role: "user",
        title: "Which harbor?",
        model: null,
        shown: true,
      },
      { id: first, parent: question, messages: 1, role: "assistant", title: "Hamburg.", model: "kimi", shown: false },
      { id: second, last: end, parent: question, messages: 3, title: "Bremen.", shown: true },
    ])
  })

  test("a title is found after thinking, and never cut inside a character", async () => {
    const { userId, id, say } = await writtenConversation(database())
    const long = "äöü “quoted” \\ 🚢 ".repeat(400)
    const question = await say(long, null)
    await say("", question, { parts: [{ type: "reasoning", text: "I think ".repeat(600) }, textPart("The answer")] })
    await say("", question, { parts: [{ type: "file", url: "/api/images/x", mediaType: "image/png" }] })
    const { runs } = await branchMap(userId, id)
    expect(long.startsWith(runs[0]?.title.slice(0, 100) ?? "-")).toBe(true)
    expect(runs.slice(1).map(({ title }) => title)).toEqual(["The answer", ""])
  })

  test("deleted messages are skipped, and hidden model names stay hidden", async () => {
    const { userId, id, first, second, question } = await forked()
    await setDeleted(userId, id, { message: first, deleted: true })
    const { runs } = await branchMap(userId, id)
    expect(runs.map((run) => [run.id, run.messages])).toEqual([[question, 4]])
    await database().message.update({ where: { id: second }, data: { blind: true } })
    expect((await branchMap(userId, id)).runs[0]?.model).toBeNull()
  })

  test("two branches are compared from where they diverge", async () => {
    const { userId, id, first, second, end } = await forked()
    const { common, a, b } = await compareBranches(userId, id, [first, end])
    expect(common).toBe(1)
    expect(a).toMatchObject({ messages: [{ id: first, text: "Hamburg.", model: "kimi", cut: false }], left: 0 })
    expect(b.messages.map(({ text }) => text)).toEqual(["Bremen.", "And “why”?", "It is older.\\n"])
    expect((await compareBranches(userId, id, [second, end])).a.messages).toEqual([])
    await expect(compareBranches(userId, id, [first, uuidv7()])).rejects.toMatchObject({ code: "message:not_found" })
    await expect(branchMap(uuidv7(), id)).rejects.toMatchObject({ code: "conversation:not_found" })
    await expect(compareBranches(uuidv7(), id, [first, end])).rejects.toMatchObject({ code: "conversation:not_found" })
  })
}
