import { spawn } from "node:child_process"
import { once } from "node:events"
import path from "node:path"
import { expect, test } from "vitest"

const MODULE = path.join(import.meta.dirname, "lost-output.mjs")

/** Writes when it is told to, and tells how often a write that failed was an error that nobody caught. */
const WRITER = `
let uncaught = 0
process.on("uncaughtException", () => (uncaught += 1))
process.on("message", () => {
  for (const [turn, write] of [() => process.stdout.write("one"), () => process.stderr.write("two"), () => console.info("three")].entries())
    setTimeout(write, turn * 10)
  setTimeout(() => process.send(uncaught, () => process.exit()), 100)
})
process.send("ready")`

/** How many uncaught errors a process counts whose output is read by nobody anymore. */
async function uncaughtBy(...args: string[]): Promise<unknown> {
  const child = spawn(process.execPath, [...args, "-e", WRITER], { stdio: ["ignore", "pipe", "pipe", "ipc"] })
  try {
    await once(child, "message")
    child.stdout?.destroy()
    child.stderr?.destroy()
    const told = once(child, "message")
    child.send("write")
    return (await told)[0]
  } finally {
    child.kill("SIGKILL")
  }
}

test("output that nobody reads anymore is no error", async () => {
  expect(await uncaughtBy("--import", MODULE)).toBe(0)
  // Without it they are errors: the test would notice.
  expect(await uncaughtBy()).toBeGreaterThan(0)
})
