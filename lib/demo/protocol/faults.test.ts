/** Faults of the stand-in, on request. */
import { describe, expect, test } from "vitest"
import { createDemoModel } from "@/lib/demo"
import { bodyOf, complete, contentOf, dataOf, post, user, wireChunks } from "@/lib/demo/demo.fixture"

const fast = { tokensPerSecond: 0, firstTokenMs: 0 }
const demo = createDemoModel(fast)
const testing = createDemoModel({ ...fast, testMode: true })
const tool = { type: "function", function: { name: "look", parameters: { type: "object", properties: {} } } }
const streamOf = async (body: Record<string, unknown>, model = demo) =>
  (await post(model, { ...body, stream: true })).text()

describe("faults", () => {
  test("outside test mode directives are plain text", async () => {
    expect((await post(demo, bodyOf("[[fault status=500]]"))).status).toBe(200)
  })

  test("times=2 refuses twice and then answers; a title request does not count", async () => {
    const body = bodyOf("[[fault status=429 times=2 retry-after=1]] [[echo]]")
    const title = {
      ...body,
      messages: [
        { role: "system", content: "Write a title for this conversation" },
        user("[[fault status=429 times=2 retry-after=1]] [[echo]]"),
      ],
    }
    const first = await post(testing, body)
    expect([first.status, first.headers.get("retry-after")]).toEqual([429, "1"])
    expect((await post(testing, title)).status).toBe(200)
    expect((await post(testing, body)).status).toBe(429)
    expect((await post(testing, body)).status).toBe(200)
  })

  test.each([
    ["plain", '{"error":"Requested fault 503"}'],
    ["object", '"object":"error"'],
    ["numbercode", '"code":503'],
    ["html", "<h1>503</h1>"],
    ["empty", ""],
  ])("a refusal with the body %s", async (shape, part) => {
    const response = await post(testing, bodyOf(`[[fault status=503 body=${shape}]]`))
    expect(response.status).toBe(503)
    const text = await response.text()
    expect(shape === "empty" ? text : text.includes(part)).toBe(shape === "empty" ? "" : true)
  })

  const streamed = (faults: string) => streamOf(bodyOf(`[[fault ${faults}]] [[words n=100]]`), testing)
  const words = (count: number) => Array.from({ length: count }, (_, n) => `w${n}`).join(" ")

  test("words and echo are returned exactly", async () => {
    expect(contentOf(await streamOf(bodyOf("[[words n=3000]]", { max_tokens: 20_000 }), testing))).toBe(words(3_000))
    expect(contentOf(await streamOf(bodyOf("[[echo]]  Ü\n| x |"), testing))).toBe("[[echo]]  Ü\n| x |")
  })

  test("cut ends cleanly without finish reason and [DONE]; reset breaks the body", async () => {
    const cut = await streamed("cut=40")
    expect(contentOf(cut)).toBe(words(40))
    expect(wireChunks(cut).some(({ choices }) => choices[0]?.finish_reason)).toBe(false)
    expect(cut).not.toContain("[DONE]")
    await expect(streamed("reset=40")).rejects.toThrow("requested reset")
  })

  test("error ends the stream with an error object; garbage continues after a line that is not JSON", async () => {
    const error = dataOf(await streamed("error=10"))
    expect(JSON.parse(error.at(-1) ?? "")).toMatchObject({ error: { message: "Requested error inside the stream" } })
    expect(error).toHaveLength(1 + 10 + 1)
    const garbage = dataOf(await streamed("garbage=10"))
    expect(garbage[11]).toBe("{this is no json")
    expect(garbage.at(-1)).toBe("[DONE]")
  })

  test("finish, separate usage, thinking in tags, broken arguments, an unknown tool", async () => {
    expect(wireChunks(await streamed("finish=content_filter")).at(-1)?.choices[0]?.finish_reason).toBe("content_filter")
    const apart = wireChunks(await streamed("usage=separate"))
    expect(apart.at(-2)).toMatchObject({ choices: [{ finish_reason: "stop" }] })
    expect(apart.at(-2)?.usage).toBeUndefined()
    expect(apart.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } })
    expect((await complete(testing, bodyOf("[[fault think=tags]] hello"))).text).toMatch(/^<think>.+<\/think>/s)
    const unknown = await complete(testing, bodyOf("[[fault tool=unknown_name]]", { tools: [tool] }))
    expect(unknown.calls).toEqual([{ name: "unknown_name", args: "{}" }])
    const broken = await complete(
      testing,
      bodyOf("look [[fault toolargs=broken]]", { tools: [tool], tool_choice: "required" }),
    )
    expect(() => JSON.parse(broken.calls[0]?.args ?? "{}")).toThrow()
  })
})
