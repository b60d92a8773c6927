/** Calls that wait for a page: the answer ends, is stored, and continues with the result that one page sends. */
import { v7 as uuidv7 } from "uuid"
import { beforeAll, expect, test } from "vitest"
import type { ResultRequest } from "@/lib/chat/requests"
import { bodies, callsOf, follow } from "@/lib/generation/calls/calls.fixture"
import { claimCall, takeResult } from "@/lib/generation/calls/page-calls"
import { ask, eventsOf, modules, send, setUp, started, stored, textOf, user } from "@/lib/generation/generation.fixture"
import { messageChunks, partsOf } from "@/lib/generation/log/chunks"
import { changeSettings } from "@/lib/operator/settings"

setUp()
beforeAll(async () => {
  const { sandboxState } = await import("@/lib/sandbox/place")
  sandboxState().port = 1
})

const CODE = "please run this javascript: return 6 * 7"
const OUTPUT = { printed: "", value: "42", tookMs: 3 }

/** An answer that has called a page's tool and waits. */
async function asked(text = CODE) {
  const request = ask(text)
  const { answerId, response } = await send(request)
  const stream = await eventsOf(response)
  const [, message] = await stored(request.id)
  const calls = callsOf(message)
  const call = { messageId: answerId, toolCallId: calls[0]?.toolCallId ?? "" }
  const result = (more: Partial<ResultRequest> = {}): ResultRequest => ({
    ...call,
    result: { kind: "output", output: OUTPUT },
    generationId: uuidv7(),
    ...more,
  })
  return { id: request.id, answerId, stream, message, calls, call, result }
}

test("if a tool is switched off after it was called, no page can run it and its result is ignored", async () => {
  const { id, call, result } = await asked()
  await changeSettings({ blockedTools: ["run_javascript"] })
  try {
    const claim = claimCall(user, id, { ...call, holder: uuidv7() })
    await expect(claim).rejects.toMatchObject({ code: "tool:off" })
    expect(await takeResult(user, id, result())).toEqual({ waiting: 0 })
    await follow(id)
  } finally {
    await changeSettings({ blockedTools: null })
  }
  const resultProviderMetadata = { sparkler: { sentence: { key: "tool:off" } } }
  expect(callsOf((await stored(id))[1])).toMatchObject([{ state: "output-error", resultProviderMetadata }])
})

test("a page call ends the stream, is stored as waiting, and is not treated as abandoned", async () => {
  const { id, stream, message, calls } = await asked()
  expect(stream.done).toBe(true)
  expect(message?.metadata).toMatchObject({ status: "complete", finishReason: "tool-calls" })
  expect(calls).toMatchObject([
    { type: "tool-run_javascript", state: "input-available", input: { code: "return 6 * 7" } },
  ])
  const { recoverAbandoned } = await modules()
  expect(await recoverAbandoned({ earlierProcesses: true })).toBe(0)
  const { running } = await started.testDb.database.conversation.findUniqueOrThrow({ where: { id } })
  expect(running).toBe(0)
})

test("later readers see the call waiting: the stored message rebuilds the same parts", async () => {
  const { message, calls } = await asked()
  if (!message) throw new Error("no message")
  expect(callsOf({ ...message, parts: await partsOf(messageChunks(message)) })).toEqual(calls)
})

test("a page's result continues the same message and is sent to the model", async () => {
  const { id, answerId, result } = await asked()
  expect(await takeResult(user, id, result())).toEqual({ waiting: 0 })
  await follow(id)
  const [, after, ...more] = await stored(id)
  expect([more, after?.id, after?.metadata?.status]).toEqual([[], answerId, "complete"])
  expect(callsOf(after)).toMatchObject([{ state: "output-available", output: OUTPUT }])
  expect(textOf(after)).toContain("42")
  expect(bodies().at(-1)).toMatchObject({
    messages: [
      { role: "system" },
      { role: "user" },
      { role: "assistant", tool_calls: [{ type: "function", function: { name: "run_javascript" } }] },
      { role: "tool", content: JSON.stringify(OUTPUT) },
    ],
  })
})

test("only one of two pages runs the call, until its lease expires", async () => {
  const { id, call, result } = await asked()
  const [one, other] = [uuidv7(), uuidv7()]
  await claimCall(user, id, { ...call, holder: one })
  await claimCall(user, id, { ...call, holder: one })
  await expect(claimCall(user, id, { ...call, holder: other })).rejects.toMatchObject({
    code: "tool:taken",
    status: 409,
  })
  await expect(takeResult(user, id, result({ holder: other }))).rejects.toMatchObject({ code: "tool:taken" })
  await started.testDb.database.toolLease.updateMany({ data: { leaseUntil: new Date(0) } })
  await claimCall(user, id, { ...call, holder: other })
  await expect(takeResult(user, id, result({ holder: one }))).rejects.toMatchObject({ code: "tool:taken" })
  expect(await takeResult(user, id, result({ holder: other }))).toEqual({ waiting: 0 })
  await follow(id)
})

