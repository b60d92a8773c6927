/** The door to the worker threads of this process. */
import { availableParallelism } from "node:os"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { singleton } from "@/lib/singleton"
import { Budget } from "@/lib/work/budget"
import { wasMemory } from "@/lib/work/faults"
import { type PoolStats, WorkPool } from "@/lib/work/pool"

/** What worker threads can do. `lib/tasks/tasks.ts` enters it: this folder knows none of them. */
// biome-ignore lint/suspicious/noEmptyInterface: see above
export interface Tasks {}
type TaskName = keyof Tasks

/** Made by `lib/cli/prepare.mjs` beside the build; where there is none (`npm run dev`, tests), when a thread begins. */
const BUILT = ".next/work"
const UNBUILT = ".sparkler/work"

/** Of the file in which that begins. */
async function fileOf(name: "worker.mjs" | "own-process.mjs"): Promise<string> {
  const at = (file: string) => path.join(/* turbopackIgnore: true */ process.cwd(), file)
  if (process.env.NODE_ENV === "production") return path.join(at(BUILT), name)
  const builder = pathToFileURL(at("lib/cli/build-work.mjs")).href
  const { buildWork } = await import(/* turbopackIgnore: true */ /* @vite-ignore */ builder)
  return path.join(path.dirname(await buildWork(UNBUILT)), name)
}
const workerFile = () => fileOf("worker.mjs")

/** What reads files of hundreds of megabytes: one at a time, with more memory. */
const LARGE: ReadonlySet<TaskName> = new Set<TaskName>(["readImport"])

/** What reads documents: their libraries take memory beside JavaScript's heap, which only goes with their thread. */
const OF_DOCUMENTS: ReadonlySet<TaskName> = new Set<TaskName>([
  "readDocument",
  "readSheets",
  "drawPages",
  "documentPictures",
])

/**
 * Megabytes that pictures and documents may use together while they are taken in, and one of them beside another. A document
 * is read within this process, which is looked at now and then, and has some use of its own.
 */
const [TOGETHER_MB, BESIDE_MB] = [540, 270]
const [ALONE_GROWTH_MB, BESIDE_GROWTH_MB] = [430, 215]
const intake = () => singleton("work-budget", () => new Budget(TOGETHER_MB))

const OF_DOCUMENT = { file: workerFile, mostWaiting: 64, mostOfOne: 16, idleMs: 5_000 } as const

const documentPool = () =>
  singleton("work-pool-documents", () => {
    const budget = { of: intake(), mb: BESIDE_MB }
    return new WorkPool({ ...OF_DOCUMENT, threads: 2, memoryMb: 256, mostGrowthMb: BESIDE_GROWTH_MB, budget })
  })

/** For one that takes more: alone, with all of it. */
const largeDocumentPool = () =>
  singleton("work-pool-document-large", () => {
    const budget = { of: intake(), mb: TOGETHER_MB }
    return new WorkPool({ ...OF_DOCUMENT, threads: 1, memoryMb: 400, mostGrowthMb: ALONE_GROWTH_MB, budget })
  })

const largePool = () =>
  singleton(
    "work-pool-large",
    () =>
      new WorkPool({ file: workerFile, threads: 1, memoryMb: 1_024, mostWaiting: 16, mostOfOne: 2, idleMs: 10_000 }),
  )

const pool = () =>
  singleton(
    "work-pool",
    () =>
      new WorkPool({
        file: workerFile,
        threads: Math.min(4, Math.max(2, availableParallelism() - 1)),
        memoryMb: 192,
        mostWaiting: 256,
        mostOfOne: 64,
        idleMs: 30_000,
      }),
  )

/** A process for each task: what one leaves behind never reaches the next, and its memory is free at once. */
const OWN = {
  file: () => fileOf("own-process.mjs"),
  processes: true,
  mostWaiting: 256,
  mostOfOne: 64,
  idleMs: 0,
} as const

const ownProcesses = () =>
  singleton("work-processes", () => {
    const budget = { of: intake(), mb: BESIDE_MB }
    return new WorkPool({ ...OWN, threads: 2, memoryMb: BESIDE_MB, budget })
  })

/** All the memory that the others may have together. */
const largeProcess = () =>
  singleton("work-process-large", () => {
    const budget = { of: intake(), mb: TOGETHER_MB }
    return new WorkPool({ ...OWN, threads: 1, memoryMb: TOGETHER_MB, budget })
  })

const OWN_PROCESS: ReadonlySet<TaskName> = new Set<TaskName>(["decodePictures", "tilePicture"])
const LARGE_PROCESS: ReadonlySet<TaskName> = new Set<TaskName>(["decodeLarge", "unpackLarge"])

function poolOf(name: TaskName): WorkPool {
  if (LARGE.has(name)) return largePool()
  if (OF_DOCUMENTS.has(name)) return documentPool()
  if (OWN_PROCESS.has(name)) return ownProcesses()
  return LARGE_PROCESS.has(name) ? largeProcess() : pool()
}

interface For {
  /** Whose work it is: persons take turns. */
  person: string
  /** Milliseconds that it may take, without its time in the queue and the loading of its code. */
  ms: number
  /** Ends it when it aborts; it fails then. */
  signal?: AbortSignal
}

type Result<Name extends TaskName> = Awaited<ReturnType<Tasks[Name]>>

/**
 * Has a task done by a worker thread, or a process of its own. Throws `work:busy` when too much waits, `work:too_much` when it went over its
 * time or memory, what the task throws when that is an `AppError`, and `server:internal` for everything else.
 */
export async function work<Name extends TaskName>(
  name: Name,
  how: For,
  ...args: Parameters<Tasks[Name]>
): Promise<Result<Name>> {
  try {
    return await inPool(poolOf(name), name, how, args)
  } catch (error) {
    if (!OF_DOCUMENTS.has(name) || !wasMemory(error)) throw error
    return inPool(largeDocumentPool(), name, how, args)
  }
}

function inPool<Name extends TaskName>(pool: WorkPool, name: Name, how: For, args: unknown[]): Promise<Result<Name>> {
  return new Promise((resolve, reject) => {
    const given: { resolve(value: unknown): void } = { resolve }
    pool.run({ name, args, ...how }).then((value) => given.resolve(value), reject)
  })
}

/** What the worker threads of this process have done. */
export const workStats = (): PoolStats => pool().stats()

/** The same of all pools, by name. */
export const allWorkStats = (): Record<string, PoolStats> => ({
  threads: workStats(),
  documents: documentPool().stats(),
  large: largePool().stats(),
  processes: ownProcesses().stats(),
  large_process: largeProcess().stats(),
})
