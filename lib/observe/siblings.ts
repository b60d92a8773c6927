/**
 * Metrics of workers that share a port: a scrape reaches only one of them, so the parent process collects the metrics
 * of all (lib/server/worker-metrics.mjs).
 */
import cluster from "node:cluster"
import type { MetricObjectWithValues, MetricValue, Registry } from "prom-client"
import { z } from "zod"
import { inTime } from "@/lib/observe/in-time"
import { singleton } from "@/lib/singleton"

export type Metrics = MetricObjectWithValues<MetricValue<string>>[]

/** Undefined: this process is alone, or scraped individually. */
export const siblings = () =>
  singleton<{ ask?: () => Promise<Metrics[]>; leave?: () => Promise<void> }>("metricsOfSiblings", () => ({}))

/** 1 for each worker that responded in time. */
export const WORKER_UP = "sparkler_worker_up"

/** Timeout in milliseconds for the parent process: longer than it waits for the workers. */
const MAX_MS = 4_000

const metricsSchema = z.array(z.custom<Metrics[number]>((value) => typeof value === "object" && value !== null))
const gatheredSchema = z.object({
  type: z.literal("metrics:all"),
  id: z.number(),
  parts: z.array(z.object({ worker: z.string(), up: z.boolean(), metrics: metricsSchema })),
  ended: metricsSchema,
})
const giveSchema = z.object({ type: z.literal("metrics:give"), id: z.number() })
type Gathered = z.infer<typeof gatheredSchema>

/** Aggregators of values that are the same in all workers, such as database rows: they aren't summed. */
const OF_ALL = ["max", "min", "first"]

/** Labels each gauge with its worker before aggregation. */
function labelled(metrics: Metrics, worker: string): Metrics {
  return metrics.map((metric) => {
    if (String(metric.type) !== "gauge" || OF_ALL.includes(metric.aggregator)) return metric
    const values = metric.values.map((one) => ({ ...one, labels: { ...one.labels, worker } }))
    return { ...metric, aggregator: "sum", values }
  })
}

/** For a worker that didn't respond, its last counters are still valid; its gauges aren't. */
const countedOnly = (metrics: Metrics): Metrics => metrics.filter(({ type }) => String(type) !== "gauge")

export function listsOf({ parts, ended }: Pick<Gathered, "parts" | "ended">, up: Metrics[number]): Metrics[] {
  const values = parts.map(({ worker, up }) => ({ value: up ? 1 : 0, labels: { worker } }))
  return [
    ...parts.map(({ worker, up, metrics }) => (up ? labelled(metrics, worker) : countedOnly(metrics))),
    ended,
    [{ ...up, values }],
  ]
}

/** From now on, a scrape of this worker shows all workers, and the others' scrapes include this one. */
export async function joinSiblings(registry: Registry): Promise<void> {
  if (!cluster.isWorker) return
  const { Gauge, Registry: Apart } = await import("prom-client")
  const apart = new Apart()
  new Gauge({
    name: WORKER_UP,
    help: "1 for each worker that reported its metrics in time, else 0",
    labelNames: ["worker"],
    registers: [apart],
  })
  const [up] = await apart.getMetricsAsJSON()
  if (!up) return
  const send = (message: object) =>
    new Promise<void>((resolve) => {
      if (process.connected) process.send?.(message, undefined, undefined, () => resolve())
      else resolve()
    })
  const give = async (id: number) => send({ type: "metrics:have", id, metrics: await registry.getMetricsAsJSON() })
  const questions = new Map<number, (gathered: Gathered) => void>()
  let asked = 0
  process.on("message", (message) => {
    const asks = giveSchema.safeParse(message)
    if (asks.success) void give(asks.data.id)
    const told = gatheredSchema.safeParse(message)
    if (told.success) questions.get(told.data.id)?.(told.data)
  })
  siblings().ask = async () => {
    const id = ++asked
    const all = new Promise<Gathered>((resolve) => questions.set(id, resolve))
    void send({ type: "metrics:ask", id })
    try {
      return listsOf(await inTime(MAX_MS, all), up)
    } finally {
      questions.delete(id)
    }
  }
  // Reports what was counted since the last scrape when this worker ends. Id 0: not in response to a scrape.
  siblings().leave = () => give(0)
}
