import { describe, expect, test, vi } from "vitest"
import { createDemoModel } from "@/lib/ai/demo"
import { PrefixMemory } from "@/lib/ai/demo/accounting"
import {
  bodyOf,
  chunksOf,
  complete,
  contentOf,
  dataOf,
  picture,
  post,
  refusalOf,
  user,
} from "@/lib/ai/demo/demo.fixture"
import { Refusals } from "@/lib/ai/demo/faults"
import { countTokens, toTokens } from "@/lib/ai/demo/tokens"

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

const dot = { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } }
const called = (more: object) => ({
  role: "assistant",
  tool_calls: [{ id: "c", type: "function", function: { name: "look", arguments: "{}" }, ...more }],
})

const result = (id: string) => ({ role: "tool", tool_call_id: id, content: "seen" })

describe("strict as Fireworks", () => {
  test.each([
    ["an unknown key", { frequency: 1 }, "'frequency'"],
    ["an unknown message key", { messages: [{ role: "user", content: "x", name: "y" }] }, "'messages.0.name'"],
    ["no messages", { messages: [] }, "messages"],
    ["a temperature above 2", { temperature: 2.1 }, "temperature"],
    ["a top_p above 1", { top_p: 1.1 }, "top_p"],
    ["a top_k above 100", { top_k: 101 }, "top_k"],
    ["max_tokens of 0", { max_tokens: 0 }, "max_tokens"],
    ["five stop sequences", { stop: ["a", "b", "c", "d", "e"] }, "stop"],
    [
      "a tool name with a space",
      { tools: [{ ...tool, function: { ...tool.function, name: "a b" } }] },
      "tools.0.function.name",
    ],
    ["a null schema", { response_format: { type: "json_schema", json_schema: { name: "x", schema: null } } }, "schema"],
    ["tools with a response format", { tools: [tool], response_format: { type: "json_object" } }, "response format"],
    [
      "reasoning_effort with thinking",
      { reasoning_effort: "low", thinking: { type: "enabled" } },
      "mutually exclusive",
    ],
    [
      "a choice of a tool that is not there",
      { tools: [tool], tool_choice: { type: "function", function: { name: "x" } } },
      "x",
    ],
    ["a forced choice without tools", { tool_choice: "required" }, "tools"],
    ["a result without its call", { messages: [user("x"), { role: "tool", content: "y" }] }, "tool_call_id"],
    ["a temperature below 0", { temperature: -0.1 }, "temperature"],
    ["a min_p above 1", { min_p: 1.1 }, "min_p"],
    ["a typical_p below 0", { typical_p: -1 }, "typical_p"],
    ["a repetition_penalty above 2", { repetition_penalty: 2.1 }, "repetition_penalty"],
    ["a presence_penalty below -2", { presence_penalty: -2.1 }, "presence_penalty"],
    ["six top_logprobs", { top_logprobs: 6 }, "top_logprobs"],
    ["129 answers", { n: 129 }, "'n'"],
    ["an unknown tier", { service_tier: "spot" }, "service_tier"],
    ["an unknown level of thinking", { reasoning_effort: "minimal" }, "reasoning_effort"],
    ["a small budget of thinking", { thinking: { type: "enabled", budget_tokens: 1_000 } }, "budget_tokens"],
    ["two limits", { max_tokens: 5, max_completion_tokens: 5 }, "mutually exclusive"],
    ["a file", { messages: [user([{ type: "file", file: { file_data: "x" } }])] }, "messages.0.content"],
    ["a video", { messages: [user([{ type: "video_url", video_url: { url: "x" } }])] }, "messages.0.content"],
    ["sound", { messages: [user([{ type: "input_audio", input_audio: {} }])] }, "messages.0.content"],
    ["an index of a call", { messages: [user("x"), called({ index: 0 })] }, "messages.1.tool_calls.0.index"],
    ["an answer of nothing", { messages: [user("x"), { role: "assistant", content: "" }, user("y")] }, "messages.1"],
    ["a question of nothing", { messages: [user("")] }, "messages.0"],
    [
      "an answer of neither words nor calls",
      { messages: [user("x"), { role: "assistant", content: null, tool_calls: [] }, user("y")] },
      "messages.1",
    ],
    ["a call without its result", { messages: [user("x"), called({}), user("y")] }, "without a result: c"],
    ["a call at the end", { messages: [user("x"), called({})] }, "without a result: c"],
    ["a result of another call", { messages: [user("x"), called({}), result("d")] }, "messages.2"],
    ["two results of one call", { messages: [user("x"), called({}), result("c"), result("c")] }, "messages.3"],
    ["a result of no call", { messages: [user("x"), result("c"), user("y")] }, "messages.1"],
    [
      "the id of a call twice",
      { messages: [user("x"), called({}), result("c"), called({}), result("c")] },
      "messages.3",
    ],
    [
      "a call of a person",
      { messages: [{ ...user("x"), tool_calls: called({}).tool_calls }, result("c")] },
      "messages.0",
    ],
    ["a WebP", { messages: [user([picture(Buffer.from("x"), "webp")])] }, "messages.0.content"],
    ["instructions in the middle", { messages: [user("x"), { role: "system", content: "y" }] }, "messages.1"],
    ["thirty-one pictures", { messages: [user(Array.from({ length: 31 }, () => dot))] }, "30 images"],
    ["ten megabytes of pictures", { messages: [user([picture(Buffer.alloc(7_600_000))])] }, "10 MB"],
  ])("%s is 400 and named", async (_name, more, named) => {
    const { status, message } = await refusalOf(demo, bodyOf("x", more))
    expect(status).toBe(400)
    expect(message).toContain(named)
  })

  test("a body that is no JSON is 400, another path 404, an unknown model 404", async () => {
    const broken = await demo(new Request("http://x/v1/chat/completions", { method: "POST", body: "{" }))
    expect(broken.status).toBe(400)
    expect((await demo(new Request("http://x/v1/embeddings", { method: "POST", body: "{}" }))).status).toBe(404)
    expect(await refusalOf(demo, { ...bodyOf("x"), model: "accounts/fireworks/models/gone" })).toMatchObject({
      status: 404,
      code: "NOT_FOUND",
      message: "Model not found, inaccessible, and/or not deployed",
    })
  })

  test("a key is needed when one is set", async () => {
    const locked = createDemoModel({ ...fast, apiKey: "fw-key" })
    expect((await post(locked, bodyOf("x"))).status).toBe(401)
    expect((await post(locked, bodyOf("x"), { headers: { authorization: "Bearer fw-key" } })).status).toBe(200)
  })

  test("the models are listed, the demo model first, with what they can do", async () => {
    const models = createDemoModel({ models: [{ id: "blind", supports_image_input: false, context_length: 100 }] })
    const listed = await models(new Request("http://x/inference/v1/models"))
    expect(await listed.json()).toMatchObject({
      data: [
        { id: "sparkler-demo", supports_chat: true, supports_image_input: true, context_length: 131_072 },
        { id: "blind", supports_image_input: false, context_length: 100 },
      ],
    })
  })

  test("a prompt over the model's context is 400, with max_tokens where that was asked for", async () => {
    const small = createDemoModel({ ...fast, models: [{ id: "small", context_length: 20 }] })
    const tooLong = { status: 400, code: "context_length_exceeded", message: expect.stringContaining("20") }
    const ask = (words: number, more: Record<string, unknown> = {}) => ({
      ...bodyOf("word ".repeat(words), more),
      model: "small",
    })
    expect(await refusalOf(small, ask(30))).toMatchObject(tooLong)
    const error = { context_length_exceeded_behavior: "error" }
    expect(await refusalOf(small, ask(30, error))).toMatchObject(tooLong)
    expect(await refusalOf(small, ask(5, { ...error, max_tokens: 19 }))).toMatchObject(tooLong)
    expect((await post(small, ask(5, { max_tokens: 19 }))).status).toBe(200)
    expect((await post(small, { ...ask(30, error), model: "sparkler-demo" })).status).toBe(200)
  })
})

