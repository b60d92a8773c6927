import { v7 as uuidv7 } from "uuid"
import { afterAll, beforeAll, expect, test } from "vitest"
import { PAGE, viewConversation } from "@/lib/chat/view"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"

const TURNS = 30
const userId = uuidv7()
const id = uuidv7()
const messages: string[] = []
let testDb: TestDatabase

/** A conversation of 30 turns; the fifth question has a second answer that failed before its first word. */
beforeAll(async () => {
  testDb = await withTestDb()
  const { database } = testDb
  await database.user.create({ data: { id: userId } })
  await database.conversation.create({ data: { id, userId, title: "Long" } })
  const row = { conversationId: id, parts: [{ type: "text", text: "words" }], status: "complete" as const }
  let parentId: string | null = null
  for (let turn = 0; turn < TURNS; turn++) {
    const createdAt = new Date(1_700_000_000_000 + turn * 60_000)
    for (const role of ["user", "assistant"] as const) {
      const messageId: string = uuidv7()
      await database.message.create({ data: { ...row, id: messageId, parentId, role, createdAt } })
      messages.push(messageId)
      parentId = messageId
    }
  }
  const failed = { ...row, id: uuidv7(), parentId: messages[8], role: "assistant" as const, parts: [] }
  await database.message.create({ data: { ...failed, status: "failed" } })
  await database.message.create({ data: { ...failed, id: uuidv7(), parentId: messages[10], parts: row.parts } })
  await database.conversation.update({ where: { id }, data: { activeLeafId: messages.at(-1) } })
})
afterAll(() => testDb.close())

async function piece(asked?: Parameters<typeof viewConversation>[2]) {
  const view = await viewConversation(userId, id, asked)
  return { ids: view?.messages.map((message) => message.id), earlier: view?.earlier, siblings: view?.siblings }
}

test("the whole branch, in order, when no page is requested", async () => {
  expect(await piece()).toMatchObject({ ids: messages, earlier: 0 })
})

test("the newest page", async () => {
  expect(await piece({ last: true })).toMatchObject({ ids: messages.slice(-PAGE), earlier: messages.length - PAGE })
})

test("the page before a message, and everything from another message up to it", async () => {
  expect(await piece({ before: messages[20] })).toMatchObject({
    ids: messages.slice(20 - PAGE, 20),
    earlier: 20 - PAGE,
  })
  expect(await piece({ before: messages[5] })).toMatchObject({ ids: messages.slice(0, 5), earlier: 0 })
  expect(await piece({ before: messages[0] })).toMatchObject({ ids: [], earlier: 0 })
  expect(await piece({ before: messages[50], from: messages[3] })).toMatchObject({
    ids: messages.slice(3, 50),
    earlier: 3,
  })
})

test("the newest page, if the given message is not on the shown branch", async () => {
  expect(await piece({ before: uuidv7() })).toMatchObject({
    ids: messages.slice(-PAGE),
    earlier: messages.length - PAGE,
  })
})

test("everything from a message on, or the newest page if it is not on this branch", async () => {
  expect(await piece({ from: messages[40] })).toMatchObject({ ids: messages.slice(40), earlier: 40 })
  expect(await piece({ from: uuidv7() })).toMatchObject({ ids: messages.slice(-PAGE) })
  expect(await piece({ before: messages[50], from: uuidv7() })).toMatchObject({ ids: messages.slice(50 - PAGE, 50) })
})

test("alternatives are listed for the messages of the page only, and never include empty failures", async () => {
  const { siblings } = await piece()
  expect(Object.keys(siblings ?? {})).toEqual([messages[11]])
  expect((await piece({ last: true })).siblings).toEqual({})
})

test("another user's conversation is not found", async () => {
  expect(await viewConversation(uuidv7(), id, { last: true })).toBeNull()
})
