/** What is expressed differently or left out when a server refuses it. */
import { expect, test } from "vitest"
import { ask, error, messages, refusing, schema, setUpRefusing, tools } from "@/lib/ai/refusals/refusing.fixture"

setUpRefusing()

test("an unsupported schema falls back to JSON mode first", async () => {
  refusing.judge = ({ response_format: format }) =>
    JSON.stringify(format)?.includes("json_schema")
      ? [400, error("Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.")]
      : null
  await ask({ response_format: schema })
  expect(refusing.asked.at(-1)?.response_format).toEqual({ type: "json_object" })
})

test("a different thinking level is still requested", async () => {
  refusing.judge = ({ reasoning_effort: effort }) =>
    effort === "none" ? [400, error("reasoning_effort 'none' is not supported")] : null
  await ask({ reasoning_effort: "none" })
  await ask({ reasoning_effort: "high" })
  expect(refusing.asked.map(({ reasoning_effort: effort }) => effort)).toEqual(["none", undefined, "high"])
})

test("reasoning of earlier answers is left out, their text is kept", async () => {
  refusing.judge = (body) =>
    JSON.stringify(body).includes("reasoning_content")
      ? [400, error("property 'messages.1.reasoning_content' is unsupported")]
      : null
  expect((await ask({})).status).toBe(200)
  expect(refusing.asked.at(-1)?.messages).toEqual([
    messages[0],
    { role: "assistant", content: "It counts." },
    messages[2],
  ])
})

test.each([
  ["vLLM", "System role not supported"],
  ["Google", "Developer instruction is not enabled for models/gemma-3-27b-it"],
])("instructions move into the first question when the system role is unsupported: %s", async (_, words) => {
  refusing.judge = (body) => (JSON.stringify(body).includes('"role":"system"') ? [400, error(words)] : null)
  const parts = [{ type: "text", text: "Look." }]
  for (const content of ["Look.", parts]) {
    await ask({
      messages: [
        { role: "system", content: "Be kind." },
        { role: "user", content },
      ],
    })
    const kept = typeof content === "string" ? "Be kind.\n\nLook." : [{ type: "text", text: "Be kind." }, ...parts]
    expect(refusing.asked.at(-1)?.messages).toEqual([{ role: "user", content: kept }])
  }
})

test.each(["messages.0.content: Input should be a valid string", "invalid type: sequence, expected a string"])(
  "text parts are joined where content must be a string: %s",
  async (words) => {
    refusing.judge = (body) => (JSON.stringify(body).includes('"type":"text"') ? [422, error(words)] : null)
    const content = [
      { type: "text", text: "A file." },
      { type: "text", text: "A question." },
    ]
    expect((await ask({ messages: [{ role: "user", content }] })).status).toBe(200)
    expect(refusing.asked.at(-1)?.messages).toEqual([{ role: "user", content: "A file.\n\nA question." }])
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
])("an output limit that is too high is lowered: %s", async (_, words, most) => {
  refusing.judge = ({ max_tokens: asked }) => (Number(asked) > most ? [400, error(words)] : null)
  expect((await ask({ max_tokens: 8_192 })).status).toBe(200)
  expect(refusing.asked.map(({ max_tokens: tokens }) => tokens)).toEqual([8_192, most])
})

test("several unsupported parameters are removed one after another, as the server names them", async () => {
  refusing.judge = (body) => {
    const key = ["prompt_cache_key", "perf_metrics_in_response", "top_k", "tools"].find((name) => name in body)
    return key
      ? [400, error(key === "tools" ? "tools are not supported" : `Extra inputs are not permitted, field: '${key}'`)]
      : null
  }
  const { status, told } = await ask({ prompt_cache_key: "c", perf_metrics_in_response: true, top_k: 1, tools })
  expect(status).toBe(200)
  expect(told).toHaveLength(4)
  expect(refusing.asked.at(-1)).toEqual({ model: "m", messages, stream: true })
})
