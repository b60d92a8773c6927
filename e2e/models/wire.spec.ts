/**
 * The four requests in Fireworks' documentation of common uses, as this app sends them, field by field. Documented
 * fields have the same form; additional fields are all listed here.
 */
import { z } from "zod"
import { expect, MODEL, test } from "@/e2e/support/fixtures"
import { redCircle } from "@/e2e/support/pictures"

const requestBody = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
  stream: z.boolean().optional(),
})

/** The request with this question. */
function sent(requests: { path: string; body: unknown }[], text: string) {
  const bodies = requests
    .filter(({ path }) => path.endsWith("/chat/completions"))
    .map(({ body }) => requestBody.parse(body))
  const found = bodies.filter((body) => body.stream && JSON.stringify(body.messages.at(-1)).includes(text))
  expect(found).toHaveLength(1)
  const [body] = found
  if (!body) throw new Error("no such request")
  return body
}

/** Sent with every streamed request in addition to the documented fields; each is in Fireworks' API reference. */
const always = (id: string) => ({
  max_tokens: 32_768,
  stream_options: { include_usage: true },
  prompt_cache_key: id,
  prompt_cache_isolation_key: expect.any(String),
  perf_metrics_in_response: true,
})
const system = { role: "system", content: expect.any(String) }

test("streaming", async ({ chat, modelServer }) => {
  // Without tools, the request is the documented one: the model isn't told about any.
  const text = `Tell me a short story ${Date.now()}`
  await chat.askAndWait(text)
  const { tools, tool_choice, ...body } = sent(modelServer.requests, text)
  expect(body).toEqual({
    model: MODEL,
    messages: [system, { role: "user", content: text }],
    stream: true,
    ...always(chat.conversationId()),
  })
  expect(Array.isArray(tools) && tools.length).toBeGreaterThan(3)
  expect(tool_choice).toBe("auto")
})

test("function calling", async ({ chat, modelServer }) => {
  const text = "What's the weather in Paris?"
  const before = modelServer.requests.length
  await chat.askAndWait(text)
  const [first] = modelServer.requests
    .slice(before)
    .filter(({ body }) => JSON.stringify(body).includes('"stream":true'))
  const body = requestBody.parse(first?.body)
  expect(body).toEqual({
    model: MODEL,
    messages: [system, { role: "user", content: text }],
    tools: expect.arrayContaining([
      {
        type: "function",
        function: {
          name: "get_weather",
          description: expect.stringContaining("Get the current weather for a location"),
          parameters: {
            type: "object",
            properties: {
              location: {
                type: "string",
                description: expect.stringContaining("San Francisco"),
                minLength: 1,
                maxLength: 100,
              },
            },
            required: ["location"],
            additionalProperties: false,
            $schema: expect.any(String),
          },
        },
      },
    ]),
    tool_choice: "auto",
    stream: true,
    ...always(chat.conversationId()),
  })
})

test("structured output", async ({ chat, modelServer }) => {
  const schema = {
    type: "object",
    properties: { name: { type: "string" }, age: { type: "number" } },
    required: ["name", "age"],
  }
  const id = crypto.randomUUID()
  const text = "Extract the name and age from: John is 30 years old"
  const response = await chat.page.request.post(`${chat.app.url}/api/chat`, {
    data: {
      id,
      message: { id: crypto.randomUUID(), parts: [{ type: "text", text }] },
      output: { type: "json_schema", name: "person", schema },
    },
  })
  expect(await response.text()).toContain("[DONE]")
  expect(sent(modelServer.requests, text)).toEqual({
    model: MODEL,
    messages: [
      { role: "system", content: expect.stringContaining(JSON.stringify(schema)) },
      { role: "user", content: text },
    ],
    response_format: { type: "json_schema", json_schema: { name: "person", schema } },
    stream: true,
    ...always(id),
  })
})

test("vision", async ({ chat, modelServer }) => {
  const text = `What's in this image? ${Date.now()}`
  const chooser = chat.page.waitForEvent("filechooser")
  await chat.page.getByRole("button", { name: "Attach images" }).click()
  await (await chooser).setFiles({ name: "circle.png", mimeType: "image/png", buffer: await redCircle() })
  await chat.askAndWait(text)
  const { tools: _tools, tool_choice: _choice, ...body } = sent(modelServer.requests, text)
  expect(body).toEqual({
    model: MODEL,
    messages: [
      system,
      {
        role: "user",
        content: expect.arrayContaining([
          { type: "text", text },
          {
            type: "image_url",
            image_url: { url: expect.stringMatching(/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+=*$/) },
          },
        ]),
      },
    ],
    stream: true,
    ...always(chat.conversationId()),
  })
  expect(body.messages.at(-1)?.content).toHaveLength(2)
})
