import { describe, expect, test, vi } from "vitest"
import { createDemoModel } from "@/lib/demo"
import {
  bodyOf,
  complete,
  contentOf,
  dataOf,
  picture,
  post,
  refusalOf,
  user,
  wireChunks,
} from "@/lib/demo/demo.fixture"
import { PrefixMemory } from "@/lib/demo/protocol/accounting"
import { Refusals } from "@/lib/demo/protocol/faults"
import { countTokens, toTokens } from "@/lib/demo/protocol/tokens"

const fast = { tokensPerSecond: 0, firstTokenMs: 0 }
const demo = createDemoModel(fast)
const testing = createDemoModel({ ...fast, testMode: true })
const tool = { type: "function", function: { name: "look", parameters: { type: "object", properties: {} } } }
const schema = {
  type: "object",
  properties: { name: { type: "string" }, age: { type: "number" } },
  required: ["name", "age"],
}
const streamOf = async (body: Record<string, unknown>, model = demo) =>
  (await post(model, { ...body, stream: true })).text()

describe("the stream", () => {
  test("it is the whole answer in small chunks, ended by finish reason, usage, and [DONE]", async () => {
    const { text } = await complete(demo, bodyOf("Write 60 words about bees"))
    const stream = await streamOf(bodyOf("Write 60 words about bees"))
    expect(contentOf(stream)).toBe(text)
    const chunks = wireChunks(stream)
    expect(chunks.length).toBeGreaterThan(60)
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe("stop")
    expect(chunks.at(-1)?.usage?.completion_tokens).toBe(countTokens(text))
    expect(chunks.filter(({ usage }) => usage)).toHaveLength(1)
    expect(dataOf(stream).at(-1)).toBe("[DONE]")
  })

  test("call arguments arrive as fragments that join to JSON", async () => {
    const weather = {
      ...tool,
      function: { name: "get_weather", parameters: { type: "object", properties: { location: { type: "string" } } } },
    }
    const chunks = wireChunks(await streamOf(bodyOf("Weather in Rio de Janeiro and Oslo?", { tools: [weather] })))
    const calls = chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? [])
    const joined = (index: number) =>
      calls
        .filter((call) => call.index === index)
        .map((call) => call.function.arguments)
        .join("")
    expect([joined(0), joined(1)].map((args) => JSON.parse(args))).toEqual([
      { location: "Rio de Janeiro" },
      { location: "Oslo" },
    ])
    expect(calls.length).toBeGreaterThan(8)
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe("tool_calls")
  })

  test("thinking comes before the text", async () => {
    const chunks = wireChunks(await streamOf(bodyOf("What is 2+2?", { reasoning_effort: "low" })))
    const thought = chunks.map(({ choices }) => choices[0]?.delta.reasoning_content !== undefined)
    const spoke = chunks.findIndex(({ choices }) => choices[0]?.delta.content)
    expect(thought.indexOf(true)).toBeGreaterThan(0)
    expect(thought.lastIndexOf(true)).toBeLessThan(spoke)
  })

  test("timings are included when requested, streamed or not", async () => {
    const timed = bodyOf("x", { perf_metrics_in_response: true })
    expect(wireChunks(await streamOf(timed)).at(-1)?.perf_metrics).toHaveProperty("server-time-to-first-token")
    expect((await complete(demo, timed)).perf_metrics).toHaveProperty("server-processing-time")
    expect((await complete(demo, bodyOf("x"))).perf_metrics).toBeUndefined()
  })

  test("an aborted request ends a pause immediately, and so does a reader that disconnects", async () => {
    const abort = new AbortController()
    const hour = bodyOf("[[fault delay=3600000]]", { stream: true })
    const response = await post(testing, hour, { signal: abort.signal })
    const read = response.text()
    abort.abort()
    await expect(read).rejects.toThrow(/abort/i)
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length
    const before = timers()
    const reader = (await post(testing, hour)).body?.getReader()
    const pending = reader?.read()
    expect(timers()).toBeGreaterThan(before)
    await reader?.cancel()
    expect(await pending).toEqual({ done: true, value: undefined })
    await vi.waitUntil(() => timers() <= before, { timeout: 60_000 })
  })
})

