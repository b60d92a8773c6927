/**
 * Graceful end of a process while others continue: it finishes what it has started, and new requests go to the others.
 */
import { setTimeout as wait } from "node:timers/promises"
import { runtime } from "@/lib/generation/runtime"
import { logInfo } from "@/lib/log"
import { singleton } from "@/lib/singleton"

/**
 * Milliseconds that answers and requests get to finish: longer than almost any takes, and nobody waits for this
 * process.
 */
const LONGEST_MS = 10 * 60_000
const LOOK_MS = 100

/** The state of lib/server/closing.mjs; missing under `next dev`. */
const door = () => singleton("closing", () => ({ quiet: () => true, close: () => {} }))

/** Refuses new connections from now on. */
export const stopAccepting = (): void => door().close()

/**
 * Resolves when this process is idle, after ten minutes at the latest. New requests may still arrive on open
 * connections.
 */
export async function waitUntilIdle(mostMs = LONGEST_MS): Promise<void> {
  const until = Date.now() + mostMs
  while ((runtime().running.size > 0 || !door().quiet()) && Date.now() < until) await wait(LOOK_MS)
}

interface Told {
  on(signal: "SIGTERM", hear: () => void): unknown
  once(signal: "SIGINT", hear: () => void): unknown
}

/**
 * Calls `end` on SIGTERM and SIGINT, once for each. SIGTERM can arrive twice if a service manager signals every process
 * of a group and the parent forwards it: running answers still get their time. A second Ctrl+C ends the process
 * immediately.
 */
export function shutDownOnSignal(end: (signal: "SIGTERM" | "SIGINT") => void, from: Told = process): void {
  let ending = false
  from.on("SIGTERM", () => {
    if (!ending) end("SIGTERM")
    ending = true
  })
  from.once("SIGINT", () => end("SIGINT"))
}

/** Ends this worker when it is told to retire. */
export function retireOnRequest(end: () => Promise<void>): void {
  process.on("message", (message) => {
    if (message !== "retire") return
    logInfo("Worker retiring: running answers finish here, new requests go to the other workers.")
    stopAccepting()
    void waitUntilIdle().then(end)
  })
}
