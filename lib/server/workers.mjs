/**
 * Several processes behind one port (node:cluster). A crashed worker is restarted, with increasing delays. SIGTERM and
 * SIGINT end all of them gracefully; SIGHUP replaces them one by one, each once its replacement is serving, so that no
 * request is dropped.
 */
import cluster from "node:cluster"
import { setTimeout as wait } from "node:timers/promises"
import { createMetricsCollector } from "./worker-metrics.mjs"

/** Delay in milliseconds before a crashed worker is restarted: initial, and maximum. */
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000
/** Milliseconds of uptime after which earlier crashes no longer count. */
const STEADY_MS = 60_000

const say = (text) => console.info(text)

/** Starts `count` workers, and keeps them running. */
export function supervise(count) {
  const slots = Array.from({ length: count }, (_, n) => ({ name: n + 1, worker: null, deaths: 0, since: 0 }))
  const alive = new Set()
  const metrics = createMetricsCollector()
  let ending = false
  let served = false

  /** Resolves once it is serving; rejects if it exits before that. */
  const start = (slot) =>
    new Promise((resolve, reject) => {
      const worker = cluster.fork({
        // All workers share this ID: lib/http/one-name.ts uses it to check whether an address leads here.
        SPARKLER_PROCESS: String(process.pid),
        SPARKLER_SILENT: served ? "1" : "",
      })
      alive.add(worker)
      // Sends to a worker that has just died fail: its exit event does the rest.
      worker.on("error", () => {})
      worker.on("message", (message) => {
        if (message !== "ready") return
        metrics.add(worker, slot.name)
        resolve(worker)
      })
      worker.once("exit", (code, signal) => {
        alive.delete(worker)
        const cause = signal ?? code
        reject(Object.assign(new Error(`worker ${slot.name} exited (${cause})`), { code, cause }))
        if (ending) return leaveWhenEmpty()
        if (slot.worker === worker) void replace(slot, cause)
      })
    })

  /** Makes a worker the current one of a slot; its predecessor, if any, retires. */
  const take = (slot, worker) => {
    const old = slot.worker
    slot.worker = worker
    slot.since = Date.now()
    served = true
    if (!old) return
    metrics.retire(old)
    if (old.isConnected()) old.send("retire")
  }

  async function replace(slot, cause) {
    slot.worker = null
    if (Date.now() - slot.since > STEADY_MS) slot.deaths = 0
    while (!ending && !slot.worker) {
      const ms = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(slot.deaths++, 10))
      say(`Worker ${slot.name} exited (${cause}). Restarting in ${ms / 1_000} s.`)
      await wait(ms)
      // SIGHUP may have filled the slot in the meantime.
      if (ending || slot.worker) return
      await start(slot).then(
        (worker) => take(slot, worker),
        () => {},
      )
    }
  }

  let rolling = null
  let again = false
  async function roll() {
    if (ending) return
    if (rolling) {
      again = true
      return
    }
    rolling = rollAll().catch((error) =>
      say(`Rolling restart failed: ${error.message}. The remaining workers keep running.`),
    )
    await rolling
    rolling = null
    if (again) {
      again = false
      await roll()
    }
  }

  async function rollAll() {
    say("Rolling restart of the workers.")
    for (const slot of slots) {
      if (!slot.worker || ending) continue
      take(slot, await start(slot))
    }
    say("All workers restarted.")
  }

  const leaveWhenEmpty = () => alive.size === 0 && process.exit(0)

  for (const signal of ["SIGTERM", "SIGINT"])
    process.on(signal, () => {
      ending = true
      for (const worker of alive) worker.process.kill(signal)
      leaveWhenEmpty()
    })
  process.on("SIGHUP", () => void roll())

  return begin()

  async function begin() {
    const [first, ...others] = slots
    try {
      // Start one first, so that a configuration error is reported only once.
      take(first, await start(first))
    } catch (error) {
      if (ending) return
      process.exit(error.code || 1)
    }
    await Promise.all(
      others.map((slot) =>
        start(slot).then(
          (worker) => take(slot, worker),
          (error) => replace(slot, error.cause),
        ),
      ),
    )
    if (!ending) say(`${count} workers are running.`)
  }
}
