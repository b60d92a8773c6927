import { generateText } from "ai"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { type DemoServer, startDemoServer } from "@/lib/cli/demo-server"

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

/** The body that the server was sent for a question with these settings. */
async function sent(id: string, settings: object) {
  const { resolveModel } = await import("@/lib/ai/catalogue")
  const { languageModel } = await import("@/lib/ai/provider")
  const model = await resolveModel(id)
  await generateText({ model: languageModel({ model, conversationId: "c-1", settings }), prompt: "Hello" })
  return server.requests.at(-1)?.body
}

test("what a person sets goes to every server, what only Fireworks knows to Fireworks", async () => {
  const asked = { topK: 7, reasoning: "high" }
  const body = await sent(OTHER, asked)
  expect(body).toMatchObject({ top_k: 7, reasoning_effort: "high" })
  expect(body).not.toHaveProperty("prompt_cache_key")
  vi.resetModules()
  vi.stubEnv("FIREWORKS_API_KEY", "fw-x")
  Reflect.deleteProperty(globalThis, Symbol.for("sparkler.catalogue"))
  expect(await sent(FIREWORKS, asked)).toMatchObject({ top_k: 7, reasoning_effort: "high", prompt_cache_key: "c-1" })
})

test("what nobody has set is not sent", async () => {
  const body = await sent(OTHER, {})
  expect(body).not.toHaveProperty("top_k")
  expect(body).not.toHaveProperty("reasoning_effort")
})
