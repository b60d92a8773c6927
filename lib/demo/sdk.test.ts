/** The demo model as Sparkler uses it: through the AI SDK. */
import { createOpenAICompatible } from "@ai-sdk/openai-compatible"
import { isStepCount, jsonSchema, Output, streamText, tool } from "ai"
import sharp from "sharp"
import { expect, test } from "vitest"
import { createDemoModel } from "@/lib/demo"

const demo = createDemoModel({ tokensPerSecond: 0, firstTokenMs: 0 })
const provider = createOpenAICompatible({
  name: "fireworks",
  baseURL: "http://demo.invalid/inference/v1",
  includeUsage: true,
  supportsStructuredOutputs: true,
  fetch: (input, init) => demo(new Request(input, init)),
})
const model = provider("sparkler-demo")

test("text streams, with its finish reason and token counts", async () => {
  const result = streamText({ model, prompt: "What is 12*(3+4)?" })
  expect(await result.text).toContain("**84**")
  expect(await result.finishReason).toBe("stop")
  expect((await result.usage).outputTokens).toBeGreaterThan(10)
})

test("an image is analyzed", async () => {
  const image = await sharp({ create: { width: 64, height: 32, channels: 3, background: "#00ff00" } })
    .png()
    .toBuffer()
  const content = [
    { type: "text" as const, text: "Which color and size?" },
    { type: "file" as const, data: new Uint8Array(image), mediaType: "image/png" },
  ]
  const text = await streamText({ model, messages: [{ role: "user", content }] }).text
  expect(text).toContain("**lime** (100%)")
  expect(text).toContain("64 × 32")
})

test("tools are called for each place, and the answer is based on their results", async () => {
  const asked: string[] = []
  const result = streamText({
    model,
    prompt: "What's the weather in Paris and Oslo?",
    stopWhen: isStepCount(3),
    tools: {
      get_weather: tool({
        description: "Get the current weather for a location",
        inputSchema: jsonSchema<{ location: string }>({
          type: "object",
          properties: { location: { type: "string" } },
          required: ["location"],
        }),
        execute: async ({ location }) => {
          asked.push(location)
          return { temperature: location.length * 3.5 }
        },
      }),
    },
  })
  const text = await result.text
  expect(asked).toEqual(["Paris", "Oslo"])
  expect(text).toContain("`get_weather` for Paris**: Temperature **17.5**")
  expect(text).toContain("`get_weather` for Oslo**: Temperature **14**")
})

test("structured output matches its schema", async () => {
  const schema = jsonSchema<{ name: string; age: number }>({
    type: "object",
    properties: { name: { type: "string" }, age: { type: "integer" } },
    required: ["name", "age"],
    additionalProperties: false,
  })
  // The SDK sends `strict`, which the demo model accepts like Fireworks' schema.
  const result = streamText({ model, output: Output.object({ schema }), prompt: "John is 30 years old" })
  expect(await result.output).toEqual({ name: "John", age: 30 })
})

test("thinking becomes reasoning", async () => {
  const result = streamText({
    model,
    prompt: "What is 2+2?",
    providerOptions: { fireworks: { reasoningEffort: "high" } },
  })
  expect(await result.reasoningText).toContain("There is a sum in it")
  expect(await result.text).toContain("**4**")
})
