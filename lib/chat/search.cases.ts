/** What search has to do, on whichever database: `search.test.ts` and `search.postgres.test.ts` run these. */
import { randomUUID } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { describe, expect, test } from "vitest"
import { deleteConversation, purgeDeleted, renameConversation, restoreConversation } from "@/lib/chat/conversations"
import { searchConversations } from "@/lib/chat/search"
import { toJson } from "@/lib/db/clean"
import type { Database } from "@/lib/db/client"
import { createGenerations } from "@/lib/db/generations"
import { createTurn, finishMessage } from "@/lib/db/messages"
import { catchUp } from "@/lib/search/indexer"
import type { MarkedText } from "@/lib/search/types"

type Line = string | { role?: "user" | "assistant"; text: string; at?: Date; parentId?: string | null }

export function searchCases(database: () => Database): void {
  /** A conversation of these lines, of a new person unless one is named. */
  async function conversationOf(title: string, lines: Line[], userId: string = randomUUID()) {
    await database().user.upsert({ where: { id: userId }, create: { id: userId }, update: {} })
    const id = uuidv7()
    await database().conversation.create({ data: { id, userId, title } })
    const ids: string[] = []
    for (const line of lines) {
      const { role = "user", text, at = new Date(), parentId } = typeof line === "string" ? { text: line } : line
      const messageId = uuidv7()
      const parts = toJson([{ type: "text", text }])
      const row = { id: messageId, conversationId: id, role, status: "complete", parts, createdAt: at } as const
      await database().message.create({ data: { ...row, parentId: parentId ?? ids.at(-1) ?? null } })
      ids.push(messageId)
    }
    return { id, userId, ids }
  }

  const search = async (userId: string, text: string, limit = 20) =>
    (await searchConversations(userId, text, { limit })).hits
  const found = async (userId: string, text: string) =>
    (await search(userId, text)).map(({ message, title }) => message?.excerpt.text ?? `# ${title.text}`)
  const marked = ({ text, marks }: MarkedText) => marks.map(([start, end]) => text.slice(start, end))

  describe("what is found", () => {
    test("a word in questions, answers, other branches and titles, each with its place", async () => {
      const { userId, id, ids } = await conversationOf("All about lanterns", [
        "How does a lighthouse work?",
        { role: "assistant", text: "A lantern turns at the top." },
        { text: "Another try with a lantern", parentId: null },
      ])
      const hits = await search(userId, "lantern")
      expect(hits.map(({ message }) => message?.id ?? null)).toEqual(expect.arrayContaining([null, ids[1], ids[2]]))
      expect(hits).toHaveLength(3)
      expect(hits[0]).toMatchObject({ conversationId: id, message: null, title: { marks: [[10, 18]] } })
      const answer = hits.find(({ message }) => message?.id === ids[1])
      expect(answer).toMatchObject({
        conversationId: id,
        title: { text: "All about lanterns" },
        message: { role: "assistant" },
      })
      expect(Number.isNaN(Date.parse(answer?.date ?? ""))).toBe(false)
      expect(marked(answer?.message?.excerpt ?? { text: "", marks: [] })).toEqual(["lantern"])
    })

    test("several words must all be there, in any order; the last one may be a beginning, the others not", async () => {
      const { userId } = await conversationOf("T", ["red apples and green pears", "red plums", "green tea"])
      expect(await found(userId, "green red")).toEqual(["red apples and green pears"])
      expect(await found(userId, "red pea")).toEqual(["red apples and green pears"])
      expect(await found(userId, "pea red")).toEqual([])
      expect(await found(userId, "pea ")).toEqual([])
      expect(await found(userId, "p")).toHaveLength(2)
      expect(await found(userId, "pl")).toEqual(["red plums"])
    })

    test("a phrase in quotes stands as it is, also while it is typed", async () => {
      const { userId } = await conversationOf("T", ["the quick brown fox", "brown and quick", "a quick brownie"])
      expect(await found(userId, '"quick brown"')).toEqual(["the quick brown fox"])
      expect(await found(userId, "“quick brown”")).toEqual(["the quick brown fox"])
      expect((await found(userId, '"quick bro')).sort()).toEqual(["a quick brownie", "the quick brown fox"])
      expect(await found(userId, '"brown quick"')).toEqual([])
    })

    test("signs between letters make a phrase", async () => {
      const { userId } = await conversationOf("T", [
        "see example.com/docs",
        "an example of a com port",
        "user_name is set",
      ])
      expect(await found(userId, "example.com")).toEqual(["see example.com/docs"])
      expect(await found(userId, "user_name")).toEqual(["user_name is set"])
    })

    test("case and diacritics make no difference", async () => {
      const { userId } = await conversationOf("T", ["Crème brûlée in Łódź", "STRASSE und Straße", "Ελλάδα", "Ёлка"])
      expect(await found(userId, "creme BRULEE lodz")).toHaveLength(1)
      expect(await found(userId, "crème")).toHaveLength(1)
      expect(await found(userId, "strasse")).toHaveLength(1)
      expect(await found(userId, "ελλαδα")).toHaveLength(1)
      expect(await found(userId, "елка")).toHaveLength(1)
    })

    test("writing without spaces is found by one, two and more characters", async () => {
      const { userId } = await conversationOf("T", [
        "我在北京大学学习计算机科学",
        "東京タワーへ行きました",
        "ฉันชอบกินข้าวผัดมาก",
        "서울에서 만나요",
        "北方的大京剧",
      ])
      for (const [query, hits] of Object.entries({
        京: 3,
        北京: 1,
        北京大学: 1,
        大学: 1,
        タワー: 1,
        行: 1,
        ข้าว: 1,
        서울: 1,
        学: 1,
      }))
        expect(await found(userId, query), query).toHaveLength(hits)
      expect(await found(userId, "北大")).toEqual([])
      const [hit] = await search(userId, "计算机")
      expect(marked(hit?.message?.excerpt ?? { text: "", marks: [] })).toEqual(["计算机"])
    })

    test("a word far down in a very long message, and a very long word", async () => {
      const filler = Array.from({ length: 40_000 }, (_, n) => `w${n.toString(36)}`).join(" ")
      const { userId } = await conversationOf("T", [`${filler} needle`, "x".repeat(5_000), "漢".repeat(3_000)])
      expect(await found(userId, "needle")).toHaveLength(1)
      expect(await found(userId, "x".repeat(300))).toHaveLength(1)
      expect(await found(userId, "漢漢漢")).toHaveLength(1)
    })

    test("an excerpt shows where the words are, on one line and short", async () => {
      const text = `${"before ".repeat(200)}\n\n**the   needle**\nin a haystack ${"after ".repeat(200)}`
      const { userId } = await conversationOf("T", [text])
      const [hit] = await search(userId, "needle haystack")
      const excerpt = hit?.message?.excerpt ?? { text: "", marks: [] }
      expect(excerpt.text).toMatch(/^….*the needle in a haystack.*…$/)
      expect(excerpt.text.length).toBeLessThan(220)
      expect(marked(excerpt)).toEqual(["needle", "haystack"])
    })
  })

  describe("what is not found", () => {
    test("anything of somebody else", async () => {
      const { userId } = await conversationOf("Mine", ["a common secret"])
      const other = await conversationOf("Secret of another", ["a secret of another person"])
      expect(await found(userId, "secret")).toEqual(["a common secret"])
      expect(await found(randomUUID(), "secret")).toEqual([])
      expect(await found(userId, other.userId)).toEqual([])
    })

    test("a deleted conversation, until it is brought back; a purged one leaves nothing", async () => {
      const { userId, id } = await conversationOf("Title with lamp", ["a lamp"])
      await deleteConversation(userId, id)
      expect(await found(userId, "lamp")).toEqual([])
      await restoreConversation(userId, id)
      expect(await found(userId, "lamp")).toHaveLength(2)
      await deleteConversation(userId, id)
      await purgeDeleted(new Date(Date.now() + 31 * 24 * 60 * 60 * 1_000))
      expect(await database().$queryRaw`SELECT "id" FROM "SearchEntry" WHERE "conversationId" = ${id}`).toEqual([])
      expect(await found(userId, "lamp")).toEqual([])
    })

    test("a temporary conversation: nothing of it is ever in the index", async () => {
      const { userId, id } = await conversationOf("T", [])
      await database().conversation.update({ where: { id }, data: { temporary: true, title: "Hidden lamp" } })
      const parts = toJson([{ type: "text", text: "a hidden lamp" }])
      const row = { id: uuidv7(), conversationId: id, role: "user", status: "complete", parts } as const
      await database().message.create({ data: row })
      expect(await found(userId, "hidden")).toEqual([])
      expect(await database().$queryRaw`SELECT "id" FROM "SearchEntry" WHERE "userId" = ${userId}`).toEqual([])
    })

    test("what went to another person, who finds it now", async () => {
      const { userId, id } = await conversationOf("Lamp of a guest", ["a lamp"])
      const other = await conversationOf("T", [])
      expect(await found(userId, "lamp")).toHaveLength(2)
      await database().conversation.update({ where: { id }, data: { userId: other.userId } })
      expect(await found(userId, "lamp")).toEqual([])
      expect(await found(other.userId, "lamp")).toHaveLength(2)
    })

    test("the old name of a conversation", async () => {
      const { userId, id } = await conversationOf("Old lantern", [])
      expect(await found(userId, "lantern")).toEqual(["# Old lantern"])
      await renameConversation(userId, id, "New beacon")
      expect(await found(userId, "lantern")).toEqual([])
      expect(await found(userId, "beacon")).toEqual(["# New beacon"])
    })

    test("what a model thought, or what a tool said", async () => {
      const { userId, id } = await conversationOf("T", ["hello"])
      const parts = toJson([
        { type: "reasoning", text: "pondering" },
        { type: "tool-get_weather", toolCallId: "1", state: "output-error", input: {}, errorText: "drizzle" },
        { type: "text", text: "sunny" },
      ])
      const row = { id: uuidv7(), conversationId: id, role: "assistant", status: "complete", parts } as const
      await database().message.create({ data: row })
      expect(await found(userId, "pondering")).toEqual([])
      expect(await found(userId, "drizzle")).toEqual([])
      expect(await found(userId, "sunny")).toEqual(["sunny"])
    })
  })

  test("an answer is found when it has ended, and again when it went on", async () => {
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

  test("better hits come first: titles, whole words, more of them, newer ones", async () => {
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

  test("pages follow one another without a gap", async () => {
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

  test("an old phrase is found behind thousands of newer texts that have its words", async () => {
    const { userId, id: conversationId } = await conversationOf("T", ["to be or not to be"])
    const parts = toJson([{ type: "text", text: "not or be to" }])
    const rows = Array.from({ length: 2_100 }, () => ({ id: uuidv7(), conversationId, role: "user", parts }) as const)
    await database().message.createMany({ data: rows.map((row) => ({ ...row, status: "complete" as const })) })
    await catchUp(10_000)
    expect(await found(userId, '"to be or not to be"')).toEqual(["to be or not to be"])
  }, 60_000)

  test("no input is an error", async () => {
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

  test("text that no database takes as it is can be stored and found", async () => {
    const { userId } = await conversationOf("T", ["before\u0000after lone\ud800surrogate 🚀 launch"])
    expect(await found(userId, "surrogate")).toHaveLength(1)
    expect(await found(userId, "🚀")).toHaveLength(1)
  })

  test("what was stored before there was an index is found", async () => {
    const { userId } = await conversationOf("T", ["an antique lamp"])
    await catchUp()
    await database().$executeRaw`DELETE FROM "SearchEntry"`
    expect(await found(userId, "antique")).toEqual([])
    await database().$executeRaw`
      INSERT INTO "SearchQueue" ("conversationId", "messageId") SELECT "conversationId", "id" FROM "Message"`
    expect(await catchUp(100_000)).toBe(true)
    expect(await found(userId, "antique")).toEqual(["an antique lamp"])
  })
}
