import { availableParallelism } from "node:os"
import { defineConfig } from "vitest/config"

/** Tests of module state that other files share: each needs modules of its own. */
const OWN_MODULES = [
  "components/base/session-end.test.ts",
  "components/message/markdown/server-share.test.ts",
  "components/tools/page-runs.test.ts",
]

export default defineConfig({
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    silent: "passed-only",
    // One less than there are cores would be one of two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Limits for what hangs: a busy machine takes far longer than a second.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      { extends: true, test: { name: "server", include: ["{app,lib}/**/*.test.{ts,tsx}", ...OWN_MODULES] } },
      {
        extends: true,
        test: {
          name: "page",
          include: ["components/**/*.test.{ts,tsx}"],
          exclude: OWN_MODULES,
          // These take a third of the time when they share modules.
          isolate: false,
        },
      },
    ],
  },
})
