/** What runs tasks, one after the other: a worker thread, or a separate process. */
import { fork } from "node:child_process"
import { readFileSync } from "node:fs"
import { Worker } from "node:worker_threads"

/** Why one has ended on its own. */
export type EndKind = "memory" | "fault"

export interface Hearing {
  reply(message: unknown): void
  /** It has ended, or can't start; called at least once. */
  ended(kind: EndKind, error?: Error): void
}

export interface Carrier {
  /** Throws for messages that can't be serialized. */
  send(message: unknown): void
  /** Until released, it keeps this process alive. */
  hold(): void
  letGo(): void
  end(): Promise<unknown>
}

const isOutOfMemory = (error: Error): boolean => Reflect.get(error, "code") === "ERR_WORKER_OUT_OF_MEMORY"

/** Inherits neither the flags nor the secrets of this process. */
const BARE = { execArgv: [], env: { NODE_ENV: process.env.NODE_ENV } }

/** A thread whose JavaScript may use `memoryMb` megabytes of heap, not counting buffers. */
export function thread(file: string, memoryMb: number, hearing: Hearing): Carrier {
  const worker = new Worker(file, {
    ...BARE,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 16 },
  })
  worker.on("message", (message) => hearing.reply(message))
  worker.on("error", (error) => hearing.ended(isOutOfMemory(error) ? "memory" : "fault", error))
  worker.on("exit", () => hearing.ended("fault"))
  return {
    send: (message) => worker.postMessage(message),
    hold: () => worker.ref(),
    letGo: () => worker.unref(),
    end: () => worker.terminate(),
  }
}

/** Milliseconds between checks of a process's memory. */
const LOOK_MS = 25
const PAGE_BYTES = 4_096

/** Resident megabytes of a process; null if the system doesn't report it (not Linux), or it has ended. */
function residentMb(pid: number | undefined): number | null {
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * PAGE_BYTES) / 1e6
  } catch {
    return null
  }
}

/**
 * A process that may use `memoryMb` megabytes, including native code and buffers: the memory of an image decoder is not
 * on our heap, and a crash ends only this process. Enforced if the system reports memory (Linux).
 */
export function createProcessCarrier(file: string, memoryMb: number, hearing: Hearing): Carrier {
  const child = fork(file, [], {
    // Not the `execArgv` of this process, which may name a loader that isn't needed.
    execArgv: [`--max-old-space-size=${Math.round(memoryMb / 2)}`],
    // Fewer glibc malloc arenas, so that freed memory is returned.
    env: { NODE_ENV: process.env.NODE_ENV, MALLOC_ARENA_MAX: "2" },
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  })
  let look: NodeJS.Timeout | undefined
  let tooLarge = false
  const watch = () => {
    if ((residentMb(child.pid) ?? 0) <= memoryMb) return
    tooLarge = true
    child.kill("SIGKILL")
  }
  child.on("message", (message) => hearing.reply(message))
  child.on("error", (error) => hearing.ended("fault", error))
  const over = new Promise((resolve) => child.once("exit", resolve))
  child.once("exit", () => {
    clearInterval(look)
    hearing.ended(tooLarge ? "memory" : "fault")
  })
  return {
    send: (message) => child.send(Object(message)),
    hold: () => {
      look ??= setInterval(watch, LOOK_MS)
      child.ref()
      child.channel?.ref()
    },
    letGo: () => {
      clearInterval(look)
      look = undefined
      child.unref()
      child.channel?.unref()
    },
    end: async () => {
      child.kill("SIGKILL")
      await over
    },
  }
}
