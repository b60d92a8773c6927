/** Settings of a conversation as sent to the model and kept for the next question. */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import type { ConversationEvent } from "@/lib/chat/conversation.types"
import { subscribe } from "@/lib/chat/news/news"
import { ask, modules, send, setUp, started, user } from "@/lib/generation/generation.fixture"
import type { ChatSettings } from "@/lib/messages/types"

setUp()

const systemPrompt = "Answer like a pirate."

/** What the model server received with this question. */
function sentWith(text: string): Record<string, unknown> {
  const body = started.server.requests
    .map((request) => request.body)
    .findLast((candidate) => JSON.stringify(candidate).includes(text) && JSON.stringify(candidate).includes("stream"))
  if (typeof body !== "object" || body === null) throw new Error("no such request")
  return { ...body }
}

async function say(text: string, more: Parameters<typeof ask>[1] = {}) {
  const request = ask(`[[echo]] ${text}`, more)
  await (await send(request)).response?.text()
  return { id: request.id, sent: sentWith(text) }
}

const systemOf = (sent: Record<string, unknown>) => JSON.stringify(sent.messages).split('"role":"user"')[0]

const viewOf = async (id: string) => (await modules()).viewConversation(user.id, id)

test("system prompt, parameters, and tools reach the model and are stored with the conversation", async () => {
  const settings: ChatSettings = { systemPrompt, temperature: 0, topP: 0.5, topK: 7, maxTokens: 300, tools: [] }
  const { id, sent } = await say("first words", { settings })
  expect(sent).toMatchObject({ temperature: 0, top_p: 0.5, top_k: 7, max_tokens: 300 })
  expect(sent.tools).toBeUndefined()
  expect(systemOf(sent)).toContain(systemPrompt)
  expect((await viewOf(id))?.settings).toEqual(settings)

  // A request without settings uses the stored ones; a request with empty settings uses none.
  expect(systemOf((await say("second words", { id })).sent)).toContain(systemPrompt)
  const third = await say("third words", { id, settings: {} })
  expect(systemOf(third.sent)).not.toContain(systemPrompt)
  expect(third.sent.temperature).toBeUndefined()
  expect((await viewOf(id))?.settings).toEqual({})
})

test("less common parameters also reach the model and are stored with the conversation", async () => {
  const settings: ChatSettings = {
    minP: 0.05,
    frequencyPenalty: -0.5,
    presencePenalty: 1,
    repetitionPenalty: 1.05,
    seed: 42,
    stop: ["\n\n", "END"],
    alternatives: 2,
    safeTokens: true,
  }
  const { id, sent } = await say("rare words", { settings })
  expect(sent).toMatchObject({
    min_p: 0.05,
    frequency_penalty: -0.5,
    presence_penalty: 1,
    repetition_penalty: 1.05,
    seed: 42,
    stop: ["\n\n", "END"],
    logprobs: true,
    top_logprobs: 2,
    safe_tokenization: true,
  })
  expect((await viewOf(id))?.settings).toEqual(settings)
})

test("the system prompt is also sent along with the structured output instructions", async () => {
  const { sent } = await say("data words", { settings: { systemPrompt }, output: { type: "json" } })
  expect(systemOf(sent)).toContain("JSON only")
  expect(systemOf(sent)).toContain(systemPrompt)
})

test("settings stored by another version keep what is valid, and the rest is dropped", async () => {
  const { id } = await say("old words", { settings: { topK: 3 } })
  const store = (settings: object) => started.testDb.database.conversation.update({ where: { id }, data: { settings } })
  await store({ systemPrompt, temperature: "hot", topP: 7, stop: [], mood: "merry", maxTokens: 131_072 })
  expect((await viewOf(id))?.settings).toEqual({ systemPrompt, maxTokens: 131_072 })
  expect(systemOf((await say("new words", { id })).sent)).toContain(systemPrompt)
  for (const nothing of [{ temperature: "hot" }, ["hot"]]) {
    await store(nothing)
    expect((await viewOf(id))?.settings).toEqual({})
  }
})

test("the system prompt counts toward the model's context", async () => {
  const { contextOf } = await import("@/lib/generation/history")
  const { keepSettings } = await modules()
  const { id } = await say("few words")
  const before = await contextOf(user.id, id, undefined)
  await keepSettings(user.id, id, { systemPrompt: "word ".repeat(700) })
  const { tokens } = await contextOf(user.id, id, undefined)
  expect(tokens - before.tokens).toBe(1_000)
})

test("a settings change notifies the owner's other pages, and other users can't make one", async () => {
  const { keepSettings } = await modules()
  const { id } = await say("own words")
  await expect(keepSettings(uuidv7(), id, { topK: 1 })).rejects.toMatchObject({ code: "conversation:not_found" })
  const heard: ConversationEvent[] = []
  const leave = await subscribe(user.id, (event) => {
    if ("id" in event) heard.push(event)
  })
  await say("other words", { id, settings: { topK: 2 } })
  await expect
    .poll(() => heard.filter((event) => event.id === id).map((event) => event.settings))
    .toContainEqual({ topK: 2 })
  leave()
})
