/** What the worst documents take while they are read, all at once. */
import { afterAll, expect, test } from "vitest"
import { buildWork } from "@/lib/cli/build-work.mjs"
import type { DocumentKind } from "@/lib/documents/types"
import { WorkPool } from "@/lib/work/pool"
import { work } from "@/lib/work/work"
import "@/lib/tasks/tasks"

const MOST_GROWTH_MB = 600
const residentMb = () => process.memoryUsage.rss() / 1e6

/** What `worst.fixture.ts` makes, and what becomes of it. */
const WORST: [name: string, kind: DocumentKind, outcome: unknown][] = [
  ["bomb", "docx", "bomb"],
  ["lies", "docx", expect.stringMatching(/^(?:bomb|broken)$/)],
  // Within what may be unpacked, but its library may take too much for it.
  ["words", "docx", expect.stringMatching(/^(?:read|work:too_much)$/)],
  ["rows", "xlsx", "read"],
  ["pages", "pdf", "read"],
  ["parts", "epub", expect.stringMatching(/^(?:bomb|broken)$/)],
]

const makers = new WorkPool({
  file: () => buildWork(".sparkler/work-worst", "lib/documents/store/worst.fixture.ts"),
  ...{ threads: 1, processes: true, memoryMb: 4_000, mostWaiting: 10, mostOfOne: 10, idleMs: 0 },
})
afterAll(() => makers.close())

async function made(name: string): Promise<Uint8Array> {
  const bytes = await makers.run({ name: "make", args: [name], person: "test", ms: 120_000 })
  if (!(bytes instanceof Uint8Array)) throw new Error(name)
  return bytes
}

test("the worst documents, of several persons at once, stay below 600 MB above what there was", {
  timeout: 600_000,
}, async () => {
  const files = await Promise.all(WORST.map(async ([name, kind]) => ({ name, kind, bytes: await made(name) })))
  const idle = residentMb()
  let peak = 0
  const look = setInterval(() => {
    peak = Math.max(peak, residentMb())
  }, 5)
  const outcomes = await Promise.all(
    files.map(({ kind, bytes }, index) =>
      work("readDocument", { person: `person ${index % 3}`, ms: 90_000 }, kind, bytes).then(
        ({ fault, document }) => fault ?? (document && "read"),
        (error: { code: string }) => error.code,
      ),
    ),
  )
  clearInterval(look)
  expect(outcomes).toEqual(WORST.map(([, , outcome]) => outcome))
  expect(peak - idle).toBeLessThan(MOST_GROWTH_MB)
})