describe("limits and token counts", () => {
  test("max_tokens truncates with finish reason length, thinking included", async () => {
    const cut = await complete(demo, bodyOf("Write 60 words about bees", { max_tokens: 10 }))
    expect(cut).toMatchObject({ finish: "length", usage: { completion_tokens: 10 } })
    const thought = await complete(demo, bodyOf("Write 60 words", { max_tokens: 5, reasoning_effort: "high" }))
    expect(thought.text).toBe("")
    expect(countTokens(thought.reasoning ?? "")).toBe(5)
  })

  test("a stop sequence ends the answer before it", async () => {
    const { text, finish } = await complete(testing, bodyOf("[[echo]] one STOP two", { stop: ["STOP", "never"] }))
    expect(text).toBe("[[echo]] one ")
    expect(finish).toBe("stop")
  })

  test("tokens of a conversation's shared prefix are cached, images included", async () => {
    const first = [user("Tell me of bees")]
    const more = [...first, { role: "assistant", content: "Well." }, user("And honey?")]
    const cached = async (messages: unknown[], key?: string) =>
      (await complete(demo, { model: "sparkler-demo", messages, ...(key ? { prompt_cache_key: key } : {}) })).usage
        .prompt_tokens_details.cached_tokens
    expect(await cached(first, "a")).toBe(0)
    expect(await cached(more, "a")).toBe(countTokens("Tell me of bees"))
    expect(await cached(more, "b")).toBe(0)
    expect(await cached(more)).toBe(0)
    expect(await cached([user("Other"), ...more.slice(1)], "a")).toBe(0)
    const shown = (byte: number) => ({
      role: "user" as const,
      content: [{ type: "image_url" as const, image_url: { url: picture(Buffer.from([byte])).image_url.url } }],
    })
    const memory = new PrefixMemory()
    expect(memory.cachedTokens([shown(1)], "c")).toBe(0)
    expect(memory.cachedTokens([shown(1)], "c")).toBe(1_000)
    expect(memory.cachedTokens([shown(2)], "c")).toBe(0)
  })

  test("prefixes of 1,000 conversations are remembered, as digests and lengths", () => {
    const memory = new PrefixMemory()
    const message = { role: "user" as const, content: "secret ".repeat(100) }
    for (let n = 0; n <= 1_000; n++) memory.cachedTokens([message], String(n))
    expect(
      JSON.stringify([...Object.values(memory)].map((map: unknown) => (map instanceof Map ? [...map] : map))),
    ).not.toContain("secret")
    expect(memory.cachedTokens([message], "1000")).toBeGreaterThan(0)
    expect(memory.cachedTokens([message], "0")).toBe(0)
  })

  test("refusals are counted for only 1,000 questions, and nothing is stored for an ordinary one", () => {
    const refusals = new Refusals()
    const twice = new Map([
      ["status", "429"],
      ["times", "1"],
    ])
    for (let n = 0; n < 2_000; n++) {
      expect(refusals.next(new Map(), `ordinary ${n}`)).toBeNull()
      refusals.next(twice, `question ${n}`)
    }
    const kept = Object.values(refusals).map((map: unknown) => (map instanceof Map ? [...map.keys()] : []))
    expect(kept.flat()).toHaveLength(1_000)
    expect(kept.flat().join()).not.toContain("ordinary")
  })

  test("the joined tokens equal the text", () => {
    const text = "  Üñí 漢字 \n\n code(`x`)\t👩‍🚀 á end  "
    expect(toTokens(text).join("")).toBe(text)
  })
})

describe("JSON", () => {
  const sentence = "Extract the name and age from: John is 30 years old"
  test.each([
    ["json_schema", { type: "json_schema", json_schema: { name: "person", schema } }],
    [
      "json_object with json_schema, as in Fireworks' JavaScript sample",
      { type: "json_object", json_schema: { name: "person", schema } },
    ],
    ["json_object with schema, as in its older guide", { type: "json_object", schema }],
  ])("%s is filled, without the notice and without thinking", async (_name, format) => {
    const { text, reasoning } = await complete(
      demo,
      bodyOf(sentence, { response_format: format, reasoning_effort: "high" }),
    )
    expect(JSON.parse(text)).toEqual({ name: "John", age: 30 })
    expect(reasoning).toBeUndefined()
    expect(contentOf(await streamOf(bodyOf(sentence, { response_format: format })))).toBe(text)
  })

  test("json_object alone returns the facts of the text", async () => {
    const { text } = await complete(
      demo,
      bodyOf("John is 30 years old, mail john@example.com", { response_format: { type: "json_object" } }),
    )
    expect(JSON.parse(text)).toMatchObject({ name: "John", age: 30, email: "john@example.com" })
  })

  test("an invalid pattern in a schema is 400", async () => {
    const broken = { type: "json_schema", json_schema: { name: "x", schema: { type: "string", pattern: "(" } } }
    expect(await refusalOf(demo, bodyOf("x", { response_format: broken }))).toMatchObject({ status: 400 })
  })
})
