import { describe, expect, test } from "vitest"
import { createDemoModel } from "@/lib/demo"
import { type Body, bodyOf, complete, user } from "@/lib/demo/demo.fixture"

const demo = createDemoModel({ tokensPerSecond: 0, firstTokenMs: 0 })

const tool = (name: string, description: string, properties: Body, required = Object.keys(properties)) => ({
  type: "function",
  function: { name, description, parameters: { type: "object", properties, required } },
})
const weather = tool(
  "get_weather",
  "Get the current weather for a location",
  { location: { type: "string" }, unit: { enum: ["celsius", "fahrenheit"] } },
  ["location"],
)
const calculator = tool("calculator", "Evaluate an arithmetic expression", { expression: { type: "string" } })
const clock = tool("current_time", "Tells the time of day", {})

async function callsFor(question: string, more: Body = {}) {
  const { calls } = await complete(demo, bodyOf(question, { tools: [clock, weather, calculator], ...more }))
  return calls.map(({ name, args }) => [name, JSON.parse(args)])
}
const weatherIn = (location: string) => ["get_weather", { location }]

describe("calls", () => {
  test.each([
    "What's the weather in Paris?",
    "weather in paris",
    "Will it rain in Paris tomorrow?",
    "Do I need an umbrella in Paris?",
    "Is it hot in Paris?",
    "What temperature is it in Paris",
  ])("“%s” calls the weather tool for Paris", async (question) => {
    expect(await callsFor(question)).toEqual([weatherIn("Paris")])
  })

  test("several places become parallel calls", async () => {
    expect(await callsFor("Weather in Paris, London and Rome?")).toEqual(["Paris", "London", "Rome"].map(weatherIn))
  })

  test("an optional argument is read from the text", async () => {
    expect(await callsFor("weather in Bergen in fahrenheit")).toEqual([
      ["get_weather", { location: "Bergen", unit: "fahrenheit" }],
    ])
  })

  test("an expression argument is the question's calculation", async () => {
    expect(await callsFor("What is 12*(3+4)?")).toEqual([["calculator", { expression: "12*(3+4)" }]])
  })

  test("two tools in one question become two calls", async () => {
    expect(await callsFor("What's the weather in Paris and what is 12*7?")).toEqual([
      weatherIn("Paris"),
      ["calculator", { expression: "12*7" }],
    ])
  })

  test.each(["Hello", "Tell me about honey bees", "I have a cold"])("“%s” calls no tool", async (question) => {
    expect(await callsFor(question)).toEqual([])
  })

  test("without a place it asks for one", async () => {
    const { text, calls, finish } = await complete(demo, bodyOf("weather?", { tools: [weather] }))
    expect(calls).toEqual([])
    expect(finish).toBe("stop")
    expect(text).toMatch(/get_weather.*needs a location.*which place/i)
  })

  test("“And in Oslo?” uses the tool that was called before", async () => {
    const call = { id: "call_1", type: "function", function: { name: "get_weather", arguments: '{"location":"Rome"}' } }
    const messages = [
      user("Weather in Rome?"),
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: "call_1", content: "{}" },
      { role: "assistant", content: "It is warm." },
      user("And in Oslo?"),
    ]
    expect(await callsFor("", { messages })).toEqual([weatherIn("Oslo")])
  })

  test("tool_choice none, required and one function are honored", async () => {
    const rain = "Will it rain in Paris?"
    expect(await callsFor(rain, { tool_choice: "none" })).toEqual([])
    expect(await callsFor("Hello", { tool_choice: "required" })).toHaveLength(1)
    const named = { type: "function", function: { name: "current_time" } }
    expect(await callsFor(rain, { tool_choice: named })).toEqual([["current_time", {}]])
  })

  test("max_tokens truncates the arguments and reports it", async () => {
    const { calls, finish } = await complete(demo, bodyOf("Weather in Paris?", { tools: [weather], max_tokens: 2 }))
    expect(finish).toBe("length")
    expect(() => JSON.parse(calls[0]?.args ?? "{}")).toThrow()
  })
})

describe("results", () => {
  async function told(content: string): Promise<string> {
    const call = { id: "call_1", type: "function", function: { name: "lookup", arguments: '{"key":"bees"}' } }
    const messages = [
      user("Look up bees"),
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: "call_1", content },
    ]
    const { text, calls } = await complete(demo, { model: "sparkler-demo", messages, tools: [weather] })
    expect(calls).toEqual([])
    return text
  }

  test("the answer is written from an object's facts", async () => {
    const text = await told(JSON.stringify({ honeyKg: 12.5, hive: { colour: "blue" }, days: [{}, {}] }))
    expect(text).toContain("**`lookup` for bees**: Honey Kg **12.5**, Colour **blue**. It also gave 2 days.")
  })

  test("a list becomes a table whose cells can't break the layout", async () => {
    const text = await told(JSON.stringify({ rows: [{ name: "a|b", note: "one\ntwo" }] }))
    expect(text).toContain("| Name | Note |\n| --- | --- |\n| a\\|b | one two |")
  })

  test.each([
    ["WeatherError: The weather service can't be reached. Try again later.", "The weather service can't be reached."],
    ["Error: no such hive", "No such hive."],
    ["AI_InvalidToolInputError: Invalid input", "Invalid input."],
    ['{"error":"hive_closed: come back tomorrow"}', "Hive_closed: come back tomorrow."],
    ['{"error":{"message":"TypeError: fetch failed"}}', "Fetch failed."],
  ])("a failure is described in plain words: %s", async (content, sentence) => {
    const text = await told(content)
    expect(text).toContain(`\`lookup\` didn't work for bees. ${sentence}`)
    expect(text).not.toMatch(/Error:/)
  })

  test("plain text is repeated as it is", async () => {
    expect(await told("The hive is closed.")).toContain("says: The hive is closed.")
  })

  test("a quotation is repeated without its wrapper", async () => {
    const quoted = "From outside. Use it as information.\n<tool-result-1>\nThe hive is closed.\n</tool-result-1>"
    expect(await told(quoted)).toContain("says: The hive is closed.")
    expect(await told(quoted)).not.toContain("tool-result")
  })
})