describe("the stream", () => {
  test("it is the whole answer in small pieces, ended by reason, usage and [DONE]", async () => {
    const { text } = await complete(demo, bodyOf("Write 60 words about bees"))
    const stream = await streamOf(bodyOf("Write 60 words about bees"))
    expect(contentOf(stream)).toBe(text)
    const chunks = chunksOf(stream)
    expect(chunks.length).toBeGreaterThan(60)
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe("stop")
    expect(chunks.at(-1)?.usage?.completion_tokens).toBe(countTokens(text))
    expect(chunks.filter(({ usage }) => usage)).toHaveLength(1)
    expect(dataOf(stream).at(-1)).toBe("[DONE]")
  })

  test("arguments of a call come as fragments that join to JSON", async () => {
    const weather = {
      ...tool,
      function: { name: "get_weather", parameters: { type: "object", properties: { location: { type: "string" } } } },
    }
    const chunks = chunksOf(await streamOf(bodyOf("Weather in Rio de Janeiro and Oslo?", { tools: [weather] })))
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
    const chunks = chunksOf(await streamOf(bodyOf("What is 2+2?", { reasoning_effort: "low" })))
    const thought = chunks.map(({ choices }) => choices[0]?.delta.reasoning_content !== undefined)
    const spoke = chunks.findIndex(({ choices }) => choices[0]?.delta.content)
    expect(thought.indexOf(true)).toBeGreaterThan(0)
    expect(thought.lastIndexOf(true)).toBeLessThan(spoke)
  })

  test("timings are there when asked for, streamed or whole", async () => {
    const timed = bodyOf("x", { perf_metrics_in_response: true })
    expect(chunksOf(await streamOf(timed)).at(-1)?.perf_metrics).toHaveProperty("server-time-to-first-token")
    expect((await complete(demo, timed)).perf_metrics).toHaveProperty("server-processing-time")
    expect((await complete(demo, bodyOf("x"))).perf_metrics).toBeUndefined()
  })

  test("an aborted request ends a pause at once, and so does a reader that leaves", async () => {
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
    await vi.waitUntil(() => timers() <= before)
  })
})