test("one of many pages that claim a call concurrently gets it", async () => {
  const { id, call } = await asked()
  const claims = await Promise.allSettled(
    Array.from({ length: 8 }, () => claimCall(user, id, { ...call, holder: uuidv7() })),
  )
  expect(claims.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
})

test("the same result sent twice, or concurrently, starts one generation", async () => {
  const { id, result } = await asked()
  const same = result()
  await Promise.all([takeResult(user, id, same), takeResult(user, id, same).catch(() => {})])
  expect(await takeResult(user, id, same)).toEqual({ waiting: 0 })
  await follow(id)
  expect(await started.testDb.database.generation.count({ where: { conversationId: id } })).toBe(2)
  await expect(takeResult(user, id, result())).rejects.toMatchObject({ code: "message:not_asking" })
})

test("a result that is invalid for the tool or too long fails the call with an error message", async () => {
  const { id, result } = await asked()
  await takeResult(user, id, result({ result: { kind: "output", output: { printed: 5 } } }))
  await follow(id)
  expect(callsOf((await stored(id))[1])).toMatchObject([
    {
      ...{ state: "output-error", errorText: "This tool returned something that can't be read." },
      resultProviderMetadata: { sparkler: { sentence: { key: "tool:unreadable" } } },
    },
  ])
  const long = await asked()
  const output = { ...OUTPUT, printed: "x".repeat(60_001) }
  await takeResult(user, long.id, long.result({ result: { kind: "output", output } }))
  await follow(long.id)
  expect(callsOf((await stored(long.id))[1])).toMatchObject([{ state: "output-error" }])
})

test("a page that can't run the call tells the user and the model why", async () => {
  const { id, result } = await asked()
  await takeResult(user, id, result({ result: { kind: "fault", fault: "unreachable" } }))
  await follow(id)
  expect(callsOf((await stored(id))[1])).toMatchObject([
    { state: "output-error", resultProviderMetadata: { sparkler: { sentence: { key: "tool:unreachable" } } } },
  ])
  expect(bodies().at(-1)).toMatchObject({
    messages: [{}, {}, {}, { role: "tool", content: expect.stringContaining("can't reach the sandbox") }],
  })
})

test("an answer with several calls continues once all have results", async () => {
  const { id, calls, result } = await asked("run javascript\n```js\nreturn 1\n```\n```js\nreturn 2\n```")
  expect(calls.map(({ state }) => state)).toEqual(["input-available", "input-available"])
  expect(await takeResult(user, id, result())).toEqual({ waiting: 1 })
  expect(callsOf((await stored(id))[1]).map(({ state }) => state)).toEqual(["output-available", "input-available"])
  await takeResult(user, id, result({ toolCallId: calls[1]?.toolCallId ?? "" }))
  await follow(id)
  expect((await stored(id))[1]?.metadata).toMatchObject({ status: "complete", finishReason: "stop" })
})

test("sending another message closes the call, and results are no longer accepted", async () => {
  const { id, answerId, result } = await asked()
  await eventsOf((await send({ ...ask("Hello again"), id, parentId: answerId })).response)
  expect(bodies().at(-1)).toMatchObject({
    messages: [{}, {}, { role: "assistant" }, { role: "tool", content: "This tool did not finish." }, { role: "user" }],
  })
  await expect(takeResult(user, id, result())).rejects.toMatchObject({ code: "message:not_asking", status: 409 })
})

test("other users' calls, and nonexistent ones, can be neither run nor answered", async () => {
  const { id, call, result } = await asked()
  const other = { ...user, id: uuidv7() }
  await expect(claimCall(other, id, { ...call, holder: uuidv7() })).rejects.toMatchObject({ status: 404 })
  await expect(takeResult(other, id, result())).rejects.toMatchObject({ status: 404 })
  await expect(takeResult(user, uuidv7(), result())).rejects.toMatchObject({ status: 404 })
  await expect(takeResult(user, id, result({ toolCallId: "made-up" }))).rejects.toMatchObject({ status: 409 })
})

test("the user's answers to a form are sent to the model", async () => {
  const { id, calls, result } = await asked("ask me a few questions about my garden")
  expect(calls).toMatchObject([{ type: "tool-ask_user", state: "input-available" }])
  const output = { answers: { what: "roses", pace: "Short", begin: true } }
  await takeResult(user, id, result({ result: { kind: "output", output } }))
  await follow(id)
  expect(bodies().at(-1)).toMatchObject({ messages: [{}, {}, {}, { role: "tool", content: JSON.stringify(output) }] })
})
