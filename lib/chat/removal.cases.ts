/** Tests of deleting single messages, on either database. */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import { textPart, writtenConversation } from "@/lib/chat/branches.fixture"
import { selectBranch, totalsOf } from "@/lib/chat/conversations"
import { purgeMessages, setDeleted } from "@/lib/chat/removal"
import { viewConversation } from "@/lib/chat/view"
import type { Database } from "@/lib/db/client"
import { lockEndedMessage, reopenAnswer } from "@/lib/db/messages"
import { purgeMessage } from "@/lib/db/removal"
import { branchTo } from "@/lib/db/turns"
import { parseParts } from "@/lib/messages/parts"
import { searchConversations } from "@/lib/search/search"

const textsOf = (messages: { parts: unknown }[]) =>
  messages.flatMap(({ parts }) => parseParts(parts).flatMap((part) => (part.type === "text" ? [part.text] : [])))

export function removalCases(database: () => Database): void {
  const written = async () => {
    const conversation = await writtenConversation(database())
    const { userId, id } = conversation
    const shown = async () => textsOf((await viewConversation(userId, id))?.messages ?? [])
    const set = (message: string, deleted: boolean) => setDeleted(userId, id, { message, deleted })
    const leaf = async () => (await database().conversation.findUniqueOrThrow({ where: { id } })).activeLeafId ?? ""
    const sent = async () => textsOf(await branchTo(id, await leaf()))
    const found = async (query: string) =>
      (await searchConversations(userId, query, { limit: 10 })).hits.filter(({ message }) => message).length
    return { ...conversation, shown, set, sent, found, leaf }
  }

  test("messages after a deleted one stay, on the page and for the model; restored, it returns to its place", async () => {
    const { branch, shown, set, sent, found, userId, id } = await written()
    const [one, two = "", three = ""] = await branch(["one", "two", "three", "four"])
    await set(two, true)
    await set(two, true)
    expect(await shown()).toEqual(["one", "three", "four"])
    expect(await sent()).toEqual(["one", "three", "four"])
    const view = await viewConversation(userId, id)
    expect(view?.messages[1]?.metadata?.parentId, "what it follows now").toBe(one)
    expect(await found("two")).toBe(0)
    expect(await found("three")).toBe(1)
    await set(three, true)
    expect(await shown()).toEqual(["one", "four"])
    await set(two, false)
    await set(three, false)
    expect(await shown()).toEqual(["one", "two", "three", "four"])
    expect(await found("two")).toBe(1)
  })

  test("when the last message is deleted, another version of it is shown, or the message before it", async () => {
    const { say, branch, shown, set, userId, id } = await written()
    const [question = "", first = ""] = await branch(["question", "first"])
    const second = await say("second", question)
    await set(second, true)
    expect(await shown()).toEqual(["question", "first"])
    expect((await viewConversation(userId, id))?.siblings).toEqual({})
    await set(first, true)
    expect(await shown()).toEqual(["question"])
    await set(question, true)
    expect(await shown()).toEqual([])
    await set(question, false)
    expect(await shown()).toEqual(["question"])
    await set(second, false)
    expect(await shown(), "undo shows what it brings back").toEqual(["question", "second"])
  })

  test("remaining messages of other branches stay reachable", async () => {
    const { say, branch, shown, set, userId, id } = await written()
    const [question = "", answer = ""] = await branch(["question", "answer", "more"])
    const other = await say("other answer", question)
    await selectBranch(userId, id, answer)
    await set(answer, true)
    expect(await shown()).toEqual(["question", "more"])
    const { siblings = {} } = (await viewConversation(userId, id)) ?? {}
    expect(Object.values(siblings).flat()).toContain(other)
    await selectBranch(userId, id, other)
    expect(await shown()).toEqual(["question", "other answer"])
  })

  test("other users' messages, and those being written or compared, can't be deleted", async () => {
    const { say, branch, set, id, shown } = await written()
    const other = await written()
    const [question = ""] = await branch(["question"])
    await expect(other.set(question, true)).rejects.toMatchObject({ code: "message:not_found" })
    await expect(setDeleted(other.userId, id, { message: question, deleted: true })).rejects.toMatchObject({
      code: "conversation:not_found",
    })
    await expect(set(uuidv7(), true)).rejects.toMatchObject({ code: "message:not_found" })
    const comparisonId = uuidv7()
    const answer = await say("a", question, { comparisonId })
    await say("b", question, { comparisonId })
    for (const message of [question, answer])
      await expect(set(message, true)).rejects.toMatchObject({ code: "message:compared" })
    await database().conversation.update({ where: { id }, data: { running: 1 } })
    await expect(set(answer, true)).rejects.toMatchObject({ code: "conversation:busy" })
    expect((await shown())[0]).toBe("question")
  })

  test("totals include stopped and hidden answers, and exclude deleted ones", async () => {
    const { say, branch, set, userId, id } = await written()
    const [question = "", first = ""] = await branch(["question", "first"])
    await say("stopped", question, { status: "stopped", uncounted: true })
    await say("", question, { status: "failed", parts: [] })
    await say("last", question)
    expect(await totalsOf(userId, id)).toMatchObject({ answers: 3, hidden: 2, uncounted: 1, costUsd: 0.5 })
    await set(first, true)
    expect(await totalsOf(userId, id)).toMatchObject({ answers: 2, hidden: 1, uncounted: 1, costUsd: 0.25 })
  })

  test("a deleted message is eventually purged, with its image if nothing else shows it", async () => {
    const { say, branch, shown, set, userId, id } = await written()
    const fileOf = async () => {
      const key = uuidv7()
      const image = { id: uuidv7(), userId, kind: "image", mediaType: "image/png", size: 1, name: "a.png" } as const
      await database().storedObject.create({ data: { key, sha256: key, size: 1 } })
      await database().file.create({ data: { ...image, objectKey: key } })
      await database().fileUse.create({ data: { conversationId: id, fileId: image.id } })
      return { id: image.id, part: { type: "file", url: `/api/images/${image.id}`, mediaType: "image/png" } }
    }
    const [own, both] = [await fileOf(), await fileOf()]
    const [, answer = ""] = await branch(["question", "answer"])
    const gone = await say("look", answer, { parts: [textPart("look"), own.part, both.part] })
    await say("again", gone, { parts: [textPart("again"), both.part] })
    await set(answer, true)
    await set(gone, true)
    const later = new Date(Date.now() + 1_000)
    expect(await purgeMessages(new Date(0))).toBe(0)
    expect(await purgeMessages(later)).toBeGreaterThanOrEqual(2)
    expect(await shown()).toEqual(["question", "again"])
    expect(await database().message.count({ where: { conversationId: id } })).toBe(2)
    expect(await database().fileUse.findMany({ where: { conversationId: id }, select: { fileId: true } })).toEqual([
      { fileId: both.id },
    ])
    await expect(set(gone, false)).rejects.toMatchObject({ code: "message:not_found" })
  })

  test("a deleted message that can't be read does not block the purge", async () => {
    const { branch, shown, set } = await written()
    const [, two = "", three = ""] = await branch(["one", "two", "three", "four"])
    await set(two, true)
    await set(three, true)
    // PostgreSQL rejects this text.
    await database().$executeRaw`UPDATE "Message" SET "parts" = '{"' WHERE "id" = ${two}`.catch(() => {})
    await purgeMessages(new Date(Date.now() + 1_000))
    expect(await shown()).toEqual(["one", "four"])
    expect(await database().message.count({ where: { id: { in: [two, three] } } })).toBe(0)
  })

  test("an answer deleted in the meantime is not continued", async () => {
    const { branch, set } = await written()
    const [, answer = ""] = await branch(["question", "answer"])
    await set(answer, true)
    expect([await reopenAnswer(database(), answer), await lockEndedMessage(database(), answer)]).toEqual([false, false])
    await set(answer, false)
    expect([await lockEndedMessage(database(), answer), await reopenAnswer(database(), answer)]).toEqual([true, true])
  })

  test("a message restored during the purge stays, and so do the messages after it", async () => {
    const { branch, shown } = await written()
    const [, two = ""] = await branch(["one", "two", "three"])
    await purgeMessage(two)
    expect(await shown()).toEqual(["one", "two", "three"])
  })
}
