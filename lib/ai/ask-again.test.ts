/** Servers that refuse a part of a request, over HTTP, in their own words. */
import { createServer, type Server } from "node:http"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { askingAgain } from "@/lib/ai/ask-again"
import { nodeFetch } from "@/lib/ai/node-fetch"
import type { Body, Change } from "@/lib/ai/refusals/changes"

type Refusal = [status: number, body: unknown]

let server: Server
let url = ""
let asked: Body[] = []
/** What the server makes of a request; null: it answers. */
let judge: (body: Body) => Refusal | null = () => null

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let text = ""
    for await (const piece of request) text += piece
    const body: Body = JSON.parse(text)
    asked.push(body)
    const refusal = judge(body)
    response.writeHead(refusal?.[0] ?? 200)
    response.end(refusal ? (typeof refusal[1] === "string" ? refusal[1] : JSON.stringify(refusal[1])) : "answer")
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/v1/chat/completions`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked = []
  Reflect.deleteProperty(globalThis, Symbol.for("sparkler.refusals"))
})

const messages = [
  { role: "user", content: "What does `top_k` mean? tools, thinking, 'none'" },
  { role: "assistant", content: "It counts.", reasoning_content: "Hm." },
  { role: "user", content: "And now?" },
]
const tools = [{ type: "function", function: { name: "look", parameters: { type: "object" } } }]
const schema = { type: "json_schema", json_schema: { name: "x", schema: { type: "object" } } }

async function ask(extra: Body, model = "m") {
  const told: Change[] = []
  const fetchIt = askingAgain(nodeFetch, (change) => void told.push(change))
  const body = JSON.stringify({ model, messages, stream: true, ...extra })
  const response = await fetchIt(url, { method: "POST", body })
  return { status: response.status, text: await response.text(), told }
}

const error = (message: string, more: object = {}) => ({ error: { message, type: "invalid_request_error", ...more } })

/** The server refuses while the request holds these keys; the words, what was sent, and what may be left of it. */
const CASES: [server: string, refused: string, refusal: Refusal, sent: Body, left: Body][] = [
  [
    "Fireworks",
    "perf_metrics_in_response",
    [400, error("Extra inputs are not permitted, field: 'perf_metrics_in_response'")],
    { perf_metrics_in_response: true, top_k: 3 },
    { top_k: 3 },
  ],
  [
    "Fireworks",
    "prompt_cache_isolation_key",
    [400, error("Extra inputs are not permitted, field: 'prompt_cache_isolation_key'")],
    { prompt_cache_isolation_key: "p" },
    {},
  ],
  [
    "Fireworks",
    "safe_tokenization",
    [400, error("safe_tokenization is not supported for this model")],
    { safe_tokenization: true },
    {},
  ],
  [
    "pydantic",
    "top_k",
    [422, { detail: [{ loc: ["body", "top_k"], msg: "Extra inputs are not permitted", type: "extra_forbidden" }] }],
    { top_k: 3, seed: 1 },
    { seed: 1 },
  ],
  ["OpenAI", "top_k", [400, error("Unrecognized request argument supplied: top_k")], { top_k: 3 }, {}],
  [
    "OpenAI",
    "temperature",
    [
      400,
      error(
        "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
      ),
    ],
    { temperature: 0.2 },
    {},
  ],
  [
    "Google",
    "min_p",
    [400, [error('Invalid JSON payload received. Unknown name "min_p": Cannot find field.')]],
    { min_p: 0.1 },
    {},
  ],
  ["Go", "prompt_cache_key", [400, 'json: unknown field "prompt_cache_key"'], { prompt_cache_key: "c" }, {}],
  [
    "Rust",
    "min_p",
    [422, "Failed to deserialize: unknown field `min_p`, expected one of `model`, `messages`, `top_k`, `seed`"],
    { top_k: 1, min_p: 0.1, seed: 1 },
    { top_k: 1, seed: 1 },
  ],
  [
    "JSON Schema",
    "service_tier",
    [400, error("Additional properties are not allowed ('service_tier' was unexpected)")],
    { service_tier: "priority" },
    {},
  ],
  ["Groq", "logprobs", [400, error("`logprobs` is not supported with this model")], { logprobs: true }, {}],
  [
    "an older vLLM",
    "stream_options",
    [400, error("stream_options: Extra inputs are not permitted")],
    { stream_options: { include_usage: true } },
    {},
  ],
  [
    "a gateway",
    "stream_options",
    [400, error("The 'stream_options' parameter is only allowed when 'stream' is enabled")],
    { stream_options: { include_usage: true } },
    {},
  ],

  [
    "Ollama",
    "tools",
    [400, error("registry.ollama.ai/library/gemma:2b does not support tools")],
    { tools, tool_choice: "auto", top_k: 1 },
    { top_k: 1 },
  ],
  ["Ollama's own shape", "tools", [400, { error: '"gemma:2b" does not support tools' }], { tools }, {}],
  [
    "vLLM",
    "tools",
    [
      400,
      {
        object: "error",
        message: '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
        code: 400,
      },
    ],
    { tools, tool_choice: "auto" },
    {},
  ],
  [
    "llama.cpp",
    "tools",
    [500, { error: { code: 500, message: "tools param requires --jinja flag", type: "server_error" } }],
    { tools },
    {},
  ],
  [
    "OpenRouter",
    "tools",
    [404, error("No endpoints found that support tool use. Try disabling tools.")],
    { tools },
    {},
  ],
  ["Groq", "tools", [400, error("`tool calling` is not supported with this model")], { tools }, {}],
  ["a gateway", "tools", [400, error("Function calling is not enabled for models/gemma-3-4b-it")], { tools }, {}],
  ["a gateway", "tools", [400, error("This model doesn't support function calling")], { tools }, {}],
  [
    "pydantic",
    "tools",
    [422, { detail: [{ loc: ["body", "tools"], msg: "extra fields not permitted", type: "value_error.extra" }] }],
    { tools },
    {},
  ],
  [
    "a server without a choice",
    "tool_choice",
    [400, error("tool_choice 'none' is not supported")],
    { tools, tool_choice: "none" },
    {},
  ],
  [
    "a server of single calls",
    "parallel_tool_calls",
    [400, error("This model does not support parallel tool calls")],
    { tools, parallel_tool_calls: true },
    { tools },
  ],

  [
    "Ollama",
    "reasoning_effort",
    [400, error('"qwen2.5:7b" does not support thinking')],
    { reasoning_effort: "high" },
    {},
  ],
  [
    "Ollama",
    "reasoning_effort",
    [400, error('think value "none" is not supported for this model')],
    { reasoning_effort: "none" },
    {},
  ],
  [
    "OpenAI",
    "reasoning_effort",
    [
      400,
      error(
        "Unsupported value: 'none' is not supported with the 'o4' model. Supported values are: 'low', 'medium', and 'high'.",
        { param: "reasoning_effort" },
      ),
    ],
    { reasoning_effort: "none" },
    {},
  ],
  [
    "Groq",
    "reasoning_effort",
    [400, error("`reasoning_effort` must be one of `none` or `default`")],
    { reasoning_effort: "low" },
    {},
  ],
  [
    "vLLM",
    "reasoning_effort",
    [
      400,
      error(
        "[{'type': 'literal_error', 'loc': ('body', 'reasoning_effort'), 'msg': \"Input should be 'low', 'medium' or 'high'\", 'input': 'max'}]",
      ),
    ],
    { reasoning_effort: "max" },
    {},
  ],
  [
    "JSON Schema",
    "reasoning_effort",
    [400, error("'none' is not one of ['low', 'medium', 'high']")],
    { reasoning_effort: "none" },
    {},
  ],
  [
    "OpenRouter",
    "reasoning_effort",
    [400, error("Reasoning is mandatory for this endpoint and cannot be disabled.")],
    { reasoning_effort: "none" },
    {},
  ],
  [
    "a server without the word",
    "reasoning_effort",
    [400, error("Unrecognized request argument supplied: reasoning_effort")],
    { reasoning_effort: "low" },
    {},
  ],

  [
    "OpenAI",
    "max_tokens",
    [
      400,
      error(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      ),
    ],
    { max_tokens: 500 },
    { max_completion_tokens: 500 },
  ],
  [
    "an older server",
    "max_completion_tokens",
    [400, error("Unknown parameter: 'max_completion_tokens'.")],
    { max_completion_tokens: 500 },
    { max_tokens: 500 },
  ],

  [
    "DeepSeek",
    "response_format",
    [400, error("This response_format type is unavailable now")],
    { response_format: schema },
    {},
  ],
  [
    "LM Studio",
    "response_format",
    [400, { error: "'response_format.type' must be 'json_schema' or 'text'" }],
    { response_format: { type: "json_object" } },
    {},
  ],
]

test.each(CASES)("%s refuses %s: asked again without, and remembered", async (_, key, refusal, sent, left) => {
  judge = (body) => (key in body ? refusal : null)
  const { status, text, told } = await ask(sent)
  expect([status, text]).toEqual([200, "answer"])
  expect(asked.at(-1)).toEqual({ model: "m", messages, stream: true, ...left })
  expect(told.length).toBe(asked.length - 1)

  asked = []
  const next = await ask(sent)
  expect(asked, "not sent again").toEqual([{ model: "m", messages, stream: true, ...left }])
  expect(next.told, "told once").toEqual([])

  judge = () => null
  asked = []
  await ask(sent, "another")
  expect(asked[0], "another model").toEqual({ model: "another", messages, stream: true, ...sent })
})

test("a schema that a server can't hold to becomes JSON first", async () => {
  judge = ({ response_format: format }) =>
    JSON.stringify(format)?.includes("json_schema")
      ? [400, error("Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.")]
      : null
  await ask({ response_format: schema })
  expect(asked.at(-1)?.response_format).toEqual({ type: "json_object" })
})

test("another level of thinking is asked for all the same", async () => {
  judge = ({ reasoning_effort: effort }) =>
    effort === "none" ? [400, error("reasoning_effort 'none' is not supported")] : null
  await ask({ reasoning_effort: "none" })
  await ask({ reasoning_effort: "high" })
  expect(asked.map(({ reasoning_effort: effort }) => effort)).toEqual(["none", undefined, "high"])
})

test("the thinking of earlier answers is left out, their words stay", async () => {
  judge = (body) =>
    JSON.stringify(body).includes("reasoning_content")
      ? [400, error("property 'messages.1.reasoning_content' is unsupported")]
      : null
  expect((await ask({})).status).toBe(200)
  expect(asked.at(-1)?.messages).toEqual([messages[0], { role: "assistant", content: "It counts." }, messages[2]])
})

test.each([
  ["vLLM", "System role not supported"],
  ["Google", "Developer instruction is not enabled for models/gemma-3-27b-it"],
])("instructions are said with the first question where there is no role for them: %s", async (_, words) => {
  judge = (body) => (JSON.stringify(body).includes('"role":"system"') ? [400, error(words)] : null)
  const parts = [{ type: "text", text: "Look." }]
  for (const content of ["Look.", parts]) {
    await ask({
      messages: [
        { role: "system", content: "Be kind." },
        { role: "user", content },
      ],
    })
    const kept = typeof content === "string" ? "Be kind.\n\nLook." : [{ type: "text", text: "Be kind." }, ...parts]
    expect(asked.at(-1)?.messages).toEqual([{ role: "user", content: kept }])
  }
})

test.each(["messages.0.content: Input should be a valid string", "invalid type: sequence, expected a string"])(
  "texts are one text where a message is no list: %s",
  async (words) => {
    judge = (body) => (JSON.stringify(body).includes('"type":"text"') ? [422, error(words)] : null)
    const content = [
      { type: "text", text: "A file." },
      { type: "text", text: "A question." },
    ]
    expect((await ask({ messages: [{ role: "user", content }] })).status).toBe(200)
    expect(asked.at(-1)?.messages).toEqual([{ role: "user", content: "A file.\n\nA question." }])
  },
)

test.each([
  [
    "vLLM",
    "'max_tokens' or 'max_completion_tokens' is too large: 8192. This model's maximum context length is 4096 tokens and your request has 50 input tokens (8192 > 4096 - 50).",
    4046,
  ],
  [
    "an older vLLM",
    "This model's maximum context length is 4096 tokens. However, you requested 8250 tokens (58 in the messages, 8192 in the completion). Please reduce the length of the messages or completion.",
    4038,
  ],
  [
    "OpenAI",
    "max_tokens is too large: 8192. This model supports at most 4,096 completion tokens, whereas you provided 8192.",
    4096,
  ],
  [
    "Groq",
    "`max_tokens` must be less than or equal to `1024`, the maximum value for `max_tokens` is less than the `context_window` for this model",
    1024,
  ],
  ["DeepSeek", "Invalid max_tokens value, the valid range of max_tokens is [1, 2048]", 2048],
])("an answer that is allowed too long is asked for shorter: %s", async (_, words, most) => {
  judge = ({ max_tokens: asked }) => (Number(asked) > most ? [400, error(words)] : null)
  expect((await ask({ max_tokens: 8_192 })).status).toBe(200)
  expect(asked.map(({ max_tokens: tokens }) => tokens)).toEqual([8_192, most])
})

test("several things are left out one after the other, of all that a server names", async () => {
  judge = (body) => {
    const key = ["prompt_cache_key", "perf_metrics_in_response", "top_k", "tools"].find((name) => name in body)
    return key
      ? [400, error(key === "tools" ? "tools are not supported" : `Extra inputs are not permitted, field: '${key}'`)]
      : null
  }
  const { status, told } = await ask({ prompt_cache_key: "c", perf_metrics_in_response: true, top_k: 1, tools })
  expect(status).toBe(200)
  expect(told).toHaveLength(4)
  expect(asked.at(-1)).toEqual({ model: "m", messages, stream: true })
})

test.each<[what: string, refusal: Refusal, sent: Body]>([
  [
    "a conversation that is wrong",
    [400, error("messages.0.content: Field required")],
    { tools, top_k: 1, reasoning_effort: "low" },
  ],
  ["a tool that is wrong", [400, error("Invalid schema for function 'look': type is not supported")], { tools }],
  [
    "a result without its call",
    [400, error("messages with role 'tool' must be a response to a preceding message with 'tool_calls'")],
    { tools },
  ],
  [
    "a schema that is wrong",
    [400, error("Invalid schema for response_format 'x': unsupported keyword")],
    { response_format: schema },
  ],
  ["pictures", [400, error("This model does not support image input")], { tools, top_k: 1 }],
  [
    "a prompt that is too long",
    [400, error("This model's maximum context length is 4096 tokens. However, your prompt has 5000 input tokens")],
    { max_tokens: 100 },
  ],
  ["a wrong key", [401, error("Unknown API key: top_k is not allowed")], { top_k: 1 }],
  ["a full fleet", [503, error("top_k is not supported just now")], { top_k: 1 }],
  ["a page", [400, "<html><body>Bad request</body></html>"], { tools, top_k: 1 }],
  ["nothing", [400, ""], { tools, top_k: 1 }],
])("%s is refused once, and said", async (_, refusal, sent) => {
  judge = () => refusal
  const { status, text } = await ask(sent)
  expect(status).toBe(refusal[0])
  expect(text).toBe(typeof refusal[1] === "string" ? refusal[1] : JSON.stringify(refusal[1]))
  expect(asked).toHaveLength(1)
})

test("a server that refuses whatever comes is asked seven times at most, and nothing is remembered", async () => {
  judge = (body) => [400, error(`${Object.keys(body).at(-1)} is not supported`)]
  const sent = Object.fromEntries(
    ["seed", "stop", "top_k", "top_p", "min_p", "typical_p", "user", "temperature", "logprobs"].map((key) => [key, 1]),
  )
  expect((await ask(sent)).status).toBe(400)
  expect(asked).toHaveLength(7)
  judge = () => null
  asked = []
  await ask(sent)
  expect(asked).toEqual([{ model: "m", messages, stream: true, ...sent }])
})

test("what was left out before a server was busy is known to the next try", async () => {
  let busy = true
  judge = (body) => ("top_k" in body ? [400, error("Unknown parameter: 'top_k'.")] : busy ? [503, ""] : null)
  expect((await ask({ top_k: 1 })).status).toBe(503)
  busy = false
  expect((await ask({ top_k: 1 })).status).toBe(200)
  expect(asked).toHaveLength(3)
})
