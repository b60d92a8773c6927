import { isStepCount, streamText, toUIMessageStream } from "ai"
import { MockLanguageModelV4, simulateReadableStream } from "ai/test"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type OpenMeteoServer, startOpenMeteo } from "@/e2e/support/open-meteo"
import { createTools } from "@/lib/ai/tools"
import { toolErrorText } from "@/lib/ai/tools/errors"

let openMeteo: OpenMeteoServer
beforeAll(async () => {
  openMeteo = await startOpenMeteo()
  process.env.WEATHER_URL = openMeteo.url
  process.env.GEOCODING_URL = openMeteo.url
})
afterAll(() => openMeteo.close())

test("a conversation can be limited to some tools", () => {
  expect(Object.keys(createTools())).toEqual(["get_weather"])
  expect(Object.keys(createTools(["get_weather", "rm_rf"]))).toEqual(["get_weather"])
  expect(createTools([])).toEqual({})
})

/** Runs one tool call as the model would make it: what the page sees of it, and what the model is told. */
async function call(input: string) {
  const usage = {
    inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: 1, text: 1, reasoning: undefined },
  }
  const finish = (unified: "tool-calls" | "stop") => ({
    type: "finish" as const,
    usage,
    finishReason: { unified, raw: unified },
  })
  const steps = [
    [{ type: "tool-call" as const, toolCallId: "1", toolName: "get_weather", input }, finish("tool-calls")],
    [finish("stop")],
  ]
  const model = new MockLanguageModelV4({
    doStream: async () => ({ stream: simulateReadableStream({ chunks: steps.shift() ?? [] }) }),
  })
  const tools = createTools()
  const { stream } = streamText({ model, tools, prompt: "Weather?", stopWhen: isStepCount(2), onError: () => {} })
  const page: unknown[] = []
  for await (const chunk of toUIMessageStream({
    stream,
    tools,
    onError: toolErrorText,
  }))
    page.push(chunk)
  return { page, told: model.doStreamCalls[1]?.prompt.at(-1)?.content }
}

test("the weather reaches the page and the model", async () => {
  const { page, told } = await call('{"location":"Oslo"}')
  const output = expect.objectContaining({ place: expect.objectContaining({ name: "Oslo" }) })
  expect(page).toContainEqual(expect.objectContaining({ type: "tool-output-available", output }))
  expect(told).toMatchObject([{ type: "tool-result", output: { type: "json", value: { source: "Open-Meteo" } } }])
})

test("a tool that fails says its sentence to the page and to the model", async () => {
  const sentence = "No place called “Atlantis” was found. Check the spelling, or name a larger place nearby."
  const { page, told } = await call('{"location":"Atlantis"}')
  expect(page).toContainEqual(expect.objectContaining({ type: "tool-output-error", errorText: sentence }))
  expect(told).toMatchObject([{ type: "tool-result", output: { type: "error-text", value: sentence } }])
})

test.each(["{}", '{"location":""}', "not json"])("a call that can't be made is told to both: %s", async (input) => {
  const { page, told } = await call(input)
  const errorText = "The model called this tool with input that it can't take."
  expect(page).toContainEqual(expect.objectContaining({ type: "tool-input-error", errorText }))
  const value = expect.stringContaining("Invalid input for tool get_weather")
  expect(told).toMatchObject([{ type: "tool-result", output: { type: "error-text", value } }])
})
