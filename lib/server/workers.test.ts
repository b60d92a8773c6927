/** Several processes behind one port: real ones, with a server that only identifies itself. */
import { type ChildProcess, spawn } from "node:child_process"
import { Agent, get } from "node:http"
import { createServer } from "node:net"
import path from "node:path"
import { afterEach, expect, test } from "vitest"
import { workersIn } from "@/lib/server/workers-setting.mjs"

let child: ChildProcess
let gone: Promise<number | null>
let said = ""
let port: number

async function start(count: number, env: Record<string, string> = {}) {
  port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0))
    })
  })
  said = ""
  const file = path.join(import.meta.dirname, "workers.fixture.mjs")
  child = spawn(process.execPath, [file, String(port), String(count)], { env: { ...process.env, ...env } })
  child.stdout?.on("data", (text) => {
    said += text
  })
  gone = new Promise((resolve) => child.once("exit", resolve))
}
afterEach(async () => {
  child.kill("SIGTERM")
  await gone
})

/**
 * The responding worker; rejects if none responds: a request handed to a worker killed at that moment is never
 * answered.
 */
const ask = (where = "/", agent?: Agent): Promise<number> =>
  new Promise((resolve, reject) => {
    const request = get({ host: "127.0.0.1", port, path: where, agent: agent ?? new Agent() }, (response) => {
      let text = ""
      response.on("data", (data) => {
        text += data
      })
      response.on("end", () => resolve(Number(text)))
    }).on("error", reject)
    request.setTimeout(30_000, () => request.destroy(new Error("no answer")))
  })
const workers = async () => new Set(await Promise.all(Array.from({ length: 12 }, () => ask())))
const serving = (count: number) => expect.poll(() => said.includes(`${count} workers are running.`)).toBe(true)

test("all workers are used, and a killed one is replaced", async () => {
  await start(3)
  await serving(3)
  const before = await workers()
  expect(before.size).toBe(3)
  const [doomed = 0] = before
  process.kill(doomed, "SIGKILL")
  await expect.poll(async () => (await workers()).size).toBe(3)
  expect((await workers()).has(doomed)).toBe(false)
  expect(said).toMatch(/Worker \d exited \(SIGKILL\)\. Restarting in 0\.5 s\./)
})

test("SIGHUP replaces all of them, and no request is dropped, on new or kept-alive connections", async () => {
  await start(2)
  await serving(2)
  const before = await workers()
  const kept = new Agent({ keepAlive: true, maxSockets: 4 })
  let over = false
  const faults: unknown[] = []
  let answered = 0
  const load = async (agent?: Agent) => {
    while (!over)
      await ask(Math.random() < 0.3 ? "/slow" : "/", agent).then(
        () => answered++,
        (error) => faults.push(error),
      )
  }
  const loads = [load(), load(), load(kept), load(kept), load(kept), load(kept)]
  child.kill("SIGHUP")
  await expect.poll(() => said.includes("All workers restarted.")).toBe(true)
  await expect.poll(async () => [...(await workers())].some((pid) => before.has(pid))).toBe(false)
  await expect.poll(() => answered).toBeGreaterThan(20)
  over = true
  await Promise.all(loads)
  kept.destroy()
  expect(faults).toEqual([])
})

test("a worker that dies while its successor starts is replaced by that one only", async () => {
  await start(2)
  await serving(2)
  const before = [...(await workers())]
  child.kill("SIGHUP")
  await expect.poll(() => said.includes("Rolling restart")).toBe(true)
  for (const pid of before) process.kill(pid, "SIGKILL")
  await expect.poll(() => said.includes("All workers restarted.")).toBe(true)
  await expect.poll(async () => (await workers()).size).toBe(2)
  // By then, a restart that was still waiting would be serving too.
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  expect((await workers()).size).toBe(2)
})

test("a message that can't be delivered to a worker that just died does not end the others", async () => {
  await start(2)
  await serving(2)
  const before = await workers()
  child.kill("SIGUSR2")
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await workers()).toEqual(before)
})

test("SIGTERM ends all workers and frees the port", async () => {
  await start(2)
  await serving(2)
  child.kill("SIGTERM")
  expect(await gone).toBe(0)
  await expect(ask()).rejects.toThrow("ECONNREFUSED")
})

test("if no worker can start, the process exits with the first worker's code", async () => {
  await start(2, { BROKEN: "1" })
  expect(await gone).toBe(7)
})

test.each([
  [undefined, 1],
  ["", 1],
  ["1", 1],
  ["4", 4],
  ["much", 1],
])("WORKERS=%s means %d", (setting, count) => {
  expect(workersIn(setting)).toBe(count)
})
