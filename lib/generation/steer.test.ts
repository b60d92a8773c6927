/** A message that reaches the model in the middle of its answer. */
import { v7 as uuidv7 } from "uuid"
import { beforeEach, expect, test, vi } from "vitest"
import { z } from "zod"
import { addEraseNote, bodies } from "@/lib/generation/calls/calls.fixture"
import {
  ask,
  eventsOf,
  modules,
  newGuest,
  send,
  setUp,
  started,
  stored,
  textOf,
  user,
} from "@/lib/generation/generation.fixture"
import { messageChunks, partsOf } from "@/lib/generation/log/chunks"
import { steerAnswer, unsteerAnswer } from "@/lib/generation/steer"
import { searchableText } from "@/lib/search/indexer"

setUp()

let running = 0
let finish = () => {}
let over: Promise<void>
beforeEach(() => {
  running = 0
  over = new Promise((resolve) => {
    finish = resolve
  })
})
addEraseNote({
  runUnasked: true,
  onRun: () => {
    running++
    return over
  },
})

/** An answer whose tool runs until `finish`. */
async function working(text = "please erase the note of Paris") {
  const request = ask(text)
  const { response, answerId } = await send(request)
  await vi.waitFor(() => expect(running).toBe(1), { timeout: 60_000 })
  const note = (said: string, id: string = uuidv7()) => ({ messageId: answerId, id, text: said })
  return { id: request.id, answerId, end: () => eventsOf(response), note }
}

const steers = (parts: { type: string }[] = []) => parts.filter(({ type }) => type === "data-steer")
const typesOf = (parts: { type: string }[] = []) => parts.map(({ type }) => type)
const messagesOf = (body: unknown) => z.object({ messages: z.array(z.unknown()) }).parse(body).messages
const messagesSent = () => bodies().map(messagesOf)

test("a steering message reaches the model after the tool result and appears there in the answer", async () => {
  const { id, answerId, note, end } = await working()
  const first = note("Also say hello.")
  expect(await steerAnswer(user, id, first)).toBe("waiting")
  expect(await steerAnswer(user, id, first)).toBe("waiting")
  expect(await steerAnswer(user, id, note("And be brief."))).toBe("waiting")
  finish()
  const { events } = await end()
  const told = messagesSent().at(-1)
  expect(told?.slice(-2)).toMatchObject([
    { role: "tool", content: '{"erased":"Paris"}' },
    { role: "user", content: "Also say hello.\n\nAnd be brief." },
  ])
  const [, answer] = await stored(id)
  expect(typesOf(answer?.parts).slice(0, 5)).toEqual([
    "step-start",
    "tool-erase_note",
    "data-steer",
    "data-steer",
    "step-start",
  ])
  expect(steers(answer?.parts)).toMatchObject([{ data: { id: first.id, text: first.text } }, {}])
  // Live followers saw it there, and late followers get the same.
  expect((await partsOf(events.map(({ chunk }) => chunk))).map(({ type }) => type)).toEqual(typesOf(answer?.parts))
  expect(answer && typesOf(await partsOf(messageChunks(answer)))).toEqual(typesOf(answer?.parts))
  expect(textOf(answer)).not.toContain("Also say hello.")
  expect(searchableText(answer?.parts)).toContain("Also say hello.")
  expect(await steerAnswer(user, id, note("Too late"))).toBe("over")
  // The next turn starts with exactly the same messages.
  await eventsOf((await send({ ...ask("Thanks"), id, parentId: answerId })).response)
  expect(messagesSent().at(-1)?.slice(0, told?.length)).toEqual(told)
})

test("an answer that ends before another step does not include it", async () => {
  const { id, note, end } = await working()
  const { stopConversation } = await modules()
  expect(await steerAnswer(user, id, note("Wait"))).toBe("waiting")
  const stopping = stopConversation(user.id, id)
  finish()
  await Promise.all([stopping, end()])
  const [, answer] = await stored(id)
  expect([answer?.metadata?.status, steers(answer?.parts)]).toEqual(["stopped", []])
})

test("it can be withdrawn until the model has received it", async () => {
  const { id, answerId, note, end } = await working()
  const [kept, taken] = [note("Keep this."), note("Forget this.")]
  await steerAnswer(user, id, kept)
  await steerAnswer(user, id, taken)
  expect(await unsteerAnswer(user, id, { messageId: answerId, id: taken.id })).toBe("over")
  finish()
  await end()
  const [, answer] = await stored(id)
  expect(steers(answer?.parts)).toMatchObject([{ data: { text: "Keep this." } }])
})

test("a continued answer includes it, and the model receives it once", async () => {
  const { id, answerId, note, end } = await working("please erase the note of Paris, then write very slowly")
  const said = note("Wait for me.")
  await steerAnswer(user, id, said)
  finish()
  await end()
  const { database } = started.testDb
  await database.message.update({ where: { id: answerId }, data: { status: "stopped" } })
  const { continueAnswer, followConversation } = await modules()
  await continueAnswer(user, id, { messageId: answerId, generationId: uuidv7() })
  await eventsOf(await followConversation(user.id, id, [{ after: -1 }], { signal: new AbortController().signal }))
  const [, answer] = await stored(id)
  expect(steers(answer?.parts)).toHaveLength(1)
  expect(JSON.stringify(messagesSent().at(-1)).split("Wait for me.")).toHaveLength(2)
})

test("after a crash it appears in the answer only if the model had received it", async () => {
  const { id, answerId, note, end } = await working()
  const { recoverAbandoned, runtime, checkpoints } = await modules()
  await steerAnswer(user, id, note("Wait"))
  await checkpoints().flush()
  const [generation] = await started.testDb.database.generation.findMany({ where: { messageId: answerId } })
  const run = runtime().running.get(generation?.id ?? "")
  // As if its process had died: nobody runs it anymore.
  runtime().running.delete(generation?.id ?? "")
  await started.testDb.database.generation.updateMany({ where: { messageId: answerId }, data: { nodeId: "dead" } })
  expect(await recoverAbandoned({ earlierProcesses: true })).toBe(1)
  const [, answer] = await stored(id)
  expect([answer?.metadata?.status, steers(answer?.parts)]).toEqual(["interrupted", []])
  expect(await steerAnswer(user, id, note("Wait"))).toBe("over")
  run?.abort("lost")
  finish()
  await end()
})

test("another user's answer can't be steered, and the usual message length limit applies", async () => {
  const { id, note, end } = await working()
  const other = await newGuest()
  await expect(steerAnswer(other, id, note("x"))).rejects.toMatchObject({ code: "conversation:not_found" })
  await expect(steerAnswer(user, id, note("x".repeat(400_001)))).rejects.toMatchObject({ code: "message:too_long" })
  finish()
  await end()
})
