/** What carries out tasks, one after the other: a worker thread, or a process of its own. */
import { fork } from "node:child_process"
import { readFileSync } from "node:fs"
import { Worker } from "node:worker_threads"

/** Why one has ended by itself. */
export type EndKind = "memory" | "fault"

export interface Hearing {
  reply(message: unknown): void
  /** It has ended, or can't begin; told at least once. */
  ended(kind: EndKind, error?: Error): void
}

export interface Carrier {
  /** Throws for what can't be sent. */
  send(message: unknown): void
  /** While it is held, it keeps this process alive. */
  hold(): void
  letGo(): void
  end(): Promise<unknown>
}

const isOutOfMemory = (error: Error): boolean => Reflect.get(error, "code") === "ERR_WORKER_OUT_OF_MEMORY"

/** Neither the flags nor the secrets of this process. */
const BARE = { execArgv: [], env: { NODE_ENV: process.env.NODE_ENV } }

/** A thread whose JavaScript may use so many megabytes of heap. Buffers are not counted in. */
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

/** Milliseconds between two looks at a process's memory. */
const LOOK_MS = 25
const PAGE_BYTES = 4_096

/** Megabytes that a process has in memory; null where the system doesn't tell (not Linux), or it has ended. */
function residentMb(pid: number | undefined): number | null {
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * PAGE_BYTES) / 1e6
  } catch {
    return null
  }
}

/**
 * A process that may use so many megabytes, native code and buffers included: what a decoder of pictures takes is in no
 * heap of ours, and a fault in it ends no more than itself. Held to it where the system tells (Linux).
 */
export function ownProcess(file: string, memoryMb: number, hearing: Hearing): Carrier {
  const child = fork(file, [], {
    // Not `execArgv` of this process, which may name a loader that it doesn't need.
    execArgv: [`--max-old-space-size=${Math.round(memoryMb / 2)}`],
    // Fewer pools of glibc's allocator: what is freed goes back.
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
