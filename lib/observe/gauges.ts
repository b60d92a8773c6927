/** Gauges that are read when metrics are scraped, in addition to the counters. */
import type { Registry } from "prom-client"
import { inTime } from "@/lib/observe/in-time"

type Values = Record<string, number>

export interface Sources {
  /** Current values, by the last part of the metric's name. */
  now: () => Values
  /** Values of each queue, by its name: waiting, running, done, and terminated by reason. */
  work: () => Record<string, WorkStats>
  /** How many rows of jobs there are, by kind and state. Queries the database. */
  jobs: () => Promise<{ kind: string; state: string; count: number }[]>
  /** Any query, to check the database. */
  database: () => Promise<unknown>
}

export interface WorkStats {
  threads: number
  running: number
  waiting: number
  done: number
  refused: number
  stoppedBy: Record<string, number>
}

/** Timeout in milliseconds for the database, so that a scrape doesn't hang with it. */
const MAX_MS = 2_000

const HELP: Record<string, string> = {
  running_answers: "Running answers",
  answer_log_events: "Events in the logs of running answers",
  event_streams: "Open event streams",
  database_connections_open: "Open database connections",
  database_connections_idle: "Idle database connections",
  database_waiting: "Transactions waiting for a connection, or on SQLite for their turn",
  draining: "1 while the process is shutting down",
}

export async function startGauges(registry: Registry, { now, work, jobs, database }: Sources): Promise<void> {
  const { Counter, Gauge } = await import("prom-client")
  const registers = [registry]
  for (const [name, help] of Object.entries(HELP))
    new Gauge({
      ...{ name: `sparkler_${name}`, help, registers },
      collect() {
        this.set(now()[name] ?? 0)
      },
    })
  for (const state of ["threads", "running", "waiting"] as const)
    new Gauge({
      ...{ name: `sparkler_work_${state}`, help: `Worker threads: ${state}`, labelNames: ["pool"], registers },
      collect() {
        for (const [pool, numbers] of Object.entries(work())) this.set({ pool }, numbers[state])
      },
    })
  new Counter({
    ...{ name: "sparkler_work_tasks_total", help: "Tasks of worker threads, by outcome", registers },
    labelNames: ["pool", "outcome"],
    collect() {
      this.reset()
      for (const [pool, { done, refused, stoppedBy }] of Object.entries(work()))
        for (const [outcome, count] of Object.entries({ done, refused, ...stoppedBy }))
          this.inc({ pool, outcome }, count)
    },
  })
  new Gauge({
    ...{
      name: "sparkler_jobs",
      ...{ help: "Waiting and running jobs of all processes", labelNames: ["kind", "state"], registers },
      // All workers read the same rows.
      aggregator: "max",
    },
    async collect() {
      this.reset()
      const rows = await inTime(MAX_MS, jobs()).catch(() => [])
      for (const { kind, state, count } of rows) this.set({ kind, state }, count)
    },
  })
  const seconds = new Gauge({
    name: "sparkler_database_seconds",
    help: "Response time of the database",
    registers,
  })
  new Gauge({
    ...{ name: "sparkler_database_up", help: "1 if the database responds within two seconds", registers },
    async collect() {
      const began = performance.now()
      this.set(
        await inTime(MAX_MS, database()).then(
          () => 1,
          () => 0,
        ),
      )
      seconds.set((performance.now() - began) / 1_000)
    },
  })
}
