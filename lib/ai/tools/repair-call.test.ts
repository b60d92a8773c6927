import { InvalidToolInputError, NoSuchToolError } from "ai"
import { expect, test } from "vitest"
import { repairedCall } from "@/lib/ai/tools/repair-call"

const schema = {
  type: "object" as const,
  properties: {
    city: { type: "string" as const },
    days: { type: "integer" as const },
    exact: { type: "boolean" as const },
    list: { type: "array" as const, items: { type: "string" as const } },
  },
}

const mended = (input: string) =>
  repairedCall({
    toolCall: { type: "tool-call", toolCallId: "1", toolName: "get_weather", input },
    tools: { get_weather: {} },
    inputSchema: () => schema,
    error: new InvalidToolInputError({ toolName: "get_weather", toolInput: input, cause: new Error("wrong") }),
  })

test.each([
  ["in a fence", '```json\n{"city":"Oslo"}\n```', { city: "Oslo" }],
  ["written twice", JSON.stringify('{"city":"Oslo"}'), { city: "Oslo" }],
  ["with a comma too many", '{"city":"Oslo",}', { city: "Oslo" }],
  ["with words around it", 'Sure: {"city":"Oslo"} ok', { city: "Oslo" }],
  ["with a number as text", '{"days":"3"}', { days: 3 }],
  ["with a text as number", '{"city":5}', { city: "5" }],
  ["with a truth as text", '{"exact":"True"}', { exact: true }],
  ["with a list as text", '{"list":"[\\"a\\"]"}', { list: ["a"] }],
  ["with one thing for a list", '{"list":{"a":1}}', { list: [{ a: 1 }] }],
])("a call %s is repaired", async (_, input, meant) => {
  expect(JSON.parse((await mended(input))?.input ?? "null")).toEqual(meant)
})

test.each(['{"city":"Os', "not json", "[1]", '{"city":"Oslo"}'])(
  "truncated or invalid input stays unchanged: %s",
  async (input) => {
    expect(await mended(input)).toBeNull()
  },
)

test.each([
  ["getWeather", "get_weather"],
  ["functions.get_weather", "get_weather"],
  ["get-weather", "get_weather"],
  ["rm_rf", undefined],
])("a tool called %s resolves to %s", async (toolName, meant) => {
  const call = await repairedCall({
    toolCall: { type: "tool-call", toolCallId: "1", toolName, input: "{}" },
    tools: { get_weather: {}, other: {} },
    inputSchema: () => schema,
    error: new NoSuchToolError({ toolName }),
  })
  expect(call?.toolName).toBe(meant)
})