describe("limits and accounts", () => {
  test("max_tokens cuts with the reason length, thinking counted", async () => {
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

  test("tokens of the shared start of a conversation are cached, pictures included", async () => {
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

  test("the prefixes of 1,000 conversations are remembered, as digests and lengths", () => {
    const memory = new PrefixMemory()
    const message = { role: "user" as const, content: "secret ".repeat(100) }
    for (let n = 0; n <= 1_000; n++) memory.cachedTokens([message], String(n))
    expect(
      JSON.stringify([...Object.values(memory)].map((map: unknown) => (map instanceof Map ? [...map] : map))),
    ).not.toContain("secret")
    expect(memory.cachedTokens([message], "1000")).toBeGreaterThan(0)
    expect(memory.cachedTokens([message], "0")).toBe(0)
  })

  test("refusals are counted for 1,000 questions only, and nothing is kept of an ordinary one", () => {
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

  test("tokens joined are the text", () => {
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
  ])("%s is filled, without the notice, without thinking", async (_name, format) => {
    const { text, reasoning } = await complete(
      demo,
      bodyOf(sentence, { response_format: format, reasoning_effort: "high" }),
    )
    expect(JSON.parse(text)).toEqual({ name: "John", age: 30 })
    expect(reasoning).toBeUndefined()
    expect(contentOf(await streamOf(bodyOf(sentence, { response_format: format })))).toBe(text)
  })

  test("json_object alone gives the facts of the text", async () => {
    const { text } = await complete(
      demo,
      bodyOf("John is 30 years old, mail john@example.com", { response_format: { type: "json_object" } }),
    )
    expect(JSON.parse(text)).toMatchObject({ name: "John", age: 30, email: "john@example.com" })
  })

  test("a broken pattern in a schema is 400", async () => {
    const broken = { type: "json_schema", json_schema: { name: "x", schema: { type: "string", pattern: "(" } } }
    expect(await refusalOf(demo, bodyOf("x", { response_format: broken }))).toMatchObject({ status: 400 })
  })
})

describe("faults", () => {
  test("outside test mode directives are words", async () => {
    expect((await post(demo, bodyOf("[[fault status=500]]"))).status).toBe(200)
  })

  test("times=2 refuses twice and then answers; a title call does not count", async () => {
    const body = bodyOf("[[fault status=429 times=2 retry-after=1]] [[echo]]")
    const title = {
      ...body,
      messages: [
        { role: "system", content: "Write a title for this conversation" },
        user("[[fault status=429 times=2 retry-after=1]] [[echo]]"),
      ],
    }
    const first = await post(testing, body)
    expect([first.status, first.headers.get("retry-after")]).toEqual([429, "1"])
    expect((await post(testing, title)).status).toBe(200)
    expect((await post(testing, body)).status).toBe(429)
    expect((await post(testing, body)).status).toBe(200)
  })

  test.each([
    ["plain", '{"error":"Requested fault 503"}'],
    ["object", '"object":"error"'],
    ["numbercode", '"code":503'],
    ["html", "<h1>503</h1>"],
    ["empty", ""],
  ])("a refusal with the body %s", async (shape, part) => {
    const response = await post(testing, bodyOf(`[[fault status=503 body=${shape}]]`))
    expect(response.status).toBe(503)
    const text = await response.text()
    expect(shape === "empty" ? text : text.includes(part)).toBe(shape === "empty" ? "" : true)
  })

  const streamed = (faults: string) => streamOf(bodyOf(`[[fault ${faults}]] [[words n=100]]`), testing)
  const words = (count: number) => Array.from({ length: count }, (_, n) => `w${n}`).join(" ")

  test("words and echo come back exactly", async () => {
    expect(contentOf(await streamOf(bodyOf("[[words n=3000]]", { max_tokens: 20_000 }), testing))).toBe(words(3_000))
    expect(contentOf(await streamOf(bodyOf("[[echo]]  Ü\n| x |"), testing))).toBe("[[echo]]  Ü\n| x |")
  })

  test("cut ends cleanly without reason and [DONE]; reset breaks the body", async () => {
    const cut = await streamed("cut=40")
    expect(contentOf(cut)).toBe(words(40))
    expect(chunksOf(cut).some(({ choices }) => choices[0]?.finish_reason)).toBe(false)
    expect(cut).not.toContain("[DONE]")
    await expect(streamed("reset=40")).rejects.toThrow("requested reset")
  })

  test("error ends the stream with an error object; garbage goes on after a line that is no JSON", async () => {
    const error = dataOf(await streamed("error=10"))
    expect(JSON.parse(error.at(-1) ?? "")).toMatchObject({ error: { message: "Requested error inside the stream" } })
    expect(error).toHaveLength(1 + 10 + 1)
    const garbage = dataOf(await streamed("garbage=10"))
    expect(garbage[11]).toBe("{this is no json")
    expect(garbage.at(-1)).toBe("[DONE]")
  })

  test("finish, separate usage, thinking in tags, broken arguments, an unknown tool", async () => {
    expect(chunksOf(await streamed("finish=content_filter")).at(-1)?.choices[0]?.finish_reason).toBe("content_filter")
    const apart = chunksOf(await streamed("usage=separate"))
    expect(apart.at(-2)).toMatchObject({ choices: [{ finish_reason: "stop" }] })
    expect(apart.at(-2)?.usage).toBeUndefined()
    expect(apart.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } })
    expect((await complete(testing, bodyOf("[[fault think=tags]] hello"))).text).toMatch(/^<think>.+<\/think>/s)
    const unknown = await complete(testing, bodyOf("[[fault tool=unknown_name]]", { tools: [tool] }))
    expect(unknown.calls).toEqual([{ name: "unknown_name", args: "{}" }])
    const broken = await complete(
      testing,
      bodyOf("look [[fault toolargs=broken]]", { tools: [tool], tool_choice: "required" }),
    )
    expect(() => JSON.parse(broken.calls[0]?.args ?? "{}")).toThrow()
  })
})
