/** Search in tags and folders, on either database: run by `search.test.ts` and `search.postgres.test.ts`. */
import { randomUUID } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { describe, expect, test } from "vitest"
import type { Database } from "@/lib/db/client"
import { catchUp } from "@/lib/search/indexer"
import { searchConversations } from "@/lib/search/search"
import { searching } from "@/lib/search/search.fixture"

export function searchPlaceCases(database: () => Database): void {
  const { conversationOf, found } = searching(database)

  /** Four conversations of one user, each containing “lamp”: with a tag, with two tags, in a folder, and without. */
  async function places() {
    const userId = randomUUID()
    const folderId = uuidv7()
    const plain = await conversationOf("Plain", ["a lamp on a table"], userId)
    await database().folder.create({ data: { id: folderId, userId, name: "Über uns" } })
    const work = await conversationOf("Work", ["a lamp at work"], userId)
    const both = await conversationOf("Both", ["a lamp for both"], userId)
    const inside = await conversationOf("Inside", ["a lamp inside"], userId)
    await database().conversation.update({ where: { id: inside.id }, data: { folderId } })
    await database().conversationTag.createMany({
      data: [
        { conversationId: work.id, name: "work" },
        { conversationId: both.id, name: "work" },
        { conversationId: both.id, name: "two-words" },
      ],
    })
    return { userId, folderId, plain, work, both, inside }
  }

  describe("with tag and folder filters", () => {
    test("a tag and a folder narrow the results, in any case and by prefix while typed", async () => {
      const { userId } = await places()
      expect((await found(userId, "tag:work lamp")).sort()).toEqual(["a lamp at work", "a lamp for both"])
      expect((await found(userId, "lamp TAG:wo")).sort()).toEqual(["a lamp at work", "a lamp for both"])
      expect(await found(userId, "tag:wo lamp")).toEqual([])
      expect(await found(userId, 'tag:work tag:"two words" lamp')).toEqual(["a lamp for both"])
      expect(await found(userId, 'folder:"uber uns" lamp')).toEqual(["a lamp inside"])
      expect(await found(userId, "folder:über tag:work lamp")).toEqual([])
      expect(await found(userId, "tag:work table")).toEqual([])
    })

    test("on their own they list the newest conversations, page by page", async () => {
      const { userId, work, both } = await places()
      await database().conversation.update({
        where: { id: work.id },
        data: { updatedAt: new Date(Date.now() - 1_000) },
      })
      expect(await found(userId, "tag:work")).toEqual(["# Both", "# Work"])
      expect(await found(userId, "folder:über")).toEqual(["# Inside"])
      const first = await searchConversations(userId, "tag:work", { limit: 1 })
      const second = await searchConversations(userId, "tag:work", { limit: 1, offset: Number(first.cursor) })
      const ids = [first, second].flatMap(({ hits }) => hits.map(({ conversationId }) => conversationId))
      expect(ids).toEqual([both.id, work.id])
      expect(second.cursor).toBeNull()
    })

    test("unknown names, or another user's, find nothing", async () => {
      const { userId, folderId, inside } = await places()
      const other = await places()
      await database().folder.update({ where: { id: other.folderId }, data: { name: "Others" } })
      expect(await found(userId, "tag:none lamp")).toEqual([])
      expect(await found(userId, "folder:others lamp")).toEqual([])
      expect(await found(userId, "folder:others")).toEqual([])
      await database().folder.update({ where: { id: folderId }, data: { deletedAt: new Date() } })
      expect(await found(userId, "folder:über lamp")).toEqual([])
      await database().conversation.update({ where: { id: inside.id }, data: { deletedAt: new Date() } })
      expect(await found(userId, "lamp")).toHaveLength(3)
    })

    test("a filter that matches many conversations works too", async () => {
      const { userId, work } = await places()
      const rows = Array.from({ length: 520 }, () => ({ id: uuidv7(), userId, title: "One of many" }))
      await database().conversation.createMany({ data: rows })
      await database().conversationTag.createMany({
        data: [...rows, work].map(({ id }) => ({ conversationId: id, name: "many" })),
      })
      await catchUp(10_000)
      expect(await found(userId, "tag:many lamp")).toEqual(["a lamp at work"])
      expect(await found(userId, "tag:many table")).toEqual([])
    })

    test("a matching conversation is found behind thousands of newer ones elsewhere", async () => {
      const { userId, plain } = await places()
      const rows = Array.from({ length: 2_100 }, () => ({
        id: uuidv7(),
        conversationId: plain.id,
        role: "user" as const,
        status: "complete" as const,
        parts: [{ type: "text", text: "one more lamp" }],
      }))
      await database().message.createMany({ data: rows })
      expect((await found(userId, "tag:work lamp")).sort()).toEqual(["a lamp at work", "a lamp for both"])
    })
  })
}
