/** Links to snapshots, with a real database. */
import { randomUUID } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { afterAll, beforeAll, expect, test } from "vitest"
import { deleteConversation, renameConversation, restoreConversation } from "@/lib/chat/conversations"
import { setDeleted } from "@/lib/chat/removal"
import { toJson } from "@/lib/db/clean"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import type { MessageStatus } from "@/lib/messages/types"
import { NOBODY, ownerOfSharedImage as ownerOfImage } from "@/lib/share/access"
import { openShare as open } from "@/lib/share/open"
import { createShare, listShares, revokeShare } from "@/lib/share/shares"
import { readSnapshot } from "@/lib/share/stored"

let testDb: TestDatabase
beforeAll(async () => {
  testDb = await withTestDb()
})
afterAll(() => testDb.close())

interface Line {
  parts: unknown[]
  status?: MessageStatus
}
const text = (words: string) => ({ type: "text", text: words })
const image = (id: string) => ({ type: "file", url: `/api/images/${id}`, mediaType: "image/png", filename: "a.png" })

/** A linear conversation, alternating question and answer. */
async function conversationOf(lines: Line[], userId: string = randomUUID()) {
  const { database } = testDb
  await database.user.upsert({ where: { id: userId }, create: { id: userId }, update: {} })
  const id = uuidv7()
  await database.conversation.create({ data: { id, userId, title: "Harbours" } })
  const add = async (parentId: string | null, { parts, status = "complete" }: Line, role: "user" | "assistant") => {
    const message = await database.message.create({
      data: {
        id: uuidv7(),
        conversationId: id,
        parentId,
        role,
        status,
        parts: toJson(parts),
        model: role === "assistant" ? "kimi" : null,
        costUsd: 0.25,
        error: status === "failed" ? { code: "upstream:cut", message: "Cut off.", retryable: true } : undefined,
      },
    })
    await database.conversation.update({ where: { id }, data: { activeLeafId: message.id } })
    return message.id
  }
  let last: string | null = null
  for (const [index, line] of lines.entries()) last = await add(last, line, index % 2 === 0 ? "user" : "assistant")
  return { id, userId, leaf: last, add }
}

/** What anyone with the link sees; null if it shows nothing. */
async function openShare(token: string) {
  const opened = await open(token, NOBODY)
  return opened.state === "open" ? opened.share : null
}
const ownerOfSharedImage = (token: string, id: string) => ownerOfImage(token, id, NOBODY)

const tokenOf = ({ path }: { path: string }) => path.replace("/share/", "")
const textsOf = (shared: Awaited<ReturnType<typeof openShare>>) =>
  shared?.messages.map(({ parts }) => parts.map((part) => ("text" in part ? part.text : part.type)).join("|"))

test("a link shows a question's text files, even if the question has no text", async () => {
  const file = { type: "data-text-file", data: { name: "a.csv", mediaType: "text/csv", text: "1,2" } }
  const { id, userId } = await conversationOf([{ parts: [file] }, { parts: [text("read")] }])
  const shared = await openShare(tokenOf(await createShare(userId, id)))
  expect(shared?.messages[0]?.parts).toEqual([file])
})

test("for compared answers a link shows each finished one with its model", async () => {
  const { id, userId, leaf } = await conversationOf([{ parts: [text("which?")] }])
  const comparisonId = uuidv7()
  const answer = async (place: number, model: string, status: MessageStatus) => {
    const parts = toJson([text(`said by ${model}`)])
    const data = { id: uuidv7(), conversationId: id, parentId: leaf, role: "assistant", status, parts, model } as const
    const { id: answerId } = await testDb.database.message.create({
      data: { ...data, comparisonId, comparisonPlace: place },
    })
    await testDb.database.conversation.update({ where: { id }, data: { activeLeafId: answerId } })
  }
  await answer(0, "kimi", "complete")
  await answer(1, "glm", "stopped")
  await answer(2, "gpt", "streaming")
  const shared = await openShare(tokenOf(await createShare(userId, id)))
  expect(textsOf(shared)).toEqual(["which?"])
  expect(shared?.compared.map(({ metadata }) => metadata?.model)).toEqual(["kimi", "glm"])
  expect(shared?.compared.map(({ parts }) => parts)).toMatchObject([[text("said by kimi")], [text("said by glm")]])
})

