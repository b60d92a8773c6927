/**
 * Loaded into a measured server (`--import`): records the longest time that its main thread was busy in one turn of its
 * event loop, excluding the time that other processes and threads took. `SIGUSR2` resets it; the figures are written to
 * the file in `LOOP_FILE`.
 */
import { readFileSync, renameSync, writeFileSync } from "node:fs"
import { isMainThread } from "node:worker_threads"

const EVERY_MS = 5

/** CPU time of this thread in milliseconds. */
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
      // Replaced atomically, because another process reads it.
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
