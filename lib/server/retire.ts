/** The end of a process while others go on: what has begun here is brought to its end, what comes now goes to them. */
import { setTimeout as wait } from "node:timers/promises"
import { runtime } from "@/lib/generation/runtime"
import { logInfo } from "@/lib/log"
import { singleton } from "@/lib/singleton"

/** Milliseconds that answers and requests get: longer than almost any takes, and nobody waits for this process. */
const LONGEST_MS = 10 * 60_000
const LOOK_MS = 100

/** What lib/server/closing.mjs keeps; there is none under `next dev`. */
const door = () => singleton("closing", () => ({ quiet: () => true, close: () => {} }))

/** New connections are refused from now on. */
export const closeDoor = (): void => door().close()

/** Resolves when nothing runs here any more, at the latest after ten minutes. New requests still come on open connections. */
export async function untilIdle(mostMs = LONGEST_MS): Promise<void> {
  const until = Date.now() + mostMs
  while ((runtime().running.size > 0 || !door().quiet()) && Date.now() < until) await wait(LOOK_MS)
}

interface Told {
  on(signal: "SIGTERM", hear: () => void): unknown
  once(signal: "SIGINT", hear: () => void): unknown
}

/**
 * Calls `end` at SIGTERM and SIGINT, once for each. SIGTERM comes again where a service manager tells every process of a group
 * and the one above hands it on: running answers still get their time then. A second Ctrl+C ends the process at once.
 */
export function endWhenTold(end: (signal: "SIGTERM" | "SIGINT") => void, from: Told = process): void {
  let ending = false
  from.on("SIGTERM", () => {
    if (!ending) end("SIGTERM")
    ending = true
  })
  from.once("SIGINT", () => end("SIGINT"))
}

/** Ends this worker when it is told to retire. */
export function retireWhenTold(end: () => Promise<void>): void {
  process.on("message", (message) => {
    if (message !== "retire") return
    logInfo("Retiring: what runs here goes on to its end, new requests go to the other workers.")
    closeDoor()
    void untilIdle().then(end)
  })
}
