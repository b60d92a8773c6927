import type { MetadataExtractor } from "@ai-sdk/openai-compatible"
import { z } from "zod"

/** Fireworks' server timings, in the last chunk's body when `perf_metrics_in_response` is sent. */
const withMetrics = z.object({
  perf_metrics: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
})

const read = (chunk: unknown) => {
  const parsed = withMetrics.safeParse(chunk)
  return parsed.success ? parsed.data.perf_metrics : undefined
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
