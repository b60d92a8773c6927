import { afterEach, beforeEach, expect, test, vi } from "vitest"
import type { RequestedOutput } from "@/lib/ai/output-limit"
import type { ModelInfo } from "@/lib/models/model.types"

const MODEL: ModelInfo = {
  id: "m",
  name: "M",
  upstream: "fireworks",
  contextTokens: 1_048_576,
  outputTokens: 131_072,
  images: false,
  tools: true,
  efforts: ["none", "low", "high", "max"],
  price: null,
  retired: false,
  successor: null,
  deprecation: null,
}
const THINKING_ONLY: ModelInfo = { ...MODEL, efforts: ["low", "high"] }

beforeEach(() => vi.stubEnv("DATA_DIR", "/tmp/sparkler-output-limit-test"))
afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

async function limit(model: Partial<ModelInfo>, asked: RequestedOutput = {}, promptTokens = 100) {
  const { outputTokens } = await import("@/lib/ai/output-limit")
  return outputTokens({ ...MODEL, ...model }, asked, promptTokens)
}

test("by default there is room for a long answer, more with high thinking levels, within the model's limit", async () => {
  expect(await limit({})).toBe(32_768)
  expect(await limit({}, { settings: { reasoning: "low" } })).toBe(32_768)
  expect(await limit({}, { settings: { reasoning: "max" } })).toBe(65_536)
  expect(await limit({ outputTokens: 10_000 })).toBe(10_000)
  expect(await limit({ contextTokens: null, outputTokens: null })).toBe(8_192)
})

test("a chosen limit is used, within the model's limit", async () => {
  expect(await limit({}, { settings: { maxTokens: 100_000 } })).toBe(100_000)
  expect(await limit({}, { settings: { maxTokens: 1_048_576 } })).toBe(131_072)
  expect(await limit({}, { settings: { maxTokens: 1 } })).toBe(1)
})

test("prompt and answer together fit the context window, and the limit is never zero", async () => {
  expect(await limit({ contextTokens: 40_000 }, {}, 20_000)).toBe(18_000)
  expect(await limit({ contextTokens: 40_000 }, { settings: { maxTokens: 39_000 } }, 20_000)).toBe(18_000)
  expect(await limit({ contextTokens: 40_000 }, {}, 60_000)).toBe(256)
})

test("the operator's limit applies to everyone and is the default when none is chosen", async () => {
  vi.stubEnv("MAX_OUTPUT_TOKENS", "50000")
  expect(await limit({})).toBe(50_000)
  expect(await limit({}, { settings: { maxTokens: 100_000 } })).toBe(50_000)
  expect(await limit({ outputTokens: 10_000 })).toBe(10_000)
})

test("for a model that always thinks, thinking tokens are added to a short answer", async () => {
  const title = { settings: { maxTokens: 200 }, least: true }
  expect(await limit({}, title)).toBe(200)
  expect(await limit({ efforts: [] }, title)).toBe(200)
  expect(await limit(THINKING_ONLY, title)).toBeGreaterThanOrEqual(2_200)
  expect(await limit({ efforts: ["high", "max"] }, title)).toBeGreaterThan(await limit(THINKING_ONLY, title))
  expect(await limit({ efforts: null }, title)).toBeGreaterThanOrEqual(2_200)
  expect(await limit({ ...THINKING_ONLY, outputTokens: 1_000 }, title)).toBe(1_000)
})

test("history leaves a quarter of a small window free, more when a long answer was requested", async () => {
  const { reservedTokens } = await import("@/lib/ai/output-limit")
  const small = { ...MODEL, contextTokens: 16_000 }
  expect(reservedTokens(small, {})).toBe(4_000)
  expect(reservedTokens(small, { settings: { maxTokens: 12_000 } })).toBe(12_000)
  expect(reservedTokens(MODEL, {})).toBe(32_768)
})
