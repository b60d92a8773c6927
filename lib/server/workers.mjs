/**
 * Several processes behind one port (node:cluster). One that dies is replaced, after growing waits. SIGTERM and SIGINT end
 * all in order; SIGHUP replaces one after the other, each when its successor serves, so that no request is dropped.
 */
import cluster from "node:cluster"
import { setTimeout as wait } from "node:timers/promises"
import { createGathering } from "./worker-metrics.mjs"

/** Milliseconds before a worker that died is started again: the first time, and at most. */
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000
/** Milliseconds after which what came before counts no more. */
const STEADY_MS = 60_000

const say = (text) => console.info(text)

/** Starts so many workers, and keeps them. */
export function supervise(count) {
  const slots = Array.from({ length: count }, (_, n) => ({ name: n + 1, worker: null, deaths: 0, since: 0 }))
  const alive = new Set()
  const metrics = createGathering()
  let ending = false
  let served = false

  /** Resolves when it serves; rejects when it ends before. */
  const start = (slot) =>
    new Promise((resolve, reject) => {
      const worker = cluster.fork({
        // All answer to one name: lib/http/one-name.ts asks by it whether an address leads here.
        SPARKLER_PROCESS: String(process.pid),
        SPARKLER_SILENT: served ? "1" : "",
      })
      alive.add(worker)
      // What was sent to one that has just died: its exit tells the rest.
      worker.on("error", () => {})
      worker.on("message", (message) => {
        if (message !== "ready") return
        metrics.add(worker, slot.name)
        resolve(worker)
      })
      worker.once("exit", (code, signal) => {
        alive.delete(worker)
        const cause = signal ?? code
        reject(Object.assign(new Error(`worker ${slot.name} ended (${cause})`), { code, cause }))
        if (ending) return leaveWhenEmpty()
        if (slot.worker === worker) void replace(slot, cause)
      })
    })

  /** The worker of a slot from now on; the one before it, where there is one, goes. */
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
      say(`Worker ${slot.name} ended (${cause}). Another one starts in ${ms / 1_000} s.`)
      await wait(ms)
      // SIGHUP may have filled it meanwhile.
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
      say(`Restarting the workers failed: ${error.message}. The remaining ones keep running.`),
    )
    await rolling
    rolling = null
    if (again) {
      again = false
      await roll()
    }
  }

  async function rollAll() {
    say("Restarting the workers one by one.")
    for (const slot of slots) {
      if (!slot.worker || ending) continue
      take(slot, await start(slot))
    }
    say("All workers have been replaced.")
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
      // What is wrong with the settings is said once.
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
