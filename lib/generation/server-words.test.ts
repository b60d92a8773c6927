/** A model server's refusals: the right error, and the server's own words for the user. */
import { createServer } from "node:http"
import { expect, test } from "vitest"
import { answerWith, event, stream, text } from "@/lib/generation/raw-upstream.fixture"
import { json, refused, said, setUpRefused } from "@/lib/generation/refused.fixture"

setUpRefused()

const CLOUDFLARE =
  "<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been blocked</h1></body></html>"

test.each<[what: string, status: number, body: string, code: string, sentence: RegExp, words: string]>([
  [
    "a 422 list",
    422,
    json({ detail: [{ loc: ["body", "temperature"], msg: "Input should be less than or equal to 2", type: "x" }] }),
    "bad_request",
    /rejected/,
    "temperature: Input should be less than or equal to 2",
  ],
  [
    "an error in a list",
    400,
    json([{ error: { code: 400, message: "Bad role" } }]),
    "bad_request",
    /rejected/,
    "Bad role",
  ],
  ["errors", 400, json({ errors: [{ message: "Bad role" }] }), "bad_request", /rejected/, "Bad role"],
  [
    "a suspended account",
    412,
    said("Account acme is suspended, possibly due to an unpaid invoice"),
    "billing",
    /suspended/,
    "unpaid invoice",
  ],
  [
    "a LoRA that failed",
    412,
    said("LoRA adapter accounts/acme/models/mine failed to load"),
    "model_failed",
    /fine-tuned model/,
    "accounts/acme/models/mine",
  ],
  ["one of both", 412, said("Precondition failed"), "billing", /suspended, or the model/, "Precondition failed"],
  [
    "another region",
    403,
    said("Model is not available in this region"),
    "region",
    /region/,
    "not available in this region",
  ],
  ["another region with 401", 401, said("API key is not valid for region us-east"), "region", /region/, "us-east"],
  [
    "another country",
    403,
    said("Country, region, or territory not supported", { code: "unsupported_country_region_territory" }),
    "region",
    /region/,
    "territory",
  ],
  ["a firewall", 403, CLOUDFLARE, "blocked", /proxy or firewall/, "you have been blocked"],
  [
    "a login of a proxy",
    407,
    "Proxy authentication required",
    "blocked",
    /proxy or firewall/,
    "authentication required",
  ],
  ["a key without access", 403, said("No access to model x"), "auth", /may not have access/, "No access to model x"],
  [
    "no credit",
    429,
    said("You exceeded your current quota", { code: "insufficient_quota" }),
    "billing",
    /billing page/,
    "exceeded your current quota",
  ],
  [
    "a conversation that is too long",
    400,
    said("This model's maximum context length is 8192 tokens, however you requested 9000"),
    "context",
    /too long/,
    "8192 tokens",
  ],
  [
    "llama.cpp's window",
    400,
    said("the request exceeds the available context size, try increasing it"),
    "context",
    /too long/,
    "available context size",
  ],
  ["no pictures", 400, said("this model does not support image input"), "no_images", /can't see images/, "image input"],
  [
    "no pictures at vLLM",
    400,
    json({ object: "error", message: "llama is not a multimodal model", code: 400 }),
    "no_images",
    /can't see images/,
    "multimodal",
  ],
  [
    "no pictures at llama.cpp",
    500,
    said("image input is not supported - hint: you may need to provide the mmproj"),
    "no_images",
    /can't see images/,
    "mmproj",
  ],
  ["a picture of a wrong kind", 400, said("unsupported image format: webp"), "bad_request", /rejected/, "webp"],
  [
    "a model that is gone",
    404,
    said("Model not found, inaccessible, and/or not deployed", { param: "model", code: "NOT_FOUND" }),
    "model_not_found",
    /doesn't have this model/,
    "not deployed",
  ],
  [
    "a model that Ollama must fetch",
    404,
    json({ error: "model 'x' not found, try pulling it first" }),
    "model_not_found",
    /doesn't have this model/,
    "try pulling",
  ],
  [
    "a wrong address",
    404,
    json({ detail: "Path not found: /chat/completions" }),
    "wrong_address",
    /usually ends in \/v1/,
    "Path not found",
  ],
  [
    "a wrong address, in plain text",
    404,
    "404 page not found",
    "wrong_address",
    /usually ends in \/v1/,
    "page not found",
  ],
])("%s (%i)", async (_, status, body, code, sentence, words) => {
  const { error, read, asked } = await refused(answerWith(status, body, { "retry-after": "0" }))
  expect(error).toMatchObject({ code: `upstream:${code}`, retryable: false })
  expect(error?.message).toMatch(sentence)
  expect(error?.message).toContain(words)
  expect(error?.message).not.toMatch(/refused the API key|[<>]/)
  expect(read).toContain(JSON.stringify(error?.message).slice(1, -1))
  expect(asked).toBe(1)
})

test("an overloaded server is not reported as the user's own rate limit", async () => {
  const full = await refused(answerWith(503, said("No capacity"), { "retry-after": "0" }))
  expect(full.error).toMatchObject({ code: "upstream:overloaded", retryable: true })
  const own = await refused(answerWith(429, said("Too many tokens per minute"), { "retry-after": "0" }))
  expect(own.error).toMatchObject({ code: "upstream:rate_limit", retryable: true })
  expect([full.asked, own.asked]).toEqual([3, 3])
})

test("an error inside a stream is treated as its status would be", async () => {
  const { error, answer } = await refused(stream(text("Hel"), event({ error: { message: "Slow down", code: 429 } })))
  expect(error).toMatchObject({ code: "upstream:rate_limit" })
  expect(answer?.parts).toMatchObject([{}, { type: "text", text: "Hel" }])
})

test("a redirect is not followed: the other host receives nothing, and the error names it", async () => {
  let seen = 0
  const other = createServer((_, response) => void response.end(String(seen++)))
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve))
  const address = other.address()
  const host = `127.0.0.1:${typeof address === "object" ? address?.port : 0}`
  for (const status of [301, 302, 303, 307, 308]) {
    const { error, asked } = await refused(answerWith(status, "", { location: `http://${host}/chat/completions` }))
    expect(error).toMatchObject({ code: "upstream:redirected", retryable: false })
    expect(error?.message).toContain(`redirected the request to ${host}.`)
    expect(asked).toBe(1)
  }
  expect(seen).toBe(0)
  other.close()
})
