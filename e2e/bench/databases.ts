/** Runs the same measurement on a new database of each kind. */
import { fork } from "node:child_process"
import { emptyPostgres, type TestDatabase, withTestDb } from "@/lib/db/testing"

export const KINDS = ["SQLite", "PostgreSQL"] as const
export type Kind = (typeof KINDS)[number]

export const say = (line: string) => process.stderr.write(`${line}\n`)

/** `postgres`: its URL; null on SQLite. */
type Measure<T> = (kind: Kind, made: TestDatabase & { postgres: string | null }) => Promise<T>

async function measured<T>(kind: Kind, measure: Measure<T>): Promise<T | null> {
  const postgres = kind === "PostgreSQL" ? await emptyPostgres() : null
  if (kind === "PostgreSQL" && !postgres) return null
  const made = await withTestDb(postgres?.url)
  try {
    return await measure(kind, { ...made, postgres: postgres?.url ?? null })
  } finally {
    await made.close()
    await postgres?.drop()
  }
}

/**
 * A process reads its settings once, so each database gets its own process: this file again, with the kind as its
 * argument.
 */
function inItsOwnProcess<T>(file: string, kind: Kind): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const child = fork(file, [kind], { execArgv: ["--import", "tsx"] })
    let answer: T | null = null
    child.on("message", (message: T | null) => {
      answer = message
    })
    child.on("exit", (code) => (code === 0 ? resolve(answer) : reject(new Error(`${kind} exited with ${code}`))))
  })
}

/**
 * The result of `measure` for each available kind of database; null in the processes that measure. `file`: the caller's
 * file, which must do nothing before it calls this. Results are passed between processes as JSON.
 */
export async function onEachDatabase<T>(file: string, measure: Measure<T>): Promise<Map<Kind, T> | null> {
  const asked = KINDS.find((kind) => kind === process.argv[2])
  if (asked) {
    process.send?.(await measured(asked, measure))
    process.disconnect?.()
    return null
  }
  const all = new Map<Kind, T>()
  for (const kind of KINDS) {
    const figures = await inItsOwnProcess<T>(file, kind)
    if (figures !== null) all.set(kind, figures)
    else say(`${kind}: no server is reachable; set TEST_POSTGRES_URL`)
  }
  return all
}
