/**
 * Tests where a message goes and which branch is shown, on either database: run by `branches.test.ts` and
 * `branches.postgres.test.ts`.
 */
import { setImmediate } from "node:timers/promises"
import { v7 as uuidv7 } from "uuid"
import { beforeAll, expect, test } from "vitest"
import type { ChatRequest } from "@/lib/chat/requests"
import { ask, eventsOf, MODELS, modules, never, send, stored, user } from "@/lib/generation/generation.fixture"

/** Sends a request and waits for the end of the answer. */
async function sendWhole(request: ChatRequest) {
  const { answerId, response } = await send(request)
  await eventsOf(response)
  return { questionId: request.message.id, answerId, conversationId: request.id }
}

const shown = async (id: string) => (await stored(id)).map((message) => message.id)

export function branchCases(): void {
  // The first answer loads all modules, which on a busy machine takes longer than any of the tests.
  beforeAll(async () => void (await sendWhole(ask("[[echo]] warm"))))

  test("an appended message goes to the end, even from a tab that has not seen the latest messages", async () => {
    const { acceptMessage } = await modules()
    const first = await sendWhole(ask("[[echo]] one"))
    const { conversationId: id } = first
    const one = await sendWhole(ask("[[echo]] from one tab", { id, parentId: first.answerId, append: true }))
    const request = ask("[[echo]] from another", { id, parentId: first.answerId, append: true })
    expect(await acceptMessage(user, request)).toMatchObject({ parentId: one.answerId })
    expect(await acceptMessage(user, request), "the same again").toMatchObject({ parentId: one.answerId })
    const ids = await shown(id)
    expect(ids).toEqual([
      first.questionId,
      first.answerId,
      one.questionId,
      one.answerId,
      request.message.id,
      ids.at(-1),
    ])
    const { viewConversation } = await modules()
    expect((await viewConversation(user.id, id))?.siblings).toEqual({})
  })

  test("messages sent concurrently from many tabs never become siblings", async () => {
    const { viewConversation, followConversation } = await modules()
    const first = await sendWhole(ask("[[echo]] one"))
    const { conversationId: id, answerId: parentId } = first
    const sendLater = async (request: ChatRequest): Promise<void> => {
      // Like a page: a turn that comes second waits for the end of the first.
      const refused = await sendWhole(request).then(
        () => null,
        (error: { code?: string }) => error,
      )
      if (refused?.code !== "conversation:busy") return expect(refused).toBeNull()
      // Follow whatever runs to its end.
      await (await followConversation(user.id, id, [{ after: -1 }], { signal: never }))?.text()
      await setImmediate()
      await sendLater(request)
    }
    const requests = [1, 2, 3, 4].map((n) => ask(`[[echo]] ${n}`, { id, parentId, append: true }))
    await Promise.all(requests.map(sendLater))
    const view = await viewConversation(user.id, id)
    expect(view?.messages).toHaveLength(10)
    expect(view?.siblings).toEqual({})
  })

  test("a message appended to another branch stays there; an edit stays an alternative", async () => {
    const { viewConversation } = await modules()
    const first = await sendWhole(ask("[[echo]] one"))
    const { conversationId: id } = first
    const edit = await sendWhole(ask("[[echo]] one, again", { id, parentId: null }))
    const follow = await sendWhole(ask("[[echo]] behind the first", { id, parentId: first.answerId, append: true }))
    const view = await viewConversation(user.id, id)
    expect(view?.messages.map((message) => message.id)).toEqual([
      first.questionId,
      first.answerId,
      follow.questionId,
      follow.answerId,
    ])
    expect(view?.siblings[first.questionId]).toEqual([first.questionId, edit.questionId])
    await expect(sendWhole(ask("x", { id, parentId: uuidv7(), append: true }))).rejects.toMatchObject({
      code: "message:not_found",
    })
  })

  test("a message sent after a deleted message attaches to the one before it", async () => {
    const { acceptMessage, setDeleted } = { ...(await modules()), ...(await import("@/lib/chat/removal")) }
    const first = await sendWhole(ask("[[echo]] one"))
    const { conversationId: id } = first
    const two = await sendWhole(ask("[[echo]] two", { id }))
    for (const message of [two.answerId, first.answerId]) await setDeleted(user.id, id, { message, deleted: true })
    const request = ask("[[echo]] three", { id, parentId: two.answerId, append: true })
    expect(await acceptMessage(user, request)).toMatchObject({ parentId: two.questionId })
    await sendWhole(request)
    const shownIds = await shown(id)
    expect(shownIds).toEqual([first.questionId, two.questionId, request.message.id, shownIds.at(-1)])
    const edit = ask("[[echo]] an edit", { id, parentId: first.answerId })
    expect(await acceptMessage(user, edit)).toMatchObject({ parentId: first.questionId })
    await sendWhole(edit)
    const gone = { id, message: { id: first.questionId, parts: [] }, responseId: first.answerId }
    await expect(acceptMessage(user, gone)).rejects.toMatchObject({ code: "message:not_found" })
  })

  test("another model may answer once without changing the conversation's model", async () => {
    const { viewConversation } = await modules()
    const [, other] = MODELS
    const first = await sendWhole(ask("[[echo]] one"))
    const { conversationId: id, questionId } = first
    const again = { id, message: { id: questionId, parts: [] }, model: other }
    const once = await sendWhole({ ...again, responseId: uuidv7(), once: true })
    const view = await viewConversation(user.id, id)
    expect(view?.messages.at(-1)).toMatchObject({ id: once.answerId, metadata: { model: other } })
    expect(view?.conversation.model).toBe(MODELS[0])
    await sendWhole({ ...again, responseId: uuidv7() })
    expect((await viewConversation(user.id, id))?.conversation.model).toBe(other)
  })

  test("returning to an earlier version shows the answer last read there, not the newest one", async () => {
    const { selectBranch } = await modules()
    const first = await sendWhole(ask("[[echo]] one"))
    const { conversationId: id, questionId, answerId } = first
    const again: ChatRequest = { id, message: { id: questionId, parts: [] }, responseId: uuidv7() }
    const other = await sendWhole(again)
    await selectBranch(user.id, id, answerId)
    const edit = await sendWhole(ask("[[echo]] two", { id, parentId: null }))
    expect(await shown(id)).toEqual([edit.questionId, edit.answerId])
    await selectBranch(user.id, id, questionId)
    expect(await shown(id)).toEqual([questionId, answerId])
    await selectBranch(user.id, id, other.answerId)
    await selectBranch(user.id, id, edit.questionId)
    await selectBranch(user.id, id, questionId)
    expect(await shown(id)).toEqual([questionId, other.answerId])
  })

  test("linking to a message selects every fork before it", async () => {
    const { selectBranch } = await modules()
    const first = await sendWhole(ask("[[echo]] one"))
    const { conversationId: id } = first
    const deep = await sendWhole(ask("[[echo]] deep", { id }))
    await sendWhole({ id, message: { id: first.questionId, parts: [] }, responseId: uuidv7() })
    const edit = await sendWhole(ask("[[echo]] two", { id, parentId: null }))
    await selectBranch(user.id, id, deep.answerId)
    await selectBranch(user.id, id, edit.questionId)
    await selectBranch(user.id, id, first.questionId)
    expect(await shown(id)).toEqual([first.questionId, first.answerId, deep.questionId, deep.answerId])
  })

  test.each([
    ["kept", true],
    ["gone on from", false],
  ])("a compared answer that was %s is shown again, not the last one", async (_, keeps) => {
    const { acceptMessage, followMessages, keepAnswer, selectBranch } = await modules()
    const compare = MODELS.slice(0, 2).map((model) => ({ model, responseId: uuidv7() }))
    const request = ask("[[echo]] which?", { compare })
    const { answerIds } = await acceptMessage(user, request)
    await (await followMessages(user.id, answerIds, { signal: never }))?.text()
    const { id } = request
    const [kept = ""] = answerIds
    if (keeps) await keepAnswer(user.id, id, kept)
    else await sendWhole(ask("[[echo]] more", { id, parentId: kept, append: true }))
    const before = await shown(id)
    expect(before).toContain(kept)
    await sendWhole(ask("[[echo]] another question", { id, parentId: null }))
    await selectBranch(user.id, id, request.message.id)
    expect(await shown(id)).toEqual(before)
  })

  test("uppercase ids refer to the same conversation and messages", async () => {
    const { chatRequestSchema } = await import("@/lib/chat/requests")
    const first = await sendWhole(ask("[[echo]] one"))
    const shouted = ask("[[echo]] two", {
      id: first.conversationId.toUpperCase(),
      parentId: first.answerId.toUpperCase(),
    })
    const second = await sendWhole(chatRequestSchema.parse(shouted))
    expect((await shown(first.conversationId)).slice(0, 3)).toEqual([
      first.questionId,
      first.answerId,
      second.questionId,
    ])
  })
}
