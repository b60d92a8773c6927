import { expect, test } from "vitest"
import { performanceExtractor } from "@/lib/ai/perf-metrics"
import { registerSecret } from "@/lib/redact-keys"

const metrics = {
  "prompt-tokens": 7,
  "server-time-to-first-token": "0.12",
  "step-times": [0.1, [0.2]],
  cache: { layers: [{ hit: true }], none: null },
}

test("metrics of any type are read from a stream's last chunk and from a complete response", async () => {
  const stream = performanceExtractor.createStreamExtractor()
  for (const chunk of [{ choices: [] }, { perf_metrics: metrics }, { perf_metrics: 7 }, null, "x"])
    stream.processChunk(chunk)
  expect(stream.buildMetadata()).toEqual({ fireworks: { perfMetrics: metrics } })
  const whole = await performanceExtractor.extractMetadata({ parsedBody: { perf_metrics: metrics } })
  expect(whole).toEqual({ fireworks: { perfMetrics: metrics } })
})

test("keys are removed from metrics, and excess ones are dropped", () => {
  registerSecret("fw_3ZtkQ9vX7mLp2RsWbYcD8abcd")
  const keyed = performanceExtractor.createStreamExtractor()
  keyed.processChunk({ perf_metrics: { by: ["fw_3ZtkQ9vX7mLp2RsWbYcD8abcd"] } })
  expect(keyed.buildMetadata()).toEqual({ fireworks: { perfMetrics: { by: ["[hidden]"] } } })
  const large = performanceExtractor.createStreamExtractor()
  large.processChunk({ perf_metrics: { by: ["x".repeat(30_000)] } })
  expect(large.buildMetadata()).toBeUndefined()
})
