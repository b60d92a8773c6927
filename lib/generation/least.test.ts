/**
 * Titles, summaries, and continuing need no reasoning: they request the minimum the model accepts, and leave room for
 * it.
 */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import { z } from "zod"
import { CONTINUE_PROMPT, SUMMARY_PROMPT, titlePrompt } from "@/lib/ai/prompts/prompts"
import { ask, modules, QUICK, send, setUp, started, stored, user } from "@/lib/generation/generation.fixture"

setUp()

const named = (name: string) => `accounts/fireworks/models/${name}`
const body = z.looseObject({
  model: z.string(),
  max_tokens: z.number(),
  reasoning_effort: z.string().optional(),
  messages: z.array(z.unknown()),
})

/** Requests to the model server that contain all of these texts, oldest first. */
const askedWith = (...texts: string[]) =>
  started.server.requests.flatMap((request) => {
    const json = JSON.stringify(request.body) ?? ""
    return texts.every((text) => json.includes(JSON.stringify(text).slice(1, -1))) ? [body.parse(request.body)] : []
  })

const TITLE = titlePrompt("").instructions

/** Asks a first question, and returns the title request. */
async function titleOf(model: string, text: string) {
  await (await send(ask(text, { model: named(model) }))).response?.text()
  await expect.poll(() => askedWith(TITLE, text).length).toBeGreaterThan(0)
  return askedWith(TITLE, text)[0]
}

test("a model that can turn thinking off writes its title without thinking", async () => {
  expect(await titleOf("kimi-k3", "Lamps of the north")).toMatchObject({
    model: named("kimi-k3"),
    reasoning_effort: "none",
    max_tokens: 200,
  })
})

test("for a model that always thinks, the title is written by the cheapest model that need not think", async () => {
  for (const model of ["glm-5p3-flash", "gpt-oss-120b"])
    expect(await titleOf(model, `Lamps of the south, ${model}`)).toMatchObject({
      model: QUICK,
      reasoning_effort: "none",
      max_tokens: 200,
    })
})

test("a summary requests the least thinking, with enough tokens for it, and leaves the settings unchanged", async () => {
  const model = named("glm-5p3-flash")
  const settings = { reasoning: "max", maxTokens: 700 } as const
  const first = ask("[[echo]] Much was said.", { model, settings })
  await (await send(first)).response?.text()
  const summary = { id: uuidv7(), parts: [{ type: "data-summary" as const, data: {} }] }
  await (await send({ id: first.id, model, message: summary })).response?.text()
  const [sent] = askedWith(SUMMARY_PROMPT, "Much was said.")
  expect(sent).toMatchObject({ model, reasoning_effort: "low" })
  expect(sent?.max_tokens).toBeGreaterThanOrEqual(2_700)
  const { viewConversation } = await modules()
  expect((await viewConversation(user.id, first.id))?.settings).toEqual(settings)
})

test("a continuation requests the least thinking, with enough tokens for it", async () => {
  const model = named("gpt-oss-120b")
  const settings = { maxTokens: 5 }
  const question = ask("[[words n=40]] of light", { model, settings })
  await (await send(question)).response?.text()
  const [, answer] = await stored(question.id)
  expect(answer?.metadata).toMatchObject({ finishReason: "length" })
  const { continueAnswer, followMessages } = await modules()
  const messageId = answer?.id ?? ""
  await continueAnswer(user, question.id, { messageId, generationId: uuidv7() })
  await (await followMessages(user.id, [messageId], { signal: new AbortController().signal }))?.text()
  const [sent] = askedWith(CONTINUE_PROMPT, "of light")
  expect(sent).toMatchObject({ model, reasoning_effort: "low" })
  expect(sent?.max_tokens).toBeGreaterThanOrEqual(2_005)
})
