import { generateText } from "ai"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import type { Asking } from "@/lib/ai/request-body"
import { type DemoServer, startDemoServer } from "@/lib/demo/demo-server"
import type { ChatSettings } from "@/lib/messages/types"

const FIREWORKS = "accounts/fireworks/models/kimi-k3"
const OTHER = "llava:7b"
let server: DemoServer

beforeEach(async () => {
  server = await startDemoServer({ testMode: true, models: [{ id: FIREWORKS }, { id: OTHER }] })
  vi.stubEnv("DATA_DIR", "/tmp/sparkler-provider-test")
  vi.stubEnv("FIREWORKS_BASE_URL", server.url)
})

afterEach(async () => {
  await server.close()
  vi.unstubAllEnvs()
  vi.resetModules()
  Reflect.deleteProperty(globalThis, Symbol.for("sparkler.catalogue"))
})

/** From here on, the server counts as Fireworks. */
function withKey() {
  vi.resetModules()
  vi.stubEnv("FIREWORKS_API_KEY", "fw-x")
  Reflect.deleteProperty(globalThis, Symbol.for("sparkler.catalogue"))
}

/** The body that the server received for a question with these settings. */
async function sent(id: string, settings: ChatSettings, more: Partial<Asking> = {}) {
  const { resolveModel } = await import("@/lib/ai/catalogue/catalogue")
  const { languageModel } = await import("@/lib/ai/provider")
  const model = { ...(await resolveModel(id)), ...more.model }
  const asking = { conversationId: "c-1", userId: "u-1", settings, ...more, model }
  await generateText({ model: languageModel(asking), prompt: "Hello" })
  return server.requests.at(-1)?.body
}

const EVERYTHING: ChatSettings = {
  temperature: 0,
  topP: 0.5,
  topK: 7,
  minP: 0.1,
  frequencyPenalty: -2,
  presencePenalty: 2,
  repetitionPenalty: 1.1,
  seed: 0,
  stop: ["END", "\n\n"],
  alternatives: 3,
  reasoning: "high",
}
const ON_THE_WIRE = {
  temperature: 0,
  top_p: 0.5,
  top_k: 7,
  min_p: 0.1,
  frequency_penalty: -2,
  presence_penalty: 2,
  repetition_penalty: 1.1,
  seed: 0,
  stop: ["END", "\n\n"],
  logprobs: true,
  top_logprobs: 3,
  reasoning_effort: "high",
}

test("user settings go to every server, Fireworks-only parameters only to Fireworks", async () => {
  const settings: ChatSettings = { ...EVERYTHING, safeTokens: true }
  const body = await sent(OTHER, settings)
  expect(body).toMatchObject(ON_THE_WIRE)
  for (const key of ["prompt_cache_key", "prompt_cache_isolation_key", "safe_tokenization"])
    expect(body).not.toHaveProperty(key)
  withKey()
  expect(await sent(FIREWORKS, settings)).toMatchObject({
    ...ON_THE_WIRE,
    prompt_cache_key: "c-1",
    prompt_cache_isolation_key: expect.stringMatching(/^[\w-]{32}$/),
    safe_tokenization: true,
  })
})

test("unset parameters are not sent", async () => {
  expect(await sent(OTHER, {})).toEqual({ model: OTHER, messages: [{ role: "user", content: "Hello" }] })
  withKey()
  expect(await sent(FIREWORKS, {})).toEqual({
    model: FIREWORKS,
    messages: [{ role: "user", content: "Hello" }],
    prompt_cache_key: "c-1",
    prompt_cache_isolation_key: expect.any(String),
  })
})

test("each user has a separate cache, whose key does not reveal their identity", async () => {
  withKey()
  const keyOf = async (userId: string) => {
    const body = await sent(FIREWORKS, {}, { userId })
    return typeof body === "object" && body && "prompt_cache_isolation_key" in body && body.prompt_cache_isolation_key
  }
  const [first, again, other] = [await keyOf("u-1"), await keyOf("u-1"), await keyOf("u-2")]
  expect(again).toBe(first)
  expect(other).not.toBe(first)
  expect(first).not.toContain("u-1")
})

test("tasks that need no thinking request the model's lowest level, and none for an unknown model", async () => {
  const { resolveModel } = await import("@/lib/ai/catalogue/catalogue")
  const model = await resolveModel(OTHER)
  const least = (efforts: typeof model.efforts, settings: ChatSettings = {}) =>
    sent(OTHER, settings, { least: true, model: { ...model, efforts } })
  expect(await least(["none", "low", "high"], { reasoning: "high" })).toMatchObject({ reasoning_effort: "none" })
  expect(await least(["low", "high"])).toMatchObject({ reasoning_effort: "low" })
  expect(await least(null)).not.toHaveProperty("reasoning_effort")
  expect(await least(null, { reasoning: "low" })).toMatchObject({ reasoning_effort: "low" })
  expect(await least([], { reasoning: "low" })).not.toHaveProperty("reasoning_effort")
})
