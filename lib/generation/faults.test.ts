/** What a model server can refuse: each gives a typed error, a sentence, and the right retries. */
import { expect, test } from "vitest"
import { config } from "@/lib/config"
import { live, nextTurnWorks, SENTENCE, setUpFaults, upstream } from "@/lib/generation/faults.fixture"
import { ask, send, stored, textOf } from "@/lib/generation/generation.fixture"
import { answerWith, chunk, event, finish, type Script, stream, text } from "@/lib/generation/raw-upstream.fixture"

setUpFaults()

const BODIES: [name: string, body: string, type: string][] = [
  ["an object", '{"error":{"message":"Slow down","type":"x","param":null,"code":"limit"},"request_id":"r1"}', "json"],
  ["an object of another kind", '{"error":{"object":"error","type":"invalid_request_error","message":"No"}}', "json"],
  ["a number for a code", '{"error":{"message":"No","type":"error","code":1234}}', "json"],
  ["a text for an error", '{"error":"No such thing"}', "json"],
  ["plain text", "upstream connect error", "plain"],
  ["a page", "<html><body><h1>Bad gateway</h1><p>nginx</p></body></html>", "html"],
  ["empty", "", "plain"],
  ["broken JSON", '{"error": {"mess', "json"],
]

/** An HTML page doesn't come from a model server: something in between answered, or nothing exists at this address. */
const PAGES: Record<number, string> = {
  401: "upstream:blocked",
  403: "upstream:blocked",
  404: "upstream:wrong_address",
  405: "upstream:wrong_address",
}

const STATUSES: [status: number, code: string, retryable: boolean, asked: number][] = [
  [400, "upstream:bad_request", false, 1],
  [401, "upstream:auth", false, 1],
  [402, "upstream:billing", false, 1],
  [403, "upstream:auth", false, 1],
  [404, "upstream:model_not_found", false, 1],
  [405, "upstream:bad_request", false, 1],
  [408, "upstream:timeout", true, 3],
  [412, "upstream:billing", false, 1],
  [413, "upstream:too_large", false, 1],
  [422, "upstream:bad_request", false, 1],
  [429, "upstream:rate_limit", true, 3],
  [500, "upstream:server_error", true, 2],
  [502, "upstream:overloaded", true, 3],
  [503, "upstream:overloaded", true, 3],
  [504, "upstream:timeout", true, 3],
  [520, "upstream:overloaded", true, 3],
  [529, "upstream:overloaded", true, 3],
]

test.each(STATUSES)("status %i becomes %s", async (status, usual, retryable, times) => {
  for (const [name, body, type] of BODIES) {
    const code = (type === "html" && PAGES[status]) || usual
    const script = answerWith(status, body, { "content-type": `text/${type}`, "retry-after": "0" })
    const { answer, asked, error } = await live(script)
    expect(error, name).toMatchObject({ code, retryable })
    expect(error?.message, name).toMatch(SENTENCE)
    expect(asked.length, `${name}: times asked`).toBe(times)
    expect(answer?.metadata?.status).toBe("failed")
  }
})

test("a retry-after date is honored, but not a wait longer than allowed", async () => {
  const past = answerWith(503, "", { "retry-after": new Date(Date.now() - 60_000).toUTCString() })
  expect((await live(past)).asked.length).toBe(3)
  expect((await live(answerWith(429, "", { "retry-after": "3600" }))).asked.length).toBe(1)
})

test("an unreachable server", async () => {
  config().baseUrl = "http://127.0.0.1:9/inference/v1"
  upstream.script = stream(text("unused"), finish())
  const request = ask("Hello there")
  await (await send(request)).response?.text()
  config().baseUrl = upstream.url
  const [question, answer] = await stored(request.id)
  expect(textOf(question)).toBe("Hello there")
  expect(answer?.metadata).toMatchObject({ status: "failed", error: { code: "upstream:unreachable", retryable: true } })
  await nextTurnWorks(request.id)
})

const role = chunk({ role: "assistant", content: "" })

test.each<[what: string, script: Script, code: string, retryable: boolean, times: number]>([
  ["without a word for it", stream(event({ error: { message: "Broke" } })), "upstream:server_error", true, 2],
  ["with a status", stream(event({ error: { message: "x", code: 401 } })), "upstream:auth", false, 1],
  ["with a type", stream(event({ error: { type: "overloaded_error" } })), "upstream:overloaded", true, 3],
  ["behind the role", stream(": ping\n\n", role, event({ error: "capacity" })), "upstream:overloaded", true, 3],
  ["by name", stream("event: error\ndata: Rate limit reached\n\n"), "upstream:rate_limit", true, 3],
])("an error before any text, %s, is treated as its HTTP status", async (_, script, code, retryable, times) => {
  const { error, asked } = await live(script)
  expect(error).toMatchObject({ code, retryable })
  expect(error?.message).toMatch(SENTENCE)
  expect(asked.length).toBe(times)
})
