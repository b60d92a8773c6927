/** Which refusals are final, and how often a request is repeated. */
import { expect, test } from "vitest"
import type { Body } from "@/lib/ai/refusals/changes"
import {
  ask,
  error,
  messages,
  type Refusal,
  refusing,
  schema,
  setUpRefusing,
  tools,
} from "@/lib/ai/refusals/refusing.fixture"

setUpRefusing()

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
  ["empty", [400, ""], { tools, top_k: 1 }],
])("%s is returned without a retry", async (_, refusal, sent) => {
  refusing.judge = () => refusal
  const { status, text } = await ask(sent)
  expect(status).toBe(refusal[0])
  expect(text).toBe(typeof refusal[1] === "string" ? refusal[1] : JSON.stringify(refusal[1]))
  expect(refusing.asked).toHaveLength(1)
})

test("a server that refuses everything is called at most seven times, and nothing is remembered", async () => {
  refusing.judge = (body) => [400, error(`${Object.keys(body).at(-1)} is not supported`)]
  const sent = Object.fromEntries(
    ["seed", "stop", "top_k", "top_p", "min_p", "typical_p", "user", "temperature", "logprobs"].map((key) => [key, 1]),
  )
  expect((await ask(sent)).status).toBe(400)
  expect(refusing.asked).toHaveLength(7)
  refusing.judge = () => null
  refusing.asked = []
  await ask(sent)
  expect(refusing.asked).toEqual([{ model: "m", messages, stream: true, ...sent }])
})

test("parameters removed before the server was busy stay removed on the next attempt", async () => {
  let busy = true
  refusing.judge = (body) => ("top_k" in body ? [400, error("Unknown parameter: 'top_k'.")] : busy ? [503, ""] : null)
  expect((await ask({ top_k: 1 })).status).toBe(503)
  busy = false
  expect((await ask({ top_k: 1 })).status).toBe(200)
  expect(refusing.asked).toHaveLength(3)
})
