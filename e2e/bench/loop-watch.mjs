/**
 * Loaded into a server that is measured (`--import`): how long its own thread was busy in one turn of its event loop at
 * most, beside what other processes and threads took of the machine. `SIGUSR2` begins anew; the figures go into the file
 * that `LOOP_FILE` names.
 */
import { readFileSync, renameSync, writeFileSync } from "node:fs"
import { isMainThread } from "node:worker_threads"

const EVERY_MS = 5

/** Milliseconds that this thread has had of a processor. */
const processorMs = () => Number(readFileSync("/proc/self/schedstat", "utf8").split(" ")[0]) / 1e6

function watch(file) {
  let worst = { lateMs: 0, busyMs: 0 }
  let due = performance.now() + EVERY_MS
  let used = processorMs()
  const tick = () => {
    const lateMs = performance.now() - due
    const total = processorMs()
    const busyMs = Math.min(total - used, lateMs)
    if (lateMs > worst.lateMs || busyMs > worst.busyMs) {
      worst = { lateMs: Math.max(worst.lateMs, lateMs), busyMs: Math.max(worst.busyMs, busyMs) }
      // Whole at any time: another process reads it.
      writeFileSync(`${file}.new`, JSON.stringify(worst))
      renameSync(`${file}.new`, file)
    }
    due = performance.now() + EVERY_MS
    used = processorMs()
  }
  setInterval(tick, EVERY_MS).unref()
  process.on("SIGUSR2", () => {
    worst = { lateMs: 0, busyMs: 0 }
    due = performance.now() + EVERY_MS
  })
}

const { LOOP_FILE } = process.env
if (isMainThread && LOOP_FILE) watch(LOOP_FILE)
