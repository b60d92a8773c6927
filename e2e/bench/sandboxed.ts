/** How code in the sandbox affects the page around it, from the frame's first byte to its end. */
import type { Page } from "@playwright/test"
import { runInSandbox, type SandboxRun } from "../support/sandbox-run"
import { ms } from "./stats"

const FRAME_MS = 100
const LIMITS = { timeMs: 3_000, memoryBytes: 160_000_000 }

const RUNS: [name: string, run: SandboxRun | null][] = [
  ["idle for three seconds", null],
  ["JavaScript in an endless loop", { language: "javascript", code: "for (;;) {}" }],
  ["JavaScript that prints endlessly", { language: "javascript", code: "for (;;) console.log('x'.repeat(1e4))" }],
  [
    "JavaScript that uses all memory",
    { language: "javascript", code: "const a = []; for (;;) a.push(new Array(1e6).fill(1))" },
  ],
  ["Python in an endless loop, startup included", { language: "python", code: "while True:\n    pass" }],
  [
    "Python that uses all memory",
    { language: "python", code: "a = []\nwhile True:\n    a.append(bytearray(10_000_000))" },
  ],
]

/** The table's rows; the page measures itself (`observePage`). */
export async function sandboxed(page: Page): Promise<string[][]> {
  const rows: string[][] = []
  for (const [name, run] of RUNS) {
    await page.evaluate(() => window.observed.start())
    if (run) await runInSandbox(page, run, LIMITS)
    else await page.waitForTimeout(LIMITS.timeMs)
    const { frames } = await page.evaluate(() => window.observed.read())
    const long = frames.filter((frame) => frame > FRAME_MS).length
    rows.push([
      `sandbox: ${name}: frames over ${FRAME_MS} ms`,
      `${long} of ${frames.length}, worst ${ms(Math.max(0, ...frames))}`,
      "0",
    ])
  }
  return rows
}
