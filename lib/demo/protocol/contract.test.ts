import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { expect, test } from "vitest"
import { startDemoServer } from "@/lib/demo/demo-server"
import { contractViolation, officialSchema, Violations } from "@/lib/demo/protocol/contract"
import { startRawUpstream } from "@/lib/generation/raw-upstream.fixture"

const good = {
  model: "m",
  messages: [
    { role: "system", content: "Be kind." },
    { role: "user", content: [{ type: "text", text: "x" }] },
    {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "c", type: "function", function: { name: "look", arguments: "{}" } }],
    },
    { role: "tool", tool_call_id: "c", content: "seen" },
  ],
  stream: true,
  stream_options: { include_usage: true },
  reasoning_effort: "xhigh",
  prompt_cache_isolation_key: "p",
}

test("what Fireworks accepts is not a violation", () => expect(contractViolation(good)).toBeNull())

test.each([
  ["an unknown key", { ...good, include_reasoning: true }],
  ["an unknown key of a message", { ...good, messages: [{ role: "user", content: "x", name: "y" }] }],
  ["a value out of its range", { ...good, temperature: 3 }],
  ["a word that is none", { ...good, context_length_exceeded_behavior: "ignore" }],
  ["no messages", { model: "m" }],
  ["no object", null],
])("%s is a violation", (_, body) => expect(contractViolation(body)).not.toBeNull())

/** A document in the format of the official one. */
function documentOf(properties: object): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "sparkler-contract-")), "openapi.json")
  const request = { type: "object", additionalProperties: false, required: ["model"], properties }
  writeFileSync(file, JSON.stringify({ components: { schemas: { ChatCompletionRequest: request } } }))
  return file
}

test("the official specification is read if available, with newer additions", () => {
  const effort = { reasoning_effort: { enum: ["low"] } }
  const check = officialSchema(documentOf({ model: { type: "string" }, ...effort }))
  expect(check?.({ model: "m", reasoning_effort: "xhigh", stream_options: { include_usage: true } })).toBe(true)
  expect(check?.({ model: "m", top_k: 1 })).toBe(false)
  expect(officialSchema("/nowhere/openapi.json")).toBeNull()
})

test("closing a server that received an invalid request fails", async () => {
  for (const server of [await startDemoServer({ testMode: true }), await startRawUpstream("m")]) {
    const send = (body: object) =>
      fetch(`${server.url}/chat/completions`, { method: "POST", body: JSON.stringify(body) }).then((r) => r.text())
    await send({ ...good, model: "sparkler-demo" })
    await send({ ...good, model: "sparkler-demo", wrong: 1 })
    await expect(server.close()).rejects.toThrow(/1 requests were sent that Fireworks would reject:\n.*wrong/)
  }
})

test("parameters a model does not accept count as violations; those a test has collected do not", async () => {
  const model = "accounts/fireworks/models/glm-5p3"
  const server = await startDemoServer({ testMode: true, models: [{ id: model }] })
  const body = JSON.stringify({ ...good, model, reasoning_effort: "none" })
  await (await fetch(`${server.url}/chat/completions`, { method: "POST", body })).text()
  expect(server.violations.take()).toEqual([expect.stringContaining("'none' is not supported")])
  await server.close()
})

test("violations are reported with the request", () => {
  const violations = new Violations()
  violations.check(good)
  violations.end()
  violations.check({ model: "m", messages: [] })
  expect(() => violations.end()).toThrow(/messages[\s\S]*"model":"m"/)
})
