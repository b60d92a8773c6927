/** The built code of the worker threads. */
import { readdirSync, readFileSync, rmSync } from "node:fs"
import path from "node:path"
import { Worker } from "node:worker_threads"
import { afterAll, expect, test } from "vitest"
import { buildWork } from "@/lib/cli/build-work.mjs"

const FOLDER = `.sparkler/built-${process.pid}`
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }))

test("math.js is bundled, so that a thread opens a few files and not 1,500", async () => {
  const file = await buildWork(FOLDER)
  const codes = readdirSync(FOLDER).map((name) => readFileSync(path.join(FOLDER, name), "utf8"))
  expect(codes.filter((code) => /from\s*"mathjs/.test(code))).toEqual([])
  const worker = new Worker(file)
  const answers: unknown[] = []
  worker.on("message", (answer: object) => "value" in answer && answers.push(answer.value))
  worker.postMessage({ name: "calculate", args: ["2^64"] })
  await expect.poll(() => JSON.stringify(answers), { timeout: 60_000 }).toContain("lines")
  await worker.terminate()
})
