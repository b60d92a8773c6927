/**
 * What search finds and what it does not, on either database: run by `search.test.ts` and `search.postgres.test.ts`.
 */
import { randomUUID } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { describe, expect, test } from "vitest"
import { deleteConversation, purgeDeleted, renameConversation, restoreConversation } from "@/lib/chat/conversations"
import { toJson } from "@/lib/db/clean"
import type { Database } from "@/lib/db/client"
import { searching } from "@/lib/search/search.fixture"

export function searchFoundCases(database: () => Database): void {
  const { conversationOf, search, found, marked } = searching(database)

  describe("what is found", () => {
    test("a word in questions, answers, other branches, and titles, each with its location", async () => {
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

    test("all words must match, in any order; only the last one may be a prefix", async () => {
      const { userId } = await conversationOf("T", ["red apples and green pears", "red plums", "green tea"])
      expect(await found(userId, "green red")).toEqual(["red apples and green pears"])
      expect(await found(userId, "red pea")).toEqual(["red apples and green pears"])
      expect(await found(userId, "pea red")).toEqual([])
      expect(await found(userId, "pea ")).toEqual([])
      expect(await found(userId, "p")).toHaveLength(2)
      expect(await found(userId, "pl")).toEqual(["red plums"])
    })

    test("a quoted phrase matches exactly, also while it is typed", async () => {
      const { userId } = await conversationOf("T", ["the quick brown fox", "brown and quick", "a quick brownie"])
      expect(await found(userId, '"quick brown"')).toEqual(["the quick brown fox"])
      expect(await found(userId, "“quick brown”")).toEqual(["the quick brown fox"])
      expect((await found(userId, '"quick bro')).sort()).toEqual(["a quick brownie", "the quick brown fox"])
      expect(await found(userId, '"brown quick"')).toEqual([])
    })

    test("punctuation between letters makes a phrase", async () => {
      const { userId } = await conversationOf("T", [
        "see example.com/docs",
        "an example of a com port",
        "user_name is set",
      ])
      expect(await found(userId, "example.com")).toEqual(["see example.com/docs"])
      expect(await found(userId, "user_name")).toEqual(["user_name is set"])
    })

    test("case and diacritics are ignored", async () => {
      const { userId } = await conversationOf("T", ["Crème brûlée in Łódź", "STRASSE und Straße", "Ελλάδα", "Ёлка"])
      expect(await found(userId, "creme BRULEE lodz")).toHaveLength(1)
      expect(await found(userId, "crème")).toHaveLength(1)
      expect(await found(userId, "strasse")).toHaveLength(1)
      expect(await found(userId, "ελλαδα")).toHaveLength(1)
      expect(await found(userId, "елка")).toHaveLength(1)
    })

    test("text without spaces is found by one, two, and more characters", async () => {
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

    test("an excerpt shows the matching words, on one line and short", async () => {
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
    test("anything of another user", async () => {
      const { userId } = await conversationOf("Mine", ["a common secret"])
      const other = await conversationOf("Secret of another", ["a secret of another person"])
      expect(await found(userId, "secret")).toEqual(["a common secret"])
      expect(await found(randomUUID(), "secret")).toEqual([])
      expect(await found(userId, other.userId)).toEqual([])
    })

    test("a deleted conversation, until it is restored; a purged one leaves nothing", async () => {
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

    test("a temporary conversation: it is never in the index", async () => {
      const { userId, id } = await conversationOf("T", [])
      await database().conversation.update({ where: { id }, data: { temporary: true, title: "Hidden lamp" } })
      const parts = toJson([{ type: "text", text: "a hidden lamp" }])
      const row = { id: uuidv7(), conversationId: id, role: "user", status: "complete", parts } as const
      await database().message.create({ data: row })
      expect(await found(userId, "hidden")).toEqual([])
      expect(await database().$queryRaw`SELECT "id" FROM "SearchEntry" WHERE "userId" = ${userId}`).toEqual([])
    })

    test("a conversation moved to another user, who finds it now", async () => {
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

    test("a model's reasoning, or a tool's result", async () => {
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
}