test("a link may end at a message, even on another branch, and persists when messages are deleted", async () => {
  const { id, userId, leaf, add } = await conversationOf([{ parts: [text("hello")] }, { parts: [text("good day")] }])
  const more = await add(leaf, { parts: [text("and then?")] }, "user")
  await add(leaf, { parts: [text("the shown branch")] }, "user")
  const share = await createShare(userId, id, { message: more })
  expect(textsOf(await openShare(tokenOf(share)))).toEqual(["hello", "good day", "and then?"])
  await setDeleted(userId, id, { message: leaf ?? "", deleted: true })
  expect(textsOf(await openShare(tokenOf(share)))).toEqual(["hello", "good day", "and then?"])
  expect(textsOf(await openShare(tokenOf(await createShare(userId, id))))).toEqual(["hello", "the shown branch"])
  await expect(createShare(userId, id, { message: uuidv7() })).rejects.toMatchObject({ code: "message:not_found" })
})

test("a link shows the conversation as it was, regardless of later changes", async () => {
  const { id, userId, leaf, add } = await conversationOf([{ parts: [text("hello")] }, { parts: [text("good day")] }])
  const share = await createShare(userId, id)
  expect(share.path).toMatch(/^\/share\/[A-Za-z0-9_-]{32}$/)
  await add(leaf, { parts: [text("a secret")] }, "user")
  await renameConversation(userId, id, "Another name")
  const shared = await openShare(tokenOf(share))
  expect(shared?.title).toBe("Harbours")
  expect(shared?.createdAt).toBe(share.createdAt)
  expect(textsOf(shared)).toEqual(["hello", "good day"])
  expect(textsOf(await openShare(tokenOf(await createShare(userId, id))))).toEqual(["hello", "good day", "a secret"])
})

test("reasoning, costs, errors, and unfinished answers are not included", async () => {
  const { id, userId } = await conversationOf([
    { parts: [text("one")] },
    { parts: [{ type: "reasoning", text: "I think" }, text("first part")], status: "failed" },
    { parts: [text("two")] },
    { parts: [text("only just be")], status: "streaming" },
  ])
  const shared = await openShare(tokenOf(await createShare(userId, id)))
  expect(textsOf(shared)).toEqual(["one", "first part", "two"])
  const stored = JSON.stringify(await testDb.database.share.findFirst({ where: { conversationId: id } }))
  // A timestamp may end in 0.25 seconds.
  const words = stored.replaceAll(/T[\d:.]+Z/g, "")
  for (const kept of ["I think", "only just be", "0.25", "Cut off"]) expect(words).not.toContain(kept)
})

test("only the shown branch is included", async () => {
  const { id, userId, add } = await conversationOf([{ parts: [text("first try")] }, { parts: [text("first answer")] }])
  await add(null, { parts: [text("second try")] }, "user")
  expect(textsOf(await openShare(tokenOf(await createShare(userId, id))))).toEqual(["second try"])
})

test("tool results and structured answers are included as they are", async () => {
  const call = {
    type: "tool-get_weather",
    toolCallId: "call-1",
    state: "output-error",
    input: { location: "Nowhere" },
    errorText: "No such place.",
  }
  const { id, userId, leaf } = await conversationOf([{ parts: [text("weather?")] }, { parts: [call] }])
  const output = { type: "json" }
  const check = { valid: false, problems: [{ path: "/a", message: "is missing" }] }
  await testDb.database.message.update({ where: { id: leaf ?? "" }, data: { output, outputCheck: check } })
  const shared = await openShare(tokenOf(await createShare(userId, id)))
  expect(shared?.messages[1]?.parts).toEqual([call])
  expect(shared?.messages[1]?.metadata).toMatchObject({ output, outputCheck: check, model: "kimi", status: "complete" })
})

test("its images are available through this link only", async () => {
  const shown = randomUUID()
  const { id, userId } = await conversationOf([{ parts: [image(shown), text("what is it?")] }])
  const other = await conversationOf([{ parts: [text("no image")] }], userId)
  const token = tokenOf(await createShare(userId, id))
  const [first] = (await openShare(token))?.messages ?? []
  expect(first?.parts[0]).toMatchObject({ type: "file", url: `/api/images/${shown}?share=${token}` })
  expect(await ownerOfSharedImage(token, shown)).toBe(userId)
  expect(await ownerOfSharedImage(token, randomUUID())).toBeNull()
  expect(await ownerOfSharedImage(tokenOf(await createShare(userId, other.id)), shown)).toBeNull()
  expect(await ownerOfSharedImage("", shown)).toBeNull()
})

