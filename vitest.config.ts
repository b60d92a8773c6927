import { availableParallelism } from "node:os"
import { defineConfig } from "vitest/config"

export default defineConfig({
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    include: ["{app,components,lib}/**/*.test.{ts,tsx}"],
    silent: "passed-only",
    // One less than there are cores would be one of two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Limits for what hangs: a busy machine takes far longer than a second.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
  },
})
