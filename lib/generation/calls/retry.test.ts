/** A failed call is run again, and its answer continues. */
import { v7 as uuidv7 } from "uuid"
import { beforeEach, expect, test } from "vitest"
import { ToolError } from "@/lib/ai/tools/define"
import { addEraseNote, callsOf, follow, lastBody } from "@/lib/generation/calls/calls.fixture"
import { retryCall } from "@/lib/generation/calls/retry"
import {
  ask,
  eventsOf,
  newGuest,
  send,
  setUp,
  started,
  stored,
  textOf,
  user,
} from "@/lib/generation/generation.fixture"
import { sentence } from "@/lib/i18n/sentences"

setUp()

const ran: string[] = []
let fails = true
beforeEach(() => {
  ran.length = 0
  fails = true
})
addEraseNote({
  runUnasked: true,
  onRun: (location) => {
    ran.push(location)
    if (fails) throw new ToolError(sentence("tool:late"))
  },
})

/** An answer whose call has failed. */
async function failed(text = "please erase the note of Paris") {
  const request = ask(text)
  const { response, answerId } = await send(request)
  await eventsOf(response)
  const [, message] = await stored(request.id)
  const again = (more: { generationId?: string; toolCallId?: string } = {}) => ({
    ...{ messageId: answerId, toolCallId: callsOf(message)[0]?.toolCallId ?? "", generationId: uuidv7() },
    ...more,
  })
  return { id: request.id, answerId, message, again }
}

test("a retried call runs, and the model continues with its result, replacing what it wrote about the failure", async () => {
  const { id, answerId, message, again } = await failed()
  expect(callsOf(message)).toMatchObject([{ state: "output-error" }])
  fails = false
  const asked = again()
  expect(await retryCall(user, id, asked)).toEqual({ waiting: 0 })
  expect((await follow(id)).done).toBe(true)
  const [, after, ...more] = await stored(id)
  expect([more, after?.id, after?.metadata?.status]).toEqual([[], answerId, "complete"])
  expect(callsOf(after)).toMatchObject([{ state: "output-available", output: { erased: "Paris" } }])
  expect(callsOf(after)[0]).not.toHaveProperty("errorText")
  expect(textOf(after)).not.toBe("")
  expect(after?.parts.filter(({ type }) => type === "step-start")).toHaveLength(2)
  expect(lastBody()).toMatchObject({
    messages: [
      { role: "system" },
      { role: "user" },
      { role: "assistant", tool_calls: [{ function: { name: "erase_note" } }] },
      { role: "tool", content: '{"erased":"Paris"}' },
    ],
  })
  // Repeating the request runs nothing; and a call that has a result is not retryable.
  expect(await retryCall(user, id, asked)).toEqual({ waiting: 0 })
  await expect(retryCall(user, id, again())).rejects.toMatchObject({ code: "tool:not_retryable" })
  expect(ran).toEqual(["Paris", "Paris"])
})

test("a retried call can fail again and be retried again", async () => {
  const { id, again } = await failed()
  await retryCall(user, id, again())
  await follow(id)
  const [, after] = await stored(id)
  expect(callsOf(after)).toMatchObject([{ state: "output-error" }])
  fails = false
  await retryCall(user, id, again())
  await follow(id)
  expect(callsOf((await stored(id))[1])).toMatchObject([{ state: "output-available" }])
  expect(ran).toHaveLength(3)
})

test("an answer that reached its step limit also continues after a retry", async () => {
  const { id, answerId, again } = await failed()
  await started.testDb.database.message.update({ where: { id: answerId }, data: { finishReason: "tool-steps" } })
  fails = false
  await retryCall(user, id, again())
  await follow(id)
  expect(callsOf((await stored(id))[1])).toMatchObject([{ state: "output-available" }])
})

test("only one of two concurrent retries runs", async () => {
  const { id, again } = await failed()
  fails = false
  const both = await Promise.allSettled([retryCall(user, id, again()), retryCall(user, id, again())])
  await follow(id)
  expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
  expect(ran).toHaveLength(2)
})

test("a call followed by others, or another user's call, can't be retried", async () => {
  const { id, answerId, again } = await failed()
  const other = await newGuest()
  await expect(retryCall(other, id, again())).rejects.toMatchObject({ code: "conversation:not_found" })
  await expect(retryCall(user, id, again({ toolCallId: "none" }))).rejects.toMatchObject({ code: "tool:not_retryable" })
  const { database } = started.testDb
  const row = await database.message.findUniqueOrThrow({ where: { id: answerId } })
  const later = { type: "tool-erase_note", toolCallId: "later", state: "output-available", input: {}, output: {} }
  const parts = Array.isArray(row.parts) ? row.parts : []
  await database.message.update({ where: { id: answerId }, data: { parts: [...parts, later] } })
  await expect(retryCall(user, id, again())).rejects.toMatchObject({ code: "tool:not_retryable" })
  await database.message.update({ where: { id: answerId }, data: { parts } })
  await eventsOf((await send({ ...ask("Thanks"), id, parentId: answerId })).response)
  await expect(retryCall(user, id, again())).rejects.toMatchObject({ code: "tool:not_retryable" })
  expect(ran).toHaveLength(1)
})