test("a revoked link stops working immediately and permanently", async () => {
  const shown = randomUUID()
  const { id, userId } = await conversationOf([{ parts: [image(shown)] }])
  const share = await createShare(userId, id)
  await revokeShare(userId, share.id)
  expect(await openShare(tokenOf(share))).toBeNull()
  expect(await ownerOfSharedImage(tokenOf(share), shown)).toBeNull()
  await expect(revokeShare(userId, share.id)).rejects.toMatchObject({ code: "share:not_found", status: 404 })
  expect(await listShares(userId, id)).toMatchObject([{ id: share.id, revokedAt: expect.any(String) }])
})

test("a link is suspended while its conversation is deleted", async () => {
  const { id, userId } = await conversationOf([{ parts: [text("hello")] }])
  const token = tokenOf(await createShare(userId, id))
  await deleteConversation(userId, id)
  expect(await openShare(token)).toBeNull()
  await expect(createShare(userId, id)).rejects.toMatchObject({ code: "conversation:not_found" })
  await expect(listShares(userId, id)).rejects.toMatchObject({ code: "conversation:not_found" })
  await restoreConversation(userId, id)
  expect(textsOf(await openShare(token))).toEqual(["hello"])
})

test("another user can neither create, list, nor revoke a link", async () => {
  const { id, userId } = await conversationOf([{ parts: [text("mine")] }])
  const share = await createShare(userId, id)
  const stranger = randomUUID()
  await expect(createShare(stranger, id)).rejects.toMatchObject({ code: "conversation:not_found", status: 404 })
  await expect(listShares(stranger, id)).rejects.toMatchObject({ code: "conversation:not_found", status: 404 })
  await expect(revokeShare(stranger, share.id)).rejects.toMatchObject({ code: "share:not_found", status: 404 })
  expect(textsOf(await openShare(tokenOf(share)))).toEqual(["mine"])
})

test("links are listed newest first, without their content", async () => {
  const { id, userId } = await conversationOf([{ parts: [text("hello")] }])
  const first = await createShare(userId, id)
  await testDb.database.share.update({ where: { id: first.id }, data: { createdAt: new Date(Date.now() - 1_000) } })
  const second = await createShare(userId, id)
  const listed = await listShares(userId, id)
  expect(listed.map((share) => share.id)).toEqual([second.id, first.id])
  expect(listed[0]).toEqual(second)
  expect(tokenOf(first)).not.toBe(tokenOf(second))
})

test("there is nothing to share before the first message, and the number of links per conversation is limited", async () => {
  const empty = await conversationOf([])
  await expect(createShare(empty.userId, empty.id)).rejects.toMatchObject({ code: "request:invalid" })
  const { id, userId } = await conversationOf([{ parts: [text("hello")] }])
  const shares = []
  for (let made = 0; made < 50; made += 1) shares.push(await createShare(userId, id))
  await expect(createShare(userId, id)).rejects.toMatchObject({ code: "limit:reached", status: 429 })
  await revokeShare(userId, shares[0]?.id ?? "")
  await expect(createShare(userId, id)).resolves.toMatchObject({ revokedAt: null })
})

test.each(["", "x", "a".repeat(31), `${"a".repeat(32)}/`, "%".repeat(32), "a".repeat(10_000)])(
  "a malformed token opens nothing: %.40s",
  async (token) => {
    expect(await openShare(token)).toBeNull()
  },
)

test("a message written by another version is omitted, the others are shown", async () => {
  const { id, userId } = await conversationOf([{ parts: [text("hello")] }])
  const share = await createShare(userId, id)
  const row = await testDb.database.share.findUniqueOrThrow({ where: { id: share.id } })
  const stored = readSnapshot(row.messages).messages
  await testDb.database.share.update({
    where: { id: share.id },
    data: { messages: toJson([{ id: "x", role: "oracle", parts: [] }, ...stored, null]) },
  })
  expect(textsOf(await openShare(tokenOf(share)))).toEqual(["hello"])
})
