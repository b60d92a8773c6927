/** The demo model runs in the server's own process: no text may keep it busy for long. */
import { expect, test } from "vitest"
import { createDemoModel } from "@/lib/demo"

const CHARACTERS = 200_000
const long = (text: string) => text.repeat(CHARACTERS / text.length)

const tools = [
  {
    type: "function",
    function: {
      name: "get_weather",
      description: "The weather forecast for a place",
      parameters: { type: "object", properties: { location: { type: "string" } }, required: ["location"] },
    },
  },
]
const TEXTS = {
  blanks: `${long(" ")}x`,
  "blanks behind a question": `What is the weather in Paris ${long(" ")}and Rome?`,
  lines: `Write a table of ${long("\n")}x`,
  commas: `${long(", ")}x`,
  words: `What is the weather in ${long("Paris and ")}Rome?`,
}

// Each of these once blocked the server for minutes, so a hanging run is the failure.
test.each(Object.entries(TEXTS))("%s are answered", async (_, content) => {
  const model = createDemoModel({ tokensPerSecond: 0, firstTokenMs: 0 })
  const answer = await model(
    new Request("http://demo.invalid/inference/v1/chat/completions", {
      method: "POST",
      body: JSON.stringify({ model: "sparkler-demo", messages: [{ role: "user", content }], tools, max_tokens: 20 }),
    }),
  )
  expect(answer.status).toBe(200)
  expect((await answer.json()).choices).toHaveLength(1)
})
