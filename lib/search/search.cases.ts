import { v7 as uuidv7 } from "uuid"
import { expect, test, vi } from "vitest"
import { toJson } from "@/lib/db/clean"
import type { Database } from "@/lib/db/client"
import { createGenerations } from "@/lib/db/generations"
import { createTurn } from "@/lib/db/messages"
import { finishMessage } from "@/lib/db/turns"
import { catchUp } from "@/lib/search/indexer"
import { searchConversations } from "@/lib/search/search"
import { searching } from "@/lib/search/search.fixture"

export function searchCases(database: () => Database): void {
  const { conversationOf, search, found } = searching(database)

  test("an answer is found once it has ended, and again after it was continued", async () => {
    const { userId, id: conversationId } = await conversationOf("T", [])
    const question = { id: uuidv7(), conversationId, parentId: null, createdAt: new Date() }
    const answer = { id: uuidv7(), conversationId, parentId: question.id, model: "m", createdAt: new Date() }
    const generation = { id: uuidv7(), messageId: answer.id, conversationId, userId, nodeId: "n" }
    await database().$transaction(async (client) => {
      await createTurn(client, { ...question, parts: [{ type: "text", text: "what shines?" }] }, [answer])
      await createGenerations(client, [generation])
    })
    expect(await found(userId, "shines")).toEqual(["what shines?"])
    await finishMessage(generation, { status: "stopped", parts: [{ type: "text", text: "a lamp" }] })
    expect(await found(userId, "lamp")).toEqual(["a lamp"])
    await finishMessage(generation, { status: "complete", parts: [{ type: "text", text: "a lamp and a lantern" }] })
    expect(await found(userId, "lantern")).toEqual(["a lamp and a lantern"])
    expect(await found(userId, "lamp")).toHaveLength(1)
  })

  test("better hits come first: titles, whole words, more matches, newer ones", async () => {
    const { userId } = await conversationOf("T", ["one lamp among many other words", "lamp lamp lamp", "lampshade"])
    await conversationOf("Lamp", [], userId)
    expect(await found(userId, "lamp")).toEqual([
      "# Lamp",
      "lamp lamp lamp",
      "one lamp among many other words",
      "lampshade",
    ])
    const old = new Date(Date.now() - 300 * 24 * 60 * 60 * 1_000)
    await conversationOf("A", [{ text: "a candle here", at: old }], userId)
    await conversationOf("B", ["a candle there"], userId)
    expect(await found(userId, "candle")).toEqual(["a candle there", "a candle here"])
  })

  test("an aborted search is skipped when its turn comes", async () => {
    const { userId } = await conversationOf("T", ["a lamp"])
    const leaving = new AbortController()
    const [first, left, last] = [
      searchConversations(userId, "lamp", { limit: 10 }),
      searchConversations(userId, "lamp", { limit: 10, signal: leaving.signal }),
      searchConversations(userId, "lamp", { limit: 10 }),
    ]
    leaving.abort()
    expect((await Promise.all([first, left, last])).map(({ hits }) => hits.length)).toEqual([1, 0, 1])
  })

  test("pages follow one another without gaps", async () => {
    const { userId } = await conversationOf(
      "T",
      Array.from({ length: 25 }, (_, n) => `lamp number ${n}`),
    )
    const first = await searchConversations(userId, "lamp", { limit: 10 })
    const second = await searchConversations(userId, "lamp", { limit: 10, offset: Number(first.cursor) })
    const third = await searchConversations(userId, "lamp", { limit: 10, offset: Number(second.cursor) })
    expect(third.cursor).toBeNull()
    const ids = [first, second, third].flatMap(({ hits }) => hits.map(({ message }) => message?.id))
    expect(new Set(ids).size).toBe(25)
  })

  test("an old phrase is found behind thousands of newer texts with the same words", async () => {
    const { userId, id: conversationId } = await conversationOf("T", ["to be or not to be"])
    const parts = toJson([{ type: "text", text: "not or be to" }])
    const rows = Array.from({ length: 2_100 }, () => ({ id: uuidv7(), conversationId, role: "user", parts }) as const)
    await database().message.createMany({ data: rows.map((row) => ({ ...row, status: "complete" as const })) })
    await catchUp(10_000)
    expect(await found(userId, '"to be or not to be"')).toEqual(["to be or not to be"])
  })

  test("no input causes an error", async () => {
    const { userId } = await conversationOf("T", ['don\'t say NEAR or AND: a-b *c* 50% C:\\temp (x) {y} "q" ~z ^n'])
    const odd = [
      "",
      " ",
      '"',
      '""',
      '"""',
      "'",
      "*",
      "-",
      "--",
      "a*",
      "*a",
      "-a",
      "a-",
      "a -b",
      "NEAR",
      "NEAR(a b)",
      "a NEAR/2 b",
      "AND",
      "OR",
      "NOT",
      "a AND",
      "OR b",
      "(",
      ")",
      "((a)",
      "{a}",
      "a:b",
      "terms:a",
      "^a",
      "a^",
      "~",
      "&",
      "|",
      "!",
      "<->",
      "a & b",
      "a:*",
      "\\",
      "\\'",
      "';--",
      "%",
      "_",
      "?",
      "$1",
      "\u0000",
      "a\u0000b",
      "\ud800",
      "\ud83d",
      "🚀",
      "e\u0301",
      "\u0301",
      "·a",
      "¦a",
      "́",
      "\n\t",
      "x".repeat(10_000),
      "word ".repeat(2_000),
      '"'.repeat(999),
      "漢".repeat(10_000),
      "½ ㈱ ﷺ",
      "constructor",
      "__proto__",
    ]
    for (const text of odd)
      await expect(search(userId, text), JSON.stringify(text.slice(0, 20))).resolves.toBeInstanceOf(Array)
    expect(await found(userId, "don't say")).toHaveLength(1)
    expect(await found(userId, "NEAR or AND")).toHaveLength(1)
    expect(await found(userId, "C:\\temp")).toHaveLength(1)
  })

  test("text that databases reject as it is can be stored and found", async () => {
    const { userId } = await conversationOf("T", ["before\u0000after lone\ud800surrogate 🚀 launch"])
    expect(await found(userId, "surrogate")).toHaveLength(1)
    expect(await found(userId, "🚀")).toHaveLength(1)
  })

  test("data stored before the index existed is found", async () => {
    const { userId } = await conversationOf("T", ["an antique lamp"])
    await catchUp()
    await database().$executeRaw`DELETE FROM "SearchEntry"`
    expect(await found(userId, "antique")).toEqual([])
    await database().$executeRaw`
      INSERT INTO "SearchQueue" ("conversationId", "messageId") SELECT "conversationId", "id" FROM "Message"`
    expect(await catchUp(100_000)).toBe(true)
    expect(await found(userId, "antique")).toEqual(["an antique lamp"])
  })

  test("a message just written is found, however long the indexing queue", async () => {
    const { userId } = await conversationOf("T", ["a hurricane lamp"])
    for (let doubled = 0; doubled < 10; doubled++)
      await database().$executeRaw`
        INSERT INTO "SearchQueue" ("conversationId", "messageId") SELECT "conversationId", "messageId" FROM "SearchQueue"`
    const { ids } = await conversationOf("U", ["a miner's lamp"], userId)
    expect(ids).toHaveLength(1)
    expect(await found(userId, "miner")).toEqual(["a miner's lamp"])
    expect(await catchUp(100_000)).toBe(true)
  })

  test("a text that can't be indexed is skipped and logged, and blocks no other", async () => {
    const faults = vi.spyOn(console, "error").mockImplementation(() => {})
    const { userId, ids } = await conversationOf("T", ["a first lamp", "x".repeat(17_000_000), "a last lamp"])
    expect((await found(userId, "lamp")).sort()).toEqual(["a first lamp", "a last lamp"])
    expect(faults.mock.calls.join()).toContain(`message ${ids[1]} is skipped`)
    expect(faults.mock.calls.join()).not.toContain(`message ${ids[0]}`)
    faults.mockRestore()
  })

  test("a long text is found by its last word, with an excerpt around it", async () => {
    const text = Array.from({ length: 60_000 }, (_, n) => `w${n.toString(36)}`).join(" ")
    const { userId } = await conversationOf("T", [`the lamp ${text} lantern`])
    expect(await found(userId, "lamp lantern")).toEqual([expect.stringMatching(/^the lamp w0 w1/)])
  })
}
