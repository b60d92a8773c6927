import type { MetadataExtractor } from "@ai-sdk/openai-compatible"
import { z } from "zod"
import { redactKeys } from "@/lib/redact-keys"

/**
 * Fireworks' server timings, in the last chunk's body if `perf_metrics_in_response` is sent. Values of any kind,
 * including lists and objects. Anything that is not JSON of a sensible size is dropped.
 */
const withMetrics = z.object({ perf_metrics: z.record(z.string(), z.json()) })

/** Characters of all metrics together, as JSON. */
const MAX_CHARS = 20_000

const read = (chunk: unknown) => {
  const parsed = withMetrics.safeParse(chunk)
  if (!parsed.success) return undefined
  const text = JSON.stringify(parsed.data)
  if (text.length > MAX_CHARS) return undefined
  // What a server reports about itself is shown and stored, so it must not contain a key.
  const clean: unknown = JSON.parse(text, (_, value) => (typeof value === "string" ? redactKeys(value) : value))
  return withMetrics.parse(clean).perf_metrics
}

const wrap = (perfMetrics: ReturnType<typeof read>) => (perfMetrics ? { fireworks: { perfMetrics } } : undefined)

export const performanceExtractor: MetadataExtractor = {
  extractMetadata: async ({ parsedBody }) => wrap(read(parsedBody)),
  createStreamExtractor: () => {
    let last: ReturnType<typeof read>
    return {
      processChunk: (chunk) => {
        if (typeof chunk === "object" && chunk !== null && "perf_metrics" in chunk) last = read(chunk) ?? last
      },
      buildMetadata: () => wrap(last),
    }
  },
}
