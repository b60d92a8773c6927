/**
 * A tool that asks first, for tests: loaded by `node --import` before the server, which has no such tool and no setting
 * that loads one. It is added where tools of a process are added (`addedTools` in `lib/ai/tools`).
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

globalThis[Symbol.for("sparkler.addedTools")] = { value: [eraseNote] }
