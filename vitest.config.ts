import { availableParallelism } from "node:os"
import { defineConfig } from "vitest/config"

export default defineConfig({
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    include: ["{app,components,lib}/**/*.test.{ts,tsx}"],
    silent: "passed-only",
    // One less than there are cores would be one of two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    // A busy machine takes more than the second that is given by default.
    expect: { poll: { timeout: 15_000 } },
  },
})
