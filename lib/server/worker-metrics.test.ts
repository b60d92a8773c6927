/** Scrapes several real processes behind one port, whichever of them responds. */
import { type ChildProcess, spawn } from "node:child_process"
import { Agent, get } from "node:http"
import { createServer } from "node:net"
import path from "node:path"
import { afterEach, expect, test } from "vitest"

let child: ChildProcess
let gone: Promise<unknown>
let said = ""
let port: number

async function start(count: number) {
  port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0))
    })
  })
  said = ""
  const file = path.join(import.meta.dirname, "worker-metrics.fixture.ts")
  child = spawn(process.execPath, ["--import", "tsx", file, String(port), String(count)])
  child.stdout?.on("data", (text) => {
    said += text
  })
  gone = new Promise((resolve) => child.once("exit", resolve))
  await expect.poll(() => said, { timeout: 60_000 }).toContain(`${count} workers are running.`)
}
afterEach(async () => {
  child.kill("SIGTERM")
  await gone
})

const ask = (where: string): Promise<string> =>
  new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port, path: where, agent: new Agent() }, (response) => {
      let text = ""
      response.on("data", (data) => {
        text += data
      })
      response.on("end", () => resolve(text))
    }).on("error", reject)
  })

/**
 * Increments the counter on this many connections, which are distributed to the workers in turn. Returns the processes
 * that counted.
 */
async function countAt(times: number): Promise<string[]> {
  const pids: string[] = []
  for (let n = 0; n < times; n++) pids.push(await ask("/count"))
  return [...new Set(pids)]
}
const counted = (text: string) => Number(/^sparkler_upstream_attempts_total\{outcome="2xx"\} (\d+)$/m.exec(text)?.[1])
const upOf = (text: string) =>
  [...text.matchAll(/^sparkler_worker_up\{worker="([^"]+)"\} (\d)$/gm)].map((m) => `${m[1]}:${m[2]}`)
const labelsOf = (text: string, name: string) =>
  [...text.matchAll(new RegExp(`^${name}\\{worker="([^"]+)"\\} \\d`, "gm"))].map((match) => match[1]).sort()

/** A scrape in which these workers responded in time, as worker and state. */
async function scraped(...states: string[]): Promise<string> {
  let text = ""
  const up = async () => {
    text = await ask("/metrics")
    return upOf(text).sort()
  }
  await expect.poll(up).toEqual(states)
  return text
}

test("a scrape adds up all workers' counters and reports the state of each", async () => {
  await start(3)
  expect(await countAt(12)).toHaveLength(3)
  for (let n = 0; n < 3; n++) {
    const text = await scraped("1:1", "2:1", "3:1")
    expect(counted(text)).toBe(12)
    for (const gauge of ["process_resident_memory_bytes", "nodejs_eventloop_lag_p99_seconds"])
      expect(labelsOf(text, gauge)).toEqual(["1", "2", "3"])
    // Each series must be unique, or Prometheus rejects the whole scrape.
    const series = text.split("\n").flatMap((line) => /^(\w+(?:\{.*\})?) \S+$/.exec(line)?.[1] ?? [])
    expect(new Set(series).size).toBe(series.length)
  }
})

test("a stuck worker does not block a scrape, and a dead one does not lower the totals", async () => {
  await start(3)
  await countAt(9)
  expect(counted(await scraped("1:1", "2:1", "3:1"))).toBe(9)
  const stuck = Number(await ask("/stuck"))
  let without = ""
  const missing = async () => {
    without = await ask("/metrics")
    return upOf(without).filter((one) => one.endsWith(":0"))
  }
  await expect.poll(missing).toHaveLength(1)
  expect(counted(without)).toBe(9)
  expect(labelsOf(without, "process_resident_memory_bytes")).toHaveLength(2)
  process.kill(stuck, "SIGKILL")
  // The replacement starts at zero, but the total doesn't.
  expect(counted(await scraped("1:1", "2:1", "3:1"))).toBe(9)
  await countAt(3)
  expect(counted(await scraped("1:1", "2:1", "3:1"))).toBe(12)
})

test("counts between the last scrape and a graceful restart are kept", async () => {
  await start(2)
  await countAt(6)
  child.kill("SIGHUP")
  await expect.poll(() => said, { timeout: 60_000 }).toContain("All workers restarted.")
  await expect.poll(async () => upOf(await ask("/metrics")).length).toBe(2)
  expect(counted(await ask("/metrics"))).toBe(6)
})
