import { spawn } from "node:child_process"
import { once } from "node:events"
import path from "node:path"
import { expect, test } from "vitest"

const MODULE = path.join(import.meta.dirname, "lost-output.mjs")

/** Writes on demand, and reports how many failed writes caused uncaught errors. */
const WRITER = `
let uncaught = 0
process.on("uncaughtException", () => (uncaught += 1))
process.on("message", () => {
  for (const [turn, write] of [() => process.stdout.write("one"), () => process.stderr.write("two"), () => console.info("three")].entries())
    setTimeout(write, turn * 10)
  setTimeout(() => process.send(uncaught, () => process.exit()), 100)
})
process.send("ready")`

/** How many uncaught errors occur in a process whose output nobody reads any longer. */
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

test("writing to a closed output is not an error", async () => {
  expect(await uncaughtBy("--import", MODULE)).toBe(0)
  // Without the module there are errors, so the test can detect them.
  expect(await uncaughtBy()).toBeGreaterThan(0)
})
