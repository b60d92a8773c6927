/**
 * For tests: a tool that needs approval, one that never ends, and one that a page runs. Loaded with `node --import`
 * before the server, which has no such tools and no setting to load them. They are added to the process's additional
 * tools (`addedTools` in `lib/ai/tools`).
 */
import { z } from "zod"

const eraseNote = {
  name: "erase_note",
  description: "Erase a note of the person.",
  input: z.object({ location: z.string() }),
  output: z.object({ erased: z.string() }),
  limits: { timeMs: 60_000, resultChars: 1_000, atOnce: 8 },
  may: { useNetwork: false, runUnasked: false },
  run: async ({ location }) => {
    process.stdout.write(`erased ${location}\n`)
    return { erased: location }
  },
}

const countStars = {
  ...{ name: "count_stars", description: "Count the stars over a place.", input: z.object({ location: z.string() }) },
  output: z.object({ stars: z.number() }),
  limits: { timeMs: 600_000, resultChars: 1_000, atOnce: 8 },
  may: { useNetwork: false, runUnasked: true },
  run: (_, { say, toolCallId }) => {
    say?.({ toolCallId, progress: { done: 1, total: 9 } })
    return new Promise(() => {})
  },
}

/** Like `run_javascript`, but also available without a sandbox. */
const runInside = {
  ...{ name: "run_inside", description: "Run code in the page.", input: z.object({ code: z.string() }) },
  output: z.object({ value: z.string() }),
  limits: { timeMs: 10_000, resultChars: 1_000, atOnce: 1 },
  may: { useNetwork: false, runUnasked: true },
  runs: "sandbox",
}

globalThis[Symbol.for("sparkler.addedTools")] = { value: [eraseNote, countStars, runInside] }
