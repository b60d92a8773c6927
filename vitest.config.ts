import { defineConfig } from "vitest/config"

export default defineConfig({
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    include: ["{app,components,lib}/**/*.test.{ts,tsx}"],
    silent: "passed-only",
    testTimeout: 20_000,
    // A busy machine takes more than the second that is given by default.
    expect: { poll: { timeout: 15_000 } },
  },
})
