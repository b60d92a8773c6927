/** What the stand-in refuses, like Fireworks. */
import { describe, expect, test } from "vitest"
import { createDemoModel } from "@/lib/demo"
import { bodyOf, picture, post, refusalOf, user } from "@/lib/demo/demo.fixture"

const fast = { tokensPerSecond: 0, firstTokenMs: 0 }
const demo = createDemoModel(fast)
const tool = { type: "function", function: { name: "look", parameters: { type: "object", properties: {} } } }

const dot = { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } }
const called = (more: object) => ({
  role: "assistant",
  tool_calls: [{ id: "c", type: "function", function: { name: "look", arguments: "{}" }, ...more }],
})

const result = (id: string) => ({ role: "tool", tool_call_id: id, content: "seen" })

describe("as strict as Fireworks", () => {
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
  ])("%s is 400 and named in the error", async (_name, more, named) => {
    const { status, message } = await refusalOf(demo, bodyOf("x", more))
    expect(status).toBe(400)
    expect(message).toContain(named)
  })

  test("an invalid JSON body is 400, an unknown path 404, an unknown model 404", async () => {
    const broken = await demo(new Request("http://x/v1/chat/completions", { method: "POST", body: "{" }))
    expect(broken.status).toBe(400)
    expect((await demo(new Request("http://x/v1/embeddings", { method: "POST", body: "{}" }))).status).toBe(404)
    expect(await refusalOf(demo, { ...bodyOf("x"), model: "accounts/fireworks/models/gone" })).toMatchObject({
      status: 404,
      code: "NOT_FOUND",
      message: "Model not found, inaccessible, and/or not deployed",
    })
  })

  test("a key is required when one is set", async () => {
    const locked = createDemoModel({ ...fast, apiKey: "fw-key" })
    expect((await post(locked, bodyOf("x"))).status).toBe(401)
    expect((await post(locked, bodyOf("x"), { headers: { authorization: "Bearer fw-key" } })).status).toBe(200)
  })

  test("the models are listed with their capabilities, the demo model first", async () => {
    const models = createDemoModel({ models: [{ id: "blind", supports_image_input: false, context_length: 100 }] })
    const listed = await models(new Request("http://x/inference/v1/models"))
    expect(await listed.json()).toMatchObject({
      data: [
        { id: "sparkler-demo", supports_chat: true, supports_image_input: true, context_length: 131_072 },
        { id: "blind", supports_image_input: false, context_length: 100 },
      ],
    })
  })

  test("a prompt exceeding the model's context is 400, and so is prompt plus max_tokens when requested", async () => {
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
