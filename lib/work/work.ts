/** The door to the worker threads of this process. */
import { availableParallelism } from "node:os"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { singleton } from "@/lib/singleton"
import { type PoolStats, WorkPool } from "@/lib/work/pool"

/** What worker threads can do. `lib/tasks/tasks.ts` enters it: this folder knows none of them. */
// biome-ignore lint/suspicious/noEmptyInterface: see above
export interface Tasks {}
type TaskName = keyof Tasks

/** Made by `lib/cli/prepare.mjs` beside the build; where there is none (`npm run dev`, tests), when a thread begins. */
const BUILT = ".next/work/worker.mjs"
const UNBUILT = ".sparkler/work"

async function workerFile(): Promise<string> {
  const at = (name: string) => path.join(process.cwd(), name)
  if (process.env.NODE_ENV === "production") return at(BUILT)
  const builder = pathToFileURL(at("lib/cli/build-work.mjs")).href
  const { buildWork } = await import(/* turbopackIgnore: true */ /* @vite-ignore */ builder)
  return buildWork(UNBUILT)
}

/** What reads files of hundreds of megabytes: one at a time, with more memory. */
const LARGE: ReadonlySet<TaskName> = new Set<TaskName>(["readImport"])

/** What reads documents: their libraries take memory beside JavaScript's heap, which only goes with their thread. */
const OF_DOCUMENTS: ReadonlySet<TaskName> = new Set<TaskName>(["readDocument", "drawPages"])

const documentPool = () =>
  singleton(
    "work-pool-documents",
    () =>
      new WorkPool({
        ...{ file: workerFile, threads: 2, memoryMb: 384, mostGrowthMb: 450 },
        ...{ mostWaiting: 64, mostOfOne: 16, idleMs: 5_000 },
      }),
  )

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

interface For {
  /** Whose work it is: persons take turns. */
  person: string
  /** Milliseconds that it may take, without its time in the queue and the loading of its code. */
  ms: number
}

type Result<Name extends TaskName> = Awaited<ReturnType<Tasks[Name]>>

/**
 * Has a task done by a worker thread. Throws `work:busy` when too much waits, `work:too_much` when it went over its
 * time or memory, what the task throws when that is an `AppError`, and `server:internal` for everything else.
 */
export function work<Name extends TaskName>(
  name: Name,
  { person, ms }: For,
  ...args: Parameters<Tasks[Name]>
): Promise<Result<Name>> {
  return new Promise((resolve, reject) => {
    const given: { resolve(value: unknown): void } = { resolve }
    const own = LARGE.has(name) ? largePool() : OF_DOCUMENTS.has(name) ? documentPool() : pool()
    own.run({ name, args, person, ms }).then((value) => given.resolve(value), reject)
  })
}

/** What the worker threads of this process have done. */
export const workStats = (): PoolStats => pool().stats()
