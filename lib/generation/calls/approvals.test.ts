/** Calls that await approval: the answer ends, is stored, and continues after the user's decision. */
import { v7 as uuidv7 } from "uuid"
import { beforeEach, expect, test } from "vitest"
import type { ApprovalRequest } from "@/lib/chat/requests"
import { answerApproval } from "@/lib/generation/calls/approvals"
import { addEraseNote, callsOf, follow, lastBody } from "@/lib/generation/calls/calls.fixture"
import { ask, eventsOf, modules, send, setUp, started, stored, textOf, user } from "@/lib/generation/generation.fixture"
import { messageChunks, partsOf } from "@/lib/generation/log/chunks"
import type { ChatMessage } from "@/lib/messages/types"
import { changeSettings } from "@/lib/operator/settings"

setUp()

const ran: string[] = []
let finish: Promise<void> = Promise.resolve()
beforeEach(() => {
  ran.length = 0
  finish = Promise.resolve()
})
addEraseNote({
  runUnasked: false,
  onRun: (location) => {
    ran.push(location)
    return finish
  },
})

/** An answer that waits for the user. */
async function asked(text = "please erase the note of Paris") {
  const request = ask(text)
  const { response, answerId } = await send(request)
  const stream = await eventsOf(response)
  const [, message] = await stored(request.id)
  const calls = callsOf(message)
  const say = (more: Partial<ApprovalRequest> = {}): ApprovalRequest => ({
    messageId: answerId,
    approvalId: calls[0]?.approval?.id ?? "",
    approved: true,
    generationId: uuidv7(),
    ...more,
  })
  return { id: request.id, answerId, stream, message, calls, say }
}

const runningIn = async (id: string) =>
  (await started.testDb.database.conversation.findUniqueOrThrow({ where: { id } })).running

test("a call that needs approval ends the stream, and the answer is stored as waiting", async () => {
  const { id, stream, message, calls } = await asked()
  expect(stream.events.map(({ chunk }) => chunk.type)).toContain("tool-approval-request")
  expect(stream.done).toBe(true)
  expect(message?.metadata).toMatchObject({ status: "complete", finishReason: "tool-calls" })
  expect(calls).toMatchObject([
    { state: "approval-requested", input: { location: "Paris" }, approval: { id: expect.any(String) } },
  ])
  expect([ran, await runningIn(id)]).toEqual([[], 0])
  const { recoverAbandoned } = await modules()
  expect(await recoverAbandoned({ earlierProcesses: true })).toBe(0)
})

test("an approved call runs, and the same message continues with its result", async () => {
  const { id, answerId, say, message } = await asked()
  expect(await answerApproval(user, id, say())).toEqual({ waiting: 0 })
  const { events, done } = await follow(id)
  expect(done).toBe(true)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index))
  const [, after, ...more] = await stored(id)
  expect([ran, more, after?.id]).toEqual([["Paris"], [], answerId])
  expect(callsOf(after)).toMatchObject([
    { state: "output-available", output: { erased: "Paris" }, approval: { approved: true } },
  ])
  expect(after?.metadata).toMatchObject({ status: "complete", finishReason: "stop" })
  expect(textOf(after)).toContain("Paris")
  expect(after?.metadata?.usage?.input).toBeGreaterThan(message?.metadata?.usage?.input ?? 0)
  expect(lastBody()).toMatchObject({
    messages: [
      { role: "system" },
      { role: "user" },
      { role: "assistant", tool_calls: [{ function: { name: "erase_note" } }] },
      { role: "tool", content: '{"erased":"Paris"}' },
    ],
  })
})

test("an approved call does not run if its tool is switched off, and the model is told so", async () => {
  const { id, say } = await asked()
  await changeSettings({ blockedTools: ["erase_note"] })
  try {
    await answerApproval(user, id, say())
    await follow(id)
  } finally {
    await changeSettings({ blockedTools: null })
  }
  const [, after] = await stored(id)
  expect([ran, after?.metadata?.status]).toEqual([[], "complete"])
  const resultProviderMetadata = { sparkler: { sentence: { key: "tool:off" } } }
  expect(callsOf(after)).toMatchObject([{ state: "output-error", resultProviderMetadata }])
})

test("calls in a deleted conversation can no longer be approved", async () => {
  const { id, say } = await asked()
  await started.testDb.database.conversation.update({ where: { id }, data: { deletedAt: new Date() } })
  await expect(answerApproval(user, id, say())).rejects.toMatchObject({ code: "conversation:not_found" })
  expect([ran, await runningIn(id)]).toEqual([[], 0])
})

test("a denied call does not run, and the model is told why", async () => {
  const { id, say } = await asked()
  await answerApproval(user, id, say({ approved: false, reason: "I still need it." }))
  await follow(id)
  const [, after] = await stored(id)
  expect([ran, after?.metadata?.status]).toEqual([[], "complete"])
  expect(callsOf(after)).toMatchObject([
    { state: "output-denied", approval: { approved: false, reason: "I still need it." } },
  ])
  expect(lastBody()).toMatchObject({
    messages: [{}, {}, { role: "assistant" }, { role: "tool", content: expect.stringContaining("I still need it.") }],
  })
})

test("sending another message denies the call, which can no longer be approved", async () => {
  const { id, answerId, say } = await asked()
  const next = { ...ask("Hello again"), id, parentId: answerId }
  await eventsOf((await send(next)).response)
  expect(lastBody()).toMatchObject({
    messages: [
      { role: "system" },
      { role: "user" },
      { role: "assistant", tool_calls: [{}] },
      { role: "tool", content: expect.stringContaining("The person did not allow this call.") },
      { role: "user" },
    ],
  })
  await expect(answerApproval(user, id, say())).rejects.toMatchObject({ code: "message:not_asking", status: 409 })
  expect(ran).toEqual([])
})

