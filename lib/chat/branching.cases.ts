/** Tests of copying a branch into a new conversation, on either database. */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import { textPart, writtenConversation } from "@/lib/chat/branches.fixture"
import { MAX_CONCURRENT_COPIES, makeBranch } from "@/lib/chat/branching"
import { purgeDeleted, renameConversation } from "@/lib/chat/conversations"
import { setDeleted } from "@/lib/chat/removal"
import { viewConversation } from "@/lib/chat/view"
import type { Database } from "@/lib/db/client"
import { messagesToCopy, storeCopy } from "@/lib/db/copies"
import { watchLoop } from "@/lib/observe/loop-delay.fixture"

export function branchingCases(database: () => Database): void {
  test("a branch has the messages up to the chosen one, with all their data, and nothing else", async () => {
    const { userId, id: from, say, branch } = await writtenConversation(database())
    const [question = "", gone = "", next = ""] = await branch(["question", "gone", "next"])
    await say("another version", question)
    await setDeleted(userId, from, { message: gone, deleted: true })
    const tool = {
      type: "tool-weather",
      toolCallId: "c",
      state: "output-available",
      input: { city: "Paris" },
      output: 1,
    }
    const answer = await say("answer", next, { parts: [textPart("answer"), tool], status: "stopped" })
    await say("later", answer)
    const asked = { id: uuidv7(), from, message: answer }
    const made = await makeBranch(userId, asked, "en")
    expect(made).toMatchObject({ id: asked.id, title: "Branch of Harbors", model: "kimi" })
    const [old, view] = [await viewConversation(userId, from), await viewConversation(userId, made.id)]
    const ofContent = (messages = old?.messages) =>
      messages?.map(({ role, parts, metadata }) => ({ role, parts, ...metadata, parentId: null }))
    expect(ofContent(view?.messages)).toEqual(ofContent(old?.messages.slice(0, 3)))
    expect(view?.messages.map(({ parts }) => parts[0])).toEqual(["question", "next", "answer"].map(textPart))
    expect(view?.settings).toEqual({ systemPrompt: "Rhyme." })
    expect(view?.siblings).toEqual({})
    const ids = view?.messages.map((message) => message.id) ?? []
    expect(view?.messages.map(({ metadata }) => metadata?.parentId)).toEqual([null, ids[0], ids[1]])
    expect(new Set([...ids, ...(old?.messages ?? []).map((message) => message.id)]).size).toBe(7)
  })

  test("repeated or concurrent identical requests create one branch; a branch of a branch keeps a simple title", async () => {
    const { userId, id: from, branch } = await writtenConversation(database())
    const [message = ""] = await branch(["question"])
    const asked = { id: uuidv7(), from, message }
    const made = await Promise.all([1, 2, 3].map(() => makeBranch(userId, asked, "de")))
    expect(new Set(made.map(({ title }) => title))).toEqual(new Set(["Zweig von „Harbors“"]))
    expect(await database().message.count({ where: { conversationId: asked.id } })).toBe(1)
    const [copied] = (await viewConversation(userId, asked.id))?.messages ?? []
    const again = await makeBranch(userId, { id: uuidv7(), from: asked.id, message: copied?.id ?? "" }, "de")
    expect(again.title).toBe("Zweig von „Harbors“")
  })

  test("no branch is made from a conversation that is another user's, temporary, unknown, or being written", async () => {
    const { userId, id: from, say, branch } = await writtenConversation(database())
    const stranger = await writtenConversation(database())
    const [message = ""] = await branch(["question"])
    const of = (more: object, as = userId) => makeBranch(as, { id: uuidv7(), from, message, ...more }, "en")
    await expect(of({}, stranger.userId)).rejects.toMatchObject({ code: "conversation:not_found" })
    await expect(of({ id: stranger.id })).rejects.toMatchObject({ code: "conversation:not_found" })
    await expect(of({ message: uuidv7() })).rejects.toMatchObject({ code: "message:not_found" })
    const writing = await say("", message, { status: "streaming" })
    await expect(of({ message: writing })).rejects.toMatchObject({ code: "conversation:busy" })
    await database().conversation.update({ where: { id: from }, data: { temporary: true } })
    await expect(of({})).rejects.toMatchObject({ code: "conversation:not_found" })
  })

  test("a branch shows its messages' images, and keeps them when the original conversation is deleted", async () => {
    const { userId, id: from, say } = await writtenConversation(database())
    const key = uuidv7()
    const image = { id: uuidv7(), userId, kind: "image", mediaType: "image/png", size: 1, name: "a.png" } as const
    await database().storedObject.create({ data: { key, sha256: key, size: 1 } })
    await database().file.create({ data: { ...image, objectKey: key } })
    const gone = { type: "file", url: `/api/images/${uuidv7()}`, mediaType: "image/png" }
    const message = await say("look", null, { parts: [{ ...gone, url: `/api/images/${image.id}` }, gone] })
    const { id } = await makeBranch(userId, { id: uuidv7(), from, message }, "en")
    expect(await database().fileUse.findMany({ where: { conversationId: id } })).toEqual([
      { conversationId: id, fileId: image.id },
    ])
  })

  test("a failed branch leaves nothing behind and rolls back nothing written by others meanwhile", async () => {
    const { userId, id: from, branch } = await writtenConversation(database())
    const other = await writtenConversation(database())
    const [message = ""] = await branch(["question"])
    const id = uuidv7()
    async function* pieces() {
      yield await messagesToCopy([message])
      await renameConversation(other.userId, other.id, "Written meanwhile")
      throw new Error("broken")
    }
    const copy = { id, userId, title: "Copy", model: null, files: () => [], pieces }
    await expect(storeCopy(copy)).rejects.toThrow("broken")
    expect(await database().conversation.count({ where: { id } })).toBe(0)
    expect((await viewConversation(other.userId, other.id))?.conversation.title).toBe("Written meanwhile")
    expect(await makeBranch(userId, { id, from, message }, "en")).toMatchObject({ id })
  })

  test("a branch left by a crash is purged after an hour, but not one in progress, nor a deleted empty chat", async () => {
    const { userId, branch } = await writtenConversation(database())
    const [message = ""] = await branch(["question"])
    const [ended = "", empty = ""] = [uuidv7(), uuidv7()]
    let there: string[] = []
    const left = async () =>
      (await database().conversation.findMany({ where: { id: { in: [ended, empty] } } })).map(({ id }) => id)
    const deletedAt = new Date()
    await database().conversation.create({ data: { id: empty, userId, title: "", deletedAt } })
    async function* pieces() {
      yield await messagesToCopy([message])
      await purgeDeleted(new Date(Date.now() + 30 * 60_000))
      there = await left()
      await purgeDeleted(new Date(Date.now() + 61 * 60_000))
      throw new Error("the server has ended")
    }
    const copy = { id: ended, userId, title: "Copy", model: null, files: () => [], pieces }
    await expect(storeCopy(copy)).rejects.toThrow()
    expect(there.toSorted()).toEqual([ended, empty].toSorted())
    expect(await left()).toEqual([empty])
  })

  test("branches are made one at a time per user, with a limit on how many may wait", async () => {
    const { userId, id: from, branch } = await writtenConversation(database())
    const [message = ""] = await branch(["question"])
    const made = await Promise.allSettled(
      Array.from({ length: 12 }, () => makeBranch(userId, { id: uuidv7(), from, message }, "en")),
    )
    const refused = made.flatMap((one) => (one.status === "rejected" ? [one.reason] : []))
    expect(refused).toHaveLength(12 - MAX_CONCURRENT_COPIES)
    for (const error of refused) expect(error).toMatchObject({ code: "limit:reached", status: 429 })
    await expect(makeBranch(userId, { id: uuidv7(), from, message }, "en")).resolves.toBeTruthy()
  })

  test("branching five thousand messages yields to other work", async () => {
    const { userId, id: from } = await writtenConversation(database())
    const ids = Array.from({ length: 5_000 }, () => uuidv7())
    await database().message.createMany({
      data: ids.map((id, place) => ({
        ...{ id, conversationId: from, parentId: ids[place - 1] ?? null, status: "complete" },
        ...{ role: place % 2 === 0 ? "user" : "assistant", parts: [textPart(`${place} ${"word ".repeat(200)}`)] },
        createdAt: new Date(place * 1_000),
      })) as never,
    })
    const turns = watchLoop()
    const { id } = await makeBranch(userId, { id: uuidv7(), from, message: ids.at(-1) ?? "" }, "en")
    expect(turns.end(), "turns of the event loop").toBeGreaterThan(5_000 / 64)
    expect(await database().message.count({ where: { conversationId: id } })).toBe(5_000)
  })
}
