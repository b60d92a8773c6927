import { v7 as uuidv7 } from "uuid"
import { describe, expect, test } from "vitest"
import { searchOwnConversations } from "@/lib/ai/tools/search_conversations/tool"
import { ownSearchOutput } from "@/lib/ai/tools/search_conversations/types"
import { toJson } from "@/lib/db/clean"
import type { Database } from "@/lib/db/client"
import { onDatabase } from "@/lib/db/databases.fixture"
import { searching } from "@/lib/search/search.fixture"

const { signal } = new AbortController()

function ownSearchCases(database: () => Database): void {
  const { conversationOf } = searching(database)
  const search = (userId: string, query: string, conversationId = "none") =>
    searchOwnConversations({ query }, { userId, conversationId, signal })

  describe("the user's other chats", () => {
    test("are found by their content, with the matching message", async () => {
      const { userId, id, ids } = await conversationOf("Trip", ["The zeppelin leaves at nine"])
      const output = await search(userId, "zeppelin")
      expect(ownSearchOutput.parse(output)).toEqual(output)
      expect(output.hits).toMatchObject([{ conversationId: id, messageId: ids[0], title: "Trip", role: "user" }])
      expect(output.hits[0]?.excerpt).toContain("leaves at nine")
    })

    test("exclude the current chat and other users' chats", async () => {
      const { userId, id } = await conversationOf("Trip", ["The zeppelin leaves at nine"])
      const other = await conversationOf("Theirs", ["Another zeppelin"])
      expect((await search(userId, "zeppelin", id)).hits).toEqual([])
      expect((await search(other.userId, "zeppelin")).hits.map(({ title }) => title)).toEqual(["Theirs"])
    })

    test("exclude temporary chats", async () => {
      const { userId, id } = await conversationOf("T", [])
      await database().conversation.update({ where: { id }, data: { temporary: true } })
      const row = { id: uuidv7(), conversationId: id, role: "user", status: "complete" } as const
      await database().message.create({
        data: { ...row, parts: toJson([{ type: "text", text: "a secret zeppelin" }]) },
      })
      expect((await search(userId, "zeppelin")).hits).toEqual([])
    })

    test("match most of the words when no message contains all of them", async () => {
      const { userId } = await conversationOf("Trip", ["The zeppelin leaves at nine", "A ship leaves at ten"])
      const { hits } = await search(userId, "zeppelin nine departure")
      expect(hits[0]?.excerpt).toContain("zeppelin leaves at nine")
    })

    test("treat the page's search filters as plain words", async () => {
      const { userId } = await conversationOf("Trip", ["tag trip"])
      expect((await search(userId, "tag:trip")).hits).toHaveLength(1)
    })
  })
}

onDatabase([ownSearchCases])
