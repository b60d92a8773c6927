/** If a model refuses part of a request, it is asked again without that part, and the user is told once. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import type { ChatRequest } from "@/lib/chat/requests"
import { config } from "@/lib/config"
import { ask, eventsOf, MODEL, send, setUp, stored } from "@/lib/generation/generation.fixture"
import {
  type Asked,
  answerWith,
  chunk,
  event,
  finish,
  type RawUpstream,
  type Script,
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

const refusing = (has: (asked: Asked) => boolean, words: string, how = as400) => {
  upstream.script = (response, asked) =>
    (has(asked) ? how(words) : stream(text("So be it."), finish()))(response, asked)
}
const as400 = (words: string): Script => answerWith(400, JSON.stringify({ error: { message: words } }))

/** Asks, and returns what was sent, what arrived on the stream, and the stored parts. */
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

test("the chosen thinking level is reported as left out", async () => {
  refusing(({ reasoning_effort: effort }) => effort === "high", "reasoning_effort 'high' is not supported")
  expect((await live({ settings: { reasoning: "high" } })).told).toEqual([{ what: "thinking" }])
  expect((await live({ settings: { reasoning: "high" } })).told).toEqual([])
})

test("a parameter is reported by name", async () => {
  refusing((asked) => "top_k" in asked, "Unrecognized request argument supplied: top_k")
  expect((await live({ settings: { topK: 5 } })).told).toEqual([{ what: "parameter", name: "top_k" }])
})

const role = chunk({ role: "assistant", content: "" })

test.each<[what: string, how: (words: string) => Script]>([
  ["the first event of a 200", (words) => stream(event({ error: { message: words } }))],
  ["with a status", (words) => stream(event({ error: { message: words, code: 400 } }), event("[DONE]"))],
  ["as a text", (words) => stream(event({ error: words }))],
  ["a named event", (words) => stream(`event: error\ndata: ${words}\n\n`)],
  [
    "behind a ping and the role",
    (words) => stream(": ping\n\n", event({}), role, event({ error: { message: words } })),
  ],
  ["whole JSON", (words) => answerWith(200, JSON.stringify({ detail: [{ loc: ["body"], msg: words }] }, null, 2))],
])("a refusal sent as an error in a stream without text yet: %s", async (_, how) => {
  refusing(({ tools }) => tools !== undefined, "gemma:2b does not support tools", how)
  const { told, asked } = await live()
  expect(told).toEqual([{ what: "tools" }])
  expect(asked.map(({ tools }) => tools !== undefined)).toEqual([true, false])
  refusing((one) => "reasoning_effort" in one, "reasoning_effort 'high' is not supported", how)
  expect((await live({ settings: { reasoning: "high" } })).told).toEqual([{ what: "thinking" }])
  refusing((one) => "prompt_cache_key" in one, "Extra inputs are not permitted, field: 'prompt_cache_key'", how)
  expect((await live()).told).toEqual([])
})

test("nothing is retried once text has arrived", async () => {
  const words = { error: { message: "gemma:2b does not support tools", code: 400 } }
  upstream.asked = []
  upstream.script = stream(text("So "), event(words))
  const request = ask("Hello there")
  await (await send(request)).response?.text()
  expect((await stored(request.id)).at(-1)?.metadata?.error?.code).toBe("upstream:bad_request")
  expect(upstream.asked).toHaveLength(1)
})

test("internal parameters the user did not set are left out silently", async () => {
  refusing((asked) => "prompt_cache_key" in asked, "Extra inputs are not permitted, field: 'prompt_cache_key'")
  const { told, asked } = await live()
  expect(told).toEqual([])
  expect(asked.length).toBe(2)
})