test("each of several calls is asked about, and the answer continues once all are decided", async () => {
  const { id, calls, say } = await asked("please erase the note of Paris and of Oslo")
  expect(calls.map(({ state }) => state)).toEqual(["approval-requested", "approval-requested"])
  expect(await answerApproval(user, id, say())).toEqual({ waiting: 1 })
  expect([ran, await runningIn(id)]).toEqual([[], 0])
  expect(callsOf((await stored(id))[1]).map(({ state }) => state)).toEqual(["approval-responded", "approval-requested"])
  const other = { approvalId: calls[1]?.approval?.id, approved: false }
  expect(await answerApproval(user, id, say(other))).toEqual({ waiting: 0 })
  await follow(id)
  expect(ran).toEqual(["Paris"])
  expect(callsOf((await stored(id))[1]).map(({ state }) => state)).toEqual(["output-available", "output-denied"])
})

test("deciding two calls at the same moment starts one generation", async () => {
  const { id, calls, say } = await asked("please erase the note of Paris and of Oslo")
  await Promise.all(calls.map(({ approval }) => answerApproval(user, id, say({ approvalId: approval?.id }))))
  await follow(id)
  expect(ran.toSorted()).toEqual(["Oslo", "Paris"])
  expect(await started.testDb.database.generation.count({ where: { conversationId: id } })).toBe(2)
})

test("when two decisions race and the answer can't continue, the second can be submitted again", async () => {
  const { id, calls, say } = await asked("please erase the note of Paris and of Oslo")
  const { limits } = (await import("@/lib/config")).config()
  const { runningPerUser } = limits
  limits.runningPerUser = 0
  const both = () =>
    Promise.allSettled(calls.map(({ approval }) => answerApproval(user, id, say({ approvalId: approval?.id }))))
  expect((await both()).map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"])
  const states = callsOf((await stored(id))[1]).map(({ state }) => state)
  expect(states.toSorted()).toEqual(["approval-requested", "approval-responded"])
  limits.runningPerUser = runningPerUser
  await both()
  await follow(id)
  expect(ran.toSorted()).toEqual(["Oslo", "Paris"])
})

test("repeating a decision changes nothing, and a decision can't be reversed", async () => {
  const { id, calls, say } = await asked("please erase the note of Paris and of Oslo")
  const first = say()
  await answerApproval(user, id, first)
  expect(await answerApproval(user, id, { ...first, generationId: uuidv7() })).toEqual({ waiting: 1 })
  await expect(answerApproval(user, id, say({ approved: false }))).rejects.toMatchObject({ code: "message:not_asking" })
  const second = say({ approvalId: calls[1]?.approval?.id })
  await Promise.all(Array.from({ length: 5 }, () => answerApproval(user, id, second).catch(() => {})))
  await follow(id)
  expect(await answerApproval(user, id, second)).toEqual({ waiting: 0 })
  expect(ran).toHaveLength(2)
})

test("calls that need no approval, and other users' calls, can't be approved", async () => {
  const { id, say } = await asked()
  await expect(answerApproval(user, id, say({ approvalId: "made-up" }))).rejects.toMatchObject({ status: 409 })
  const other = { ...user, id: uuidv7() }
  await expect(answerApproval(other, id, say())).rejects.toMatchObject({ status: 404 })
  await expect(answerApproval(user, uuidv7(), say())).rejects.toMatchObject({ status: 404 })
  const another = await asked()
  await expect(answerApproval(user, id, say({ messageId: another.answerId }))).rejects.toMatchObject({ status: 404 })
  expect(ran).toEqual([])
})

test("later readers are asked too: the stored message rebuilds the same parts", async () => {
  const { message, id, say } = await asked()
  if (!message) throw new Error("no message")
  const again = async (read: ChatMessage) => callsOf({ ...read, parts: await partsOf(messageChunks(read)) })
  expect(await again(message)).toEqual(callsOf(message))
  await answerApproval(user, id, say())
  await follow(id)
  const [, after] = await stored(id)
  if (!after) throw new Error("no message")
  expect(await again(after)).toMatchObject([{ state: "output-available", approval: { approved: true } }])
})

test("stopping while an approved call runs closes the call, and the next turn works", async () => {
  const { id, answerId, say } = await asked()
  finish = new Promise(() => {})
  await answerApproval(user, id, say())
  await expect.poll(() => ran).toEqual(["Paris"])
  const { stopConversation } = await modules()
  await stopConversation(user.id, id)
  const [, after] = await stored(id)
  expect(after?.metadata?.status).toBe("stopped")
  expect(callsOf(after)).toMatchObject([{ state: "output-error" }])
  const { response } = await send({ ...ask("Hello"), id, parentId: answerId })
  await eventsOf(response)
  expect((await stored(id)).at(-1)?.metadata?.status).toBe("complete")
})

test("a process that dies while an approved call runs leaves the call closed and never reruns it", async () => {
  const { id, say } = await asked()
  finish = new Promise(() => {})
  await answerApproval(user, id, say())
  await expect.poll(() => ran).toEqual(["Paris"])
  const { recoverAbandoned, runtime, checkpoints } = await modules()
  await checkpoints().flush()
  runtime().running.clear()
  runtime().nodeId = uuidv7()
  expect(await recoverAbandoned({ earlierProcesses: true })).toBe(1)
  const [, after] = await stored(id)
  expect(after?.metadata?.status).toBe("interrupted")
  expect(callsOf(after)).toMatchObject([
    {
      ...{ state: "output-error", errorText: expect.stringContaining("server stopped") },
      resultProviderMetadata: { sparkler: { sentence: { key: "tool:interrupted" } } },
    },
  ])
  expect(ran).toEqual(["Paris"])
})
