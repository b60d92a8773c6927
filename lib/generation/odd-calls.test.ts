/** Invalid calls, or too many: each gets a result, and the model is called once more. */
import { expect, test } from "vitest"
import { z } from "zod"
import { config } from "@/lib/config"
import { GIVEN, HELLO, live, setUpFaults, upstream } from "@/lib/generation/faults.fixture"
import { call, chunk, finish, type Script, stream, text } from "@/lib/generation/raw-upstream.fixture"
import type { ChatMessage } from "@/lib/messages/types"
import { changeSettings } from "@/lib/operator/settings"

setUpFaults()

const callThen = (first: string): Script => {
  let times = 0
  return (response, asked) =>
    stream(times++ === 0 ? first : text("So be it."), finish(times === 1 ? "tool_calls" : "stop"))(response, asked)
}

const toolParts = (answer: ChatMessage | undefined) => answer?.parts.filter((part) => "toolCallId" in part) ?? []

test.each([
  ["arguments that are no JSON", call("c1", "get_weather", '{"location": Par')],
  ["arguments of another shape", call("c1", "get_weather", '{"place": 7}')],
  ["no arguments", call("c1", "get_weather", null) + call("c2", "get_weather", "", 1)],
  ["an unknown tool", call("c1", "launch_rocket", "{}")],
])("%s: the model is told and still answers", async (_, first) => {
  const { answer, asked, text: said } = await live(callThen(first))
  expect(said).toBe("So be it.")
  expect(answer?.metadata?.status).toBe("complete")
  const parts = toolParts(answer)
  expect(parts.length).toBeGreaterThan(0)
  // With its sentence, for readers of other languages.
  const sentence = { key: expect.stringMatching(/^tool:(wrong_input|unknown)$/) }
  const resultProviderMetadata = { sparkler: { sentence } }
  for (const part of parts) expect(part).toMatchObject({ state: "output-error", resultProviderMetadata })
  const results = asked[1]?.messages.filter(({ role }) => role === "tool") ?? []
  expect(results.length).toBe(parts.length)
})

test("the model is not told about a switched-off tool; a call to it is answered with that error", async () => {
  await changeSettings({ blockedTools: ["get_weather"] })
  try {
    const { answer, asked, text: said } = await live(callThen(call("c1", "get_weather", '{"location":"Paris"}')))
    expect(said).toBe("So be it.")
    const resultProviderMetadata = { sparkler: { sentence: { key: "tool:off" } } }
    expect(toolParts(answer)).toMatchObject([{ state: "output-error", resultProviderMetadata }])
    const names = z.array(z.object({ function: z.object({ name: z.string() }) })).parse(asked[0]?.tools)
    expect(names.map(({ function: { name } }) => name)).not.toContain("get_weather")
    expect(names.length).toBeGreaterThan(3)
    expect(asked[1]?.messages.filter(({ role }) => role === "tool")).toHaveLength(1)
  } finally {
    await changeSettings({ blockedTools: null })
  }
})

test("a model that never stops calling tools is stopped", async () => {
  const { toolSteps } = config().limits
  const { asked, answer, error } = await live((response, request) =>
    stream(call(`c${upstream.asked.length}`, "launch_rocket", "{}"), finish("tool_calls"))(response, request),
  )
  expect(asked.length).toBe(toolSteps)
  expect(asked.at(-1)?.tool_choice).toBe("none")
  expect(toolParts(answer).length).toBe(toolSteps - 1)
  expect(error).toMatchObject({ code: "upstream:no_answer", retryable: true })
})

test("each of a thousand calls in one step gets a result, and the model is asked once more", async () => {
  const calls = Array.from({ length: 1_000 }, (_, n) => call(`c${n}`, "launch_rocket", "{}", n)).join("")
  const { asked, answer, text: said } = await live(callThen(calls))
  expect(asked.length).toBe(2)
  expect(toolParts(answer).length).toBe(1_000)
  expect(said).toBe("So be it.")
})

test.each<[what: string, script: Script, kept: number]>([
  [
    "1,024 tool calls in one step",
    stream(
      HELLO,
      Array.from({ length: 1_100 }, (_, n) => call(`c${n}`, "launch_rocket", "{}", n)).join(""),
      finish("tool_calls"),
    ),
    1_024,
  ],
  [
    "400,000 characters in one tool call",
    stream(HELLO, call("c", "x", "{"), call("c", "x", "y".repeat(400_001)), finish()),
    1,
  ],
  [
    "200 levels of nesting in one tool call",
    stream(HELLO, call("c", "x", '{"a":'), call("c", "x", "[".repeat(20_000) + "]".repeat(20_000)), finish()),
    1,
  ],
  ["4,000,000 characters", stream(HELLO, text("All work and no play. ".repeat(5_000)).repeat(40), finish()), 0],
  ["2,000 parts", stream(HELLO, (chunk({ reasoning: "r" }) + text("t")).repeat(1_100), finish()), 0],
])("the limit of %s ends an answer, which keeps what arrived and reports the limit", async (what, script, kept) => {
  const { answer, asked, text: said, error } = await live(script)
  expect(error).toMatchObject({
    code: "upstream:limit",
    message: `This answer reached the limit of ${what}. The answer so far is kept.`,
  })
  expect(answer?.metadata).toMatchObject({ status: "failed", finishReason: "length" })
  expect(said.startsWith(GIVEN)).toBe(true)
  expect(toolParts(answer).length).toBe(kept)
  expect(toolParts(answer).every((part) => "state" in part && part.state === "output-error")).toBe(true)
  expect(asked.length).toBe(1)
})
