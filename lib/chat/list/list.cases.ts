/** Tests of the conversation list for either database: run by `list.test.ts` and `list.postgres.test.ts`. */
import { randomUUID } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import { deleteConversation, purgeDeleted, restoreConversation } from "@/lib/chat/conversations"
import { makeFolder, removeFolder, restoreDeletedFolder, setFolderName } from "@/lib/chat/list/folders"
import { changeConversations, firstList, listPage, outlineOf } from "@/lib/chat/list/list"
import { cursorSchema } from "@/lib/chat/list/list-requests"
import { type Section, tagName } from "@/lib/chat/list/sections"
import type { Database } from "@/lib/db/client"

const MINUTE = 60_000
const begin = Date.parse("2026-11-23T08:00:00Z")

export function listCases(database: () => Database): void {
  async function person() {
    const userId = randomUUID()
    await database().user.create({ data: { id: userId } })
    return userId
  }
  /** Conversations with these titles, each a minute older than the one before. Returns their IDs. */
  async function conversationsOf(userId: string, titles: string[], at = (place: number) => begin - place * MINUTE) {
    const rows = titles.map((title, place) => ({ id: uuidv7(), userId, title, updatedAt: new Date(at(place)) }))
    await database().conversation.createMany({ data: rows })
    return rows.map(({ id }) => id)
  }
  const titlesOf = async (userId: string, section: Section) =>
    (await listPage(userId, section, { limit: 100 })).conversations.map(({ title }) => title)
  /** Everything, page by page. */
  async function leafThrough(userId: string, section: Section, limit: number) {
    const ids: string[] = []
    let cursor: string | null = null
    do {
      const page = await listPage(userId, section, {
        limit,
        ...(cursor === null ? {} : { cursor: cursorSchema.parse(cursor) }),
      })
      ids.push(...page.conversations.map(({ id }) => id))
      cursor = page.cursor
    } while (cursor !== null)
    return ids
  }
  async function folderOf(userId: string, name: string) {
    const id = uuidv7()
    await makeFolder(userId, id, name)
    return id
  }

  test("pages follow each other without gaps or duplicates, even with many items in the same millisecond", async () => {
    const userId = await person()
    const titles = Array.from({ length: 25 }, (_, place) => `no. ${place}`)
    const ids = await conversationsOf(userId, titles, (place) => begin - Math.floor(place / 10) * MINUTE)
    for (const limit of [1, 4, 10, 25, 26]) {
      const seen = await leafThrough(userId, "list", limit)
      expect(seen).toHaveLength(25)
      expect(new Set(seen)).toEqual(new Set(ids))
    }
    expect(await leafThrough(userId, "list", 4)).toEqual(await leafThrough(userId, "list", 25))
  })

  test("when a conversation moves to the top during paging, later pages lose only that one", async () => {
    const userId = await person()
    const ids = await conversationsOf(userId, ["a", "b", "c", "d"])
    const first = await listPage(userId, "list", { limit: 2 })
    await database().conversation.update({ where: { id: ids[3] }, data: { updatedAt: new Date() } })
    const cursor = cursorSchema.parse(first.cursor)
    const second = await listPage(userId, "list", { limit: 2, cursor })
    expect(second.conversations.map(({ title }) => title)).toEqual(["c"])
    expect(second.cursor).toBeNull()
  })

  test("dates and flags are as stored, whatever the server's time zone", async () => {
    const zone = process.env.TZ
    process.env.TZ = "America/New_York"
    try {
      const userId = await person()
      const [id = ""] = await conversationsOf(userId, ["a"])
      await database().conversation.update({
        where: { id },
        data: { unseen: true, createdAt: new Date(begin - 1), tags: { create: [{ name: "b" }, { name: "a" }] } },
      })
      const { conversations } = await listPage(userId, "tag:b", { limit: 1 })
      expect(conversations).toEqual([
        expect.objectContaining({ id, updatedAt: new Date(begin).toISOString(), unseen: true, pinned: false }),
      ])
      expect(conversations[0]).toMatchObject({ createdAt: new Date(begin - 1).toISOString(), tags: ["a", "b"] })
    } finally {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    }
  })

  test("each conversation is listed in one section: by date, pinned, in its folder (pinned or not), or in the archive", async () => {
    const userId = await person()
    const [a = "", b = "", c = "", d = ""] = await conversationsOf(userId, ["a", "b", "c", "d"])
    const folder = await folderOf(userId, "Work")
    await changeConversations(userId, [b, c, d], { folderId: folder })
    await changeConversations(userId, [c], { pinned: true })
    await changeConversations(userId, [d], { archived: true })
    expect(await titlesOf(userId, "list")).toEqual(["a"])
    expect(await titlesOf(userId, `folder:${folder}`)).toEqual(["b", "c"])
    expect(await titlesOf(userId, "pinned")).toEqual(["c"])
    expect(await titlesOf(userId, "archived")).toEqual(["d"])
    expect((await outlineOf(userId)).folders.map(({ count }) => count)).toEqual([2])
    expect(await titlesOf(userId, "all")).toEqual(["a", "b", "c", "d"])
    // Unarchived, it returns to its place; moved out of a folder, it is listed by date.
    await changeConversations(userId, [d], { archived: false })
    await changeConversations(userId, [b, c], { folderId: null })
    expect(await titlesOf(userId, `folder:${folder}`)).toEqual(["d"])
    expect(await titlesOf(userId, "list")).toEqual(["a", "b"])
    // Neither moving nor restoring removes the pin.
    expect(await titlesOf(userId, "pinned")).toEqual(["c"])
    expect([a, b, c, d].every(Boolean)).toBe(true)
  })

  test("an unknown folder is not found, and a deleted conversation is not changed", async () => {
    const userId = await person()
    const ids = await conversationsOf(userId, ["a", "b"])
    await expect(changeConversations(userId, ids, { folderId: uuidv7() })).rejects.toMatchObject({
      code: "folder:not_found",
    })
    const folder = await folderOf(userId, "Work")
    await changeConversations(userId, ids, { deleted: true })
    for (const change of [{ pinned: true }, { folderId: folder }])
      await expect(changeConversations(userId, ids, change)).rejects.toMatchObject({ code: "conversation:not_found" })
    await changeConversations(userId, ids, { deleted: false })
    expect(await titlesOf(userId, "list")).toHaveLength(ids.length)
  })

  test("a tag is truncated at a character boundary, and can be removed as displayed", async () => {
    const userId = await person()
    const ids = await conversationsOf(userId, ["a", "b"])
    const name = tagName(`${"a".repeat(31)}😀`)
    expect(name).toBe("a".repeat(31))
    await changeConversations(userId, ids, { tags: { add: [name], remove: [] } })
    await changeConversations(userId, ids, { tags: { add: [], remove: [name] } })
    expect((await outlineOf(userId)).tags).toEqual([])
  })

  test("folders are listed by name, with total and unread counts", async () => {
    const userId = await person()
    const ids = await conversationsOf(userId, ["a", "b", "c"])
    const work = await folderOf(userId, "work 10")
    await folderOf(userId, "Work 9")
    await changeConversations(userId, ids, { folderId: work })
    await database().conversation.update({ where: { id: ids[0] }, data: { unseen: true } })
    await database().conversation.update({ where: { id: ids[1] }, data: { unseen: true, archivedAt: new Date() } })
    const outline = await outlineOf(userId)
    expect(outline.folders.map(({ name, count, unseen, running }) => [name, count, unseen, running])).toEqual([
      ["Work 9", 0, 0, 0],
      ["work 10", 2, 1, 0],
    ])
    expect(outline.archived).toBe(1)
    const { pages } = await firstList(userId, [work, randomUUID()])
    expect(pages.map(({ section, page }) => [section, page.conversations.length])).toEqual([
      ["pinned", 0],
      ["list", 0],
      [`folder:${work}`, 2],
    ])
  })

  test("deleting a folder releases its conversations, and undo takes back those not moved to another folder since", async () => {
    const userId = await person()
    const ids = await conversationsOf(userId, ["a", "b", "c"])
    const folder = await folderOf(userId, "Work")
    const other = await folderOf(userId, "Home")
    await changeConversations(userId, ids, { folderId: folder })
    await removeFolder(userId, folder)
    expect(await titlesOf(userId, "list")).toEqual(["a", "b", "c"])
    expect((await outlineOf(userId)).folders.map(({ name }) => name)).toEqual(["Home"])
    await expect(changeConversations(userId, ids, { folderId: folder })).rejects.toThrow("Folder not found.")
    await changeConversations(userId, [ids[1] ?? ""], { folderId: other })
    await restoreDeletedFolder(userId, folder)
    expect(await titlesOf(userId, `folder:${folder}`)).toEqual(["a", "c"])
    expect(await titlesOf(userId, `folder:${other}`)).toEqual(["b"])
  })

  test("tags are added to and removed from many at once, counted, and list matching conversations in every section", async () => {
    const userId = await person()
    const ids = await conversationsOf(userId, ["a", "b", "c"])
    await changeConversations(userId, ids, { tags: { add: ["sea", "work"], remove: [] } })
    await changeConversations(userId, ids.slice(1), { tags: { add: ["sea"], remove: ["work"] } })
    await changeConversations(userId, ids.slice(2), { archived: true })
    const { conversations } = await listPage(userId, "all", { limit: 10 })
    expect(conversations.map(({ tags }) => tags)).toEqual([["sea", "work"], ["sea"], ["sea"]])
    expect(await titlesOf(userId, "tag:sea")).toEqual(["a", "b", "c"])
    expect(await titlesOf(userId, "tag:work")).toEqual(["a"])
    await deleteConversation(userId, ids[1] ?? "")
    expect((await outlineOf(userId)).tags).toEqual([
      { name: "sea", count: 2 },
      { name: "work", count: 1 },
    ])
    await restoreConversation(userId, ids[1] ?? "")
    expect(await titlesOf(userId, "tag:sea")).toEqual(["a", "b", "c"])
  })

  test("adding too many tags to any of the conversations changes none of them", async () => {
    const userId = await person()
    const [full = "", empty = ""] = await conversationsOf(userId, ["full", "empty"])
    const names = Array.from({ length: 20 }, (_, place) => `tag-${place}`)
    await changeConversations(userId, [full], { tags: { add: names, remove: [] } })
    const oneMore = changeConversations(userId, [full, empty], { tags: { add: ["one-more"], remove: [] } })
    await expect(oneMore).rejects.toMatchObject({ code: "limit:reached" })
    expect(await titlesOf(userId, "tag:one-more")).toEqual([])
  })

  test("many conversations are deleted and restored at once, with their folder and tags", async () => {
    const userId = await person()
    const ids = await conversationsOf(userId, ["a", "b", "c"])
    const folder = await folderOf(userId, "Work")
    await changeConversations(userId, ids.slice(0, 2), { folderId: folder })
    await changeConversations(userId, ids, { deleted: true })
    expect(await titlesOf(userId, "all")).toEqual([])
    await changeConversations(userId, ids, { deleted: false })
    expect(await titlesOf(userId, `folder:${folder}`)).toEqual(["a", "b"])
    expect(await titlesOf(userId, "list")).toEqual(["c"])
  })

  test("another user's conversations and folders can't be listed, changed, tagged, moved, or used as a target", async () => {
    const [mine, theirs] = [await person(), await person()]
    const [a = ""] = await conversationsOf(mine, ["a"])
    const [b = ""] = await conversationsOf(theirs, ["b"])
    const folder = await folderOf(mine, "Work")
    const before = await outlineOf(mine)
    const changes = [
      { deleted: true },
      { archived: true },
      { pinned: true },
      { folderId: null },
      { tags: { add: ["x"], remove: [] } },
    ]
    for (const change of changes)
      await expect(changeConversations(theirs, [a], change)).rejects.toMatchObject({ code: "conversation:not_found" })
    await expect(changeConversations(theirs, [b], { folderId: folder })).rejects.toMatchObject({
      code: "folder:not_found",
    })
    await expect(setFolderName(theirs, folder, "Mine")).rejects.toMatchObject({ code: "folder:not_found" })
    await expect(removeFolder(theirs, folder)).rejects.toMatchObject({ code: "folder:not_found" })
    await expect(restoreDeletedFolder(theirs, folder)).rejects.toMatchObject({ code: "folder:not_found" })
    await expect(makeFolder(theirs, folder, "Mine")).rejects.toMatchObject({ code: "folder:not_found" })
    expect(await titlesOf(theirs, `folder:${folder}`)).toEqual([])
    // In a mixed request, only the user's own conversation changes.
    await changeConversations(theirs, [a, b], { pinned: true })
    expect(await titlesOf(theirs, "pinned")).toEqual(["b"])
    expect(await titlesOf(mine, "list")).toEqual(["a"])
    expect(await outlineOf(mine)).toEqual(before)
  })

  test("a folder deleted long ago is removed for good, and its conversations remain", async () => {
    const userId = await person()
    const ids = await conversationsOf(userId, ["a"])
    const folder = await folderOf(userId, "Work")
    await changeConversations(userId, ids, { folderId: folder })
    await removeFolder(userId, folder)
    await purgeDeleted(new Date(Date.now() + 31 * 24 * 60 * MINUTE))
    await expect(restoreDeletedFolder(userId, folder)).rejects.toMatchObject({ code: "folder:not_found" })
    expect(await titlesOf(userId, "list")).toEqual(["a"])
  })
}
