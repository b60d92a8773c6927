/** The entry point to this process's worker threads. */
import { availableParallelism } from "node:os"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { singleton } from "@/lib/singleton"
import { Budget } from "@/lib/work/budget"
import { isMemoryFault } from "@/lib/work/faults"
import { type PoolStats, WorkPool } from "@/lib/work/pool"

/** The tasks of worker threads. Extended by `lib/tasks/tasks.ts`: this folder knows none of them. */
// biome-ignore lint/suspicious/noEmptyInterface: see above
export interface Tasks {}
type TaskName = keyof Tasks

/**
 * Created by `lib/cli/prepare.mjs` next to the build; without a build (`npm run dev`, tests), created when a thread
 * starts.
 */
const BUILT = ".next/work"
const UNBUILT = ".sparkler/work"

/** Path of the file that a thread or process runs. */
async function fileOf(name: "worker.mjs" | "own-process.mjs"): Promise<string> {
  const at = (file: string) => path.join(/* turbopackIgnore: true */ process.cwd(), file)
  if (process.env.NODE_ENV === "production") return path.join(at(BUILT), name)
  const builder = pathToFileURL(at("lib/cli/build-work.mjs")).href
  const { buildWork } = await import(/* turbopackIgnore: true */ /* @vite-ignore */ builder)
  return path.join(path.dirname(await buildWork(UNBUILT)), name)
}
const workerFile = () => fileOf("worker.mjs")

/** Tasks that read files of hundreds of megabytes: one at a time, with more memory. */
const LARGE: ReadonlySet<TaskName> = new Set<TaskName>(["readImport"])

/**
 * Tasks that read documents: their libraries use memory outside the JavaScript heap, which is only freed with their
 * thread.
 */
const OF_DOCUMENTS: ReadonlySet<TaskName> = new Set<TaskName>([
  "readDocument",
  "readSheets",
  "drawPages",
  "documentPictures",
])

/**
 * Megabytes that images and documents may use together during intake, and a single one next to another. A document is
 * read within this process, whose memory is only checked periodically, and includes other use.
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

/** For a document that needs more: on its own, with all of the memory. */
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

/** A process per task: what one leaves behind never affects the next, and its memory is free immediately. */
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

/** With all the memory that the others share. */
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
  /** Whose work it is: people take turns. */
  person: string
  /** Milliseconds that it may take, excluding time in the queue and loading its code. */
  ms: number
  /** Ends the task when it aborts; it then fails. */
  signal?: AbortSignal
}

type Result<Name extends TaskName> = Awaited<ReturnType<Tasks[Name]>>

/**
 * Runs a task in a worker thread, or a separate process. Throws `work:busy` if too much is waiting, `work:too_much` if
 * it exceeded its time or memory, the task's own `AppError`, and `server:internal` for anything else.
 */
export async function work<Name extends TaskName>(
  name: Name,
  how: For,
  ...args: Parameters<Tasks[Name]>
): Promise<Result<Name>> {
  try {
    return await inPool(poolOf(name), name, how, args)
  } catch (error) {
    if (!OF_DOCUMENTS.has(name) || !isMemoryFault(error)) throw error
    return inPool(largeDocumentPool(), name, how, args)
  }
}

function inPool<Name extends TaskName>(pool: WorkPool, name: Name, how: For, args: unknown[]): Promise<Result<Name>> {
  return new Promise((resolve, reject) => {
    const given: { resolve(value: unknown): void } = { resolve }
    pool.run({ name, args, ...how }).then((value) => given.resolve(value), reject)
  })
}

/** Statistics of this process's worker threads. */
export const workStats = (): PoolStats => pool().stats()

/** Statistics of all pools, by name. */
export const allWorkStats = (): Record<string, PoolStats> => ({
  threads: workStats(),
  documents: documentPool().stats(),
  large: largePool().stats(),
  processes: ownProcesses().stats(),
  large_process: largeProcess().stats(),
})
