/**
 * JSON answers after they are written: repaired as a version, edited next to the original, with the sources of their
 * values.
 */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import {
  answersAsked,
  ask,
  newGuest,
  send,
  setUp,
  started,
  stored,
  textOf,
  user,
} from "@/lib/generation/generation.fixture"
import type { OutputRequest } from "@/lib/messages/types"

setUp()

const SCHEMA = {
  type: "object",
  properties: { name: { type: "string" }, age: { type: "integer" }, email: { type: "string", format: "email" } },
  required: ["name", "age"],
  additionalProperties: false,
}
const OUTPUT: OutputRequest = { type: "json_schema", name: "person", schema: SCHEMA }
const QUESTION = "Extract: John Miller is 30 years old, reach him at john@example.com"

async function answered(output = OUTPUT) {
  const first = ask(QUESTION, { output })
  const { response, answerId } = await send(first)
  await response?.text()
  return { first, answerId }
}

/** As if the model had written this. */
async function wroteWrong(answerId: string, text: string) {
  const { checkAnswer } = await import("@/lib/output/check")
  const outputCheck = JSON.parse(JSON.stringify(await checkAnswer(user.id, text, OUTPUT)))
  const data = { parts: [{ type: "text", text }], outputCheck }
  await started.testDb.database.message.update({ where: { id: answerId }, data })
}

test("a repair requests only the wrong values and creates a version that is validated again", async () => {
  const { first, answerId } = await answered()
  await wroteWrong(answerId, '{"name":"John Miller","age":"thirty","email":"john@example.com"}')
  const before = started.server.requests.length
  const request = { id: first.id, message: first.message, responseId: uuidv7(), repair: { of: answerId } }
  await (await send(request)).response?.text()
  const { body } = answersAsked(before)[0] ?? {}
  expect(body).toMatchObject({
    response_format: { json_schema: { schema: { properties: { "/age": { type: "integer" } }, required: ["/age"] } } },
  })
  expect(JSON.stringify(body)).toContain('- /age is \\"thirty\\": must be a whole number')
  const [, version] = await stored(first.id)
  expect(version?.id).toBe(request.responseId)
  expect(JSON.parse(textOf(version))).toMatchObject({
    name: "John Miller",
    age: expect.any(Number),
    email: "john@example.com",
  })
  expect(version?.metadata).toMatchObject({ output: OUTPUT, outputCheck: { valid: true }, status: "complete" })
  expect(version?.parts.find(({ type }) => type === "data-repair")).toMatchObject({
    data: { of: answerId, places: ["/age"], state: "done" },
  })
  const old = await started.testDb.database.message.findUniqueOrThrow({ where: { id: answerId } })
  expect(JSON.stringify(old.parts), "nothing is overwritten").toContain("thirty")
})

test("a valid answer, another user's, or a text answer can't be repaired", async () => {
  const { first, answerId } = await answered()
  const request = { id: first.id, message: first.message, responseId: uuidv7(), repair: { of: answerId } }
  await expect(send(request)).rejects.toMatchObject({ code: "message:not_repairable" })
  await expect(send(request, await newGuest())).rejects.toMatchObject({ code: "conversation:not_found" })
  const plain = ask("[[echo]] Roses")
  const text = await send(plain)
  await text.response?.text()
  const wrong = { id: plain.id, message: plain.message, responseId: uuidv7(), repair: { of: text.answerId } }
  await expect(send(wrong)).rejects.toMatchObject({ code: "message:not_repairable" })
})

test("edited values are stored alongside the original, validated, and sent to the model from then on", async () => {
  const { editValues } = await import("@/lib/chat/edited-values")
  const { first, answerId } = await answered()
  const original = textOf((await stored(first.id))[1])
  await editValues(user.id, first.id, answerId, [{ path: "/name", json: '"Joan Mills"', was: null }])
  await editValues(user.id, first.id, answerId, [{ path: "/age", json: '"old"', was: null }])
  const [, answer] = await stored(first.id)
  expect(textOf(answer), "the original stays").toBe(original)
  expect(answer?.metadata?.outputCheck?.valid).toBe(true)
  expect(answer?.parts.at(-1)).toMatchObject({
    type: "data-edits",
    data: {
      values: [
        { path: "/name", json: '"Joan Mills"' },
        { path: "/age", json: '"old"' },
      ],
      check: { valid: false, problems: [{ path: "/age" }] },
    },
  })
  const before = started.server.requests.length
  const next = { id: first.id, message: { id: uuidv7(), parts: [{ type: "text" as const, text: "And now?" }] } }
  await (await send(next)).response?.text()
  const body = JSON.stringify(answersAsked(before)[0]?.body)
  expect(body).toContain("Joan Mills")
  expect(body).not.toContain('\\"name\\": \\"John Miller\\"')
  await editValues(user.id, first.id, answerId, [
    { path: "/name", json: null, was: '"Joan Mills"' },
    { path: "/age", json: null, was: '"old"' },
  ])
  expect((await stored(first.id))[1]?.parts.some(({ type }) => type === "data-edits")).toBe(false)
})

test("when two tabs edit the same value, the second gets a conflict; other users and text answers are rejected", async () => {
  const { editValues } = await import("@/lib/chat/edited-values")
  const { first, answerId } = await answered()
  const edit = (json: string, was: string | null = null, path = "/name") =>
    editValues(user.id, first.id, answerId, [{ path, json, was }])
  // Concurrent: each has seen only the original.
  const results = await Promise.allSettled([edit('"A"'), edit('"B"'), edit("31", null, "/age")])
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "fulfilled", "rejected"])
  expect(results.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "message:edited_elsewhere" },
  })
  await expect(edit("1", null, "/nowhere/deep")).rejects.toMatchObject({ code: "message:not_editable" })
  const other = await newGuest()
  await expect(
    editValues(other.id, first.id, answerId, [{ path: "/name", json: '"C"', was: null }]),
  ).rejects.toMatchObject({ code: "conversation:not_found" })
})

test("each quote from the model is looked up in what it was shown", async () => {
  const { first } = await answered({ ...OUTPUT, quotes: true })
  const [question, answer] = await stored(first.id)
  expect(JSON.parse(textOf(answer)), "the answer stands by itself").toMatchObject({ name: "John Miller", age: 30 })
  expect(answer?.metadata).toMatchObject({ output: { quotes: true }, outputCheck: { valid: true } })
  const part = answer?.parts.find(({ type }) => type === "data-sources")
  expect(part).toMatchObject({
    data: {
      values: [
        {
          path: "/name",
          quote: "John Miller",
          place: { kind: "message", messageId: question?.id, start: 9, length: 11 },
        },
        { path: "/age", quote: "30", place: { kind: "message", start: 24, length: 2 } },
        { path: "/email", place: { kind: "message" } },
      ],
    },
  })
})

test("a quote not found in any source has no location", async () => {
  const output: OutputRequest = {
    ...OUTPUT,
    quotes: true,
    schema: {
      ...SCHEMA,
      properties: { ...SCHEMA.properties, pet: { type: "string", const: "Rex" } },
      required: ["name", "age", "pet"],
    },
  }
  const { first } = await answered(output)
  const [, answer] = await stored(first.id)
  const part = answer?.parts.find(({ type }) => type === "data-sources")
  const values = part?.type === "data-sources" ? part.data.values : []
  expect(values.find(({ path }) => path === "/pet")).toEqual({ path: "/pet", quote: "Rex", place: null })
})
