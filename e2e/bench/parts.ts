/**
 * What each optimization of the token path saves: many concurrent answers with all of them, and with one turned off
 * (lib/observe/without.ts). Also measures the cost of metrics and of one log line per request.
 */
import type { App } from "../support/app"
import { measureThroughApp } from "./many"
import { ms, table } from "./stats"

const without = (part: string) => ({ SPARKLER_WITHOUT: part })
const PARTS: [name: string, env: Record<string, string>][] = [
  ["all optimizations", {}],
  ["without the fast path for tokens", without("lane")],
  ["without joining", without("joining")],
  ["without the hand-over", without("hand-over")],
  ["without direct routes", without("direct")],
  [
    "with metrics and request logs",
    { METRICS_TOKEN: "a token of the bench", LOG_FORMAT: "json", LOG_REQUESTS: "true" },
  ],
]
const LOADS = [50, 200]

/** The table, with a fresh process for each cell. `start` takes additional environment variables. */
export async function partsTable(start: (env: Record<string, string>) => Promise<App>, say: (line: string) => void) {
  const rows: string[][] = []
  for (const [name, env] of PARTS) {
    const cells: string[] = []
    for (const streams of LOADS) {
      say(`${streams} streams, ${name} …`)
      const app = await start(env)
      try {
        const { ours, used, memory, wrong } = await measureThroughApp(app, streams)
        if (ours.broken + wrong > 0) throw new Error(`broken answers ${name}`)
        cells.push(ms(ours.firstP95), ms(ours.gapP95), `${used.toFixed(1)} s`, `${Math.round(memory)} MB`)
      } finally {
        await app.stop()
      }
    }
    rows.push([name, ...cells])
  }
  const heads = LOADS.flatMap((streams) => [`${streams}: first token p95`, "gap p95", "CPU", "memory"])
  return table(["streams of 30 tokens/s", ...heads], rows)
}
