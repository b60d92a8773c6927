import { setTimeout as wait } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { bodyOf, contentOf, dataOf, wireChunks } from "@/lib/demo/demo.fixture"
import { type DemoServer, startDemoServer } from "@/lib/demo/demo-server"

let server: DemoServer
beforeAll(async () => {
  server = await startDemoServer({ testMode: true, tokensPerSecond: 0, firstTokenMs: 0, apiKey: "fw-key" })
})
afterAll(() => server.close())

const ask = (question: string, signal?: AbortSignal) =>
  fetch(`${server.url}/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer fw-key", "content-type": "application/json" },
    body: JSON.stringify(bodyOf(question, { stream: true, max_tokens: 20_000 })),
    signal,
  })

test("it streams over HTTP and records the request", async () => {
  const response = await ask("[[echo]] over the wire")
  expect(response.headers.get("content-type")).toContain("text/event-stream")
  expect(contentOf(await response.text())).toBe("[[echo]] over the wire")
  expect(server.requests.at(-1)).toMatchObject({
    method: "POST",
    path: "/inference/v1/chat/completions",
    headers: { authorization: "Bearer fw-key" },
    body: { model: "sparkler-demo", stream: true },
    closedByClientAt: null,
  })
})

test("models are listed, and a wrong key is rejected", async () => {
  const models = await fetch(`${server.url}/models`, { headers: { authorization: "Bearer fw-key" } })
  expect(await models.json()).toMatchObject({ data: [{ id: "sparkler-demo" }] })
  expect((await fetch(`${server.url}/models`, { headers: { authorization: "Bearer no" } })).status).toBe(401)
})

describe("faults", () => {
  test("cut is a complete response that ends without a finish reason", async () => {
    const stream = await (await ask("[[fault cut=40]] [[words n=100]]")).text()
    expect(contentOf(stream)).toMatch(/w39$/)
    expect(stream).not.toContain("[DONE]")
    expect(wireChunks(stream).some(({ choices }) => choices[0]?.finish_reason)).toBe(false)
  })

  test("reset destroys the socket", async () => {
    await expect((await ask("[[fault reset=40]] [[words n=100]]")).text()).rejects.toThrow()
  })

  test("silence holds the stream open after its tokens, and a client disconnect is noticed", async () => {
    const leave = new AbortController()
    const response = await ask("[[fault silence=5 for=3600000]] [[words n=100]]", leave.signal)
    expect(server.openStreams()).toBe(1)
    leave.abort()
    await expect(response.text()).rejects.toThrow()
    await until(() => server.openStreams() === 0)
    expect(server.requests.at(-1)?.closedByClientAt).toBeGreaterThan(0)
  })

  test("a refusal has the requested status, headers, and body", async () => {
    const response = await ask("[[fault status=429 body=plain retry-after=7]]")
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "7"])
    expect(await response.json()).toEqual({ error: "Requested fault 429" })
  })

  test("an error inside the stream is its last line", async () => {
    const lines = dataOf(await (await ask("[[fault error=3]] [[words n=100]]")).text())
    expect(lines.at(-1)).toContain("Requested error inside the stream")
  })
})

test("outside test mode nothing is recorded and no fault is simulated", async () => {
  const plain = await startDemoServer({ tokensPerSecond: 0, firstTokenMs: 0 })
  try {
    const response = await fetch(`${plain.url}/chat/completions`, {
      method: "POST",
      body: JSON.stringify(bodyOf("[[fault status=500]]")),
    })
    expect(response.status).toBe(200)
    await response.text()
    expect(plain.requests).toEqual([])
  } finally {
    await plain.close()
  }
})

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(5)
}
