/** A model that refuses a part of what it is asked with answers without it, and the person is told once. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import type { ChatRequest } from "@/lib/chat/requests"
import { config } from "@/lib/config"
import { ask, eventsOf, MODEL, send, setUp, stored } from "@/lib/generation/generation.fixture"
import {
  type Asked,
  answerWith,
  finish,
  type RawUpstream,
  startRawUpstream,
  stream,
  text,
} from "@/lib/generation/raw-upstream.fixture"

setUp()

let upstream: RawUpstream
beforeAll(async () => {
  upstream = await startRawUpstream(MODEL)
  config().baseUrl = upstream.url
})
afterAll(() => upstream.close())
beforeEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for("sparkler.refusals"))
})

const refusing = (has: (asked: Asked) => boolean, words: string) => {
  upstream.script = (response, asked) =>
    has(asked)
      ? answerWith(400, JSON.stringify({ error: { message: words } }))(response, asked)
      : stream(text("So be it."), finish())(response, asked)
}

/** Asks, and gives what was sent, what came on the stream, and the parts that were stored. */
async function live(more: Partial<ChatRequest> = {}) {
  upstream.asked = []
  const request = ask("Hello there", more)
  const { events, text: said } = await eventsOf((await send(request)).response)
  const [, answer] = await stored(request.id)
  expect(said).toContain("So be it.")
  expect(answer?.metadata?.status).toBe("complete")
  const told = events.flatMap(({ chunk }) => (chunk.type === "data-left-out" ? [chunk.data] : []))
  const kept = answer?.parts.flatMap((part) => (part.type === "data-left-out" ? [part.data] : []))
  expect(kept, "stored as it was told").toEqual(told)
  return { told, asked: [...upstream.asked] }
}

test("tools", async () => {
  refusing(({ tools }) => tools !== undefined, "registry.ollama.ai/library/gemma:2b does not support tools")
  const first = await live()
  expect(first.told).toEqual([{ what: "tools" }])
  expect(first.asked.map(({ tools }) => tools !== undefined)).toEqual([true, false])
  const second = await live()
  expect(second.told, "once").toEqual([])
  expect(second.asked.map(({ tools }) => tools)).toEqual([undefined])
  expect(JSON.stringify(second.asked[0]?.messages[0]), "of no tools it is told nothing").not.toMatch(/tool/i)
})

test("the chosen thinking level", async () => {
  refusing(({ reasoning_effort: effort }) => effort === "high", "reasoning_effort 'high' is not supported")
  expect((await live({ settings: { reasoning: "high" } })).told).toEqual([{ what: "thinking" }])
  expect((await live({ settings: { reasoning: "high" } })).told).toEqual([])
})

test("a parameter, by its name", async () => {
  refusing((asked) => "top_k" in asked, "Unrecognized request argument supplied: top_k")
  expect((await live({ settings: { topK: 5 } })).told).toEqual([{ what: "parameter", name: "top_k" }])
})

test("what is between Sparkler and the server is left out without a word", async () => {
  refusing((asked) => "prompt_cache_key" in asked, "Extra inputs are not permitted, field: 'prompt_cache_key'")
  const { told, asked } = await live()
  expect(told).toEqual([])
  expect(asked.length).toBe(2)
})
