/** Statistics of a run, from the measurements of its answers. Pure. */
import type { Verdict } from "@/lib/evals/contract/eval"
import type { ColumnStats, Spread } from "@/lib/evals/types"
import type { AnswerState } from "@/lib/grids/contract/grid"

export interface Measured {
  place: number
  state: AnswerState
  verdict: Verdict | null
  inputTokens: number
  outputTokens: number
  costUsd: number | null
  judgeUsd: number | null
  firstMs: number | null
  speed: number | null
}

/** The quantile for `part` (0 to 1), linearly interpolated. `sorted`: ascending, not empty. */
function quantile(sorted: number[], part: number): number {
  const at = (sorted.length - 1) * part
  const [below, above] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0]
  return below + (above - below) * (at - Math.floor(at))
}

/** Null if there are no values. Non-numbers are ignored. */
export function spreadOf(values: (number | null)[]): Spread | null {
  const sorted = values
    .filter((value) => value !== null && Number.isFinite(value))
    .sort((a, b) => Number(a) - Number(b))
  const numbers = sorted.map(Number)
  if (numbers.length === 0) return null
  return { median: quantile(numbers, 0.5), p95: quantile(numbers, 0.95) }
}

/** In the order of the run's columns. */
export function statsOf(measured: Measured[], columns: number): ColumnStats[] {
  return Array.from({ length: columns }, (_, place) => columnStats(measured.filter((one) => one.place === place)))
}

function columnStats(own: Measured[]): ColumnStats {
  const counts = { waiting: 0, running: 0, done: 0, failed: 0, skipped: 0 }
  for (const { state } of own) counts[state]++
  const sum = (of: (one: Measured) => number) => own.reduce((total, one) => total + of(one), 0)
  const ended = own.filter(({ state }) => state === "done" || state === "failed")
  const has = (wanted: Verdict) => ended.filter(({ state, verdict }) => state === "done" && verdict === wanted).length
  const done = own.filter(({ state }) => state === "done")
  return {
    counts,
    ...{ pass: has("pass"), fail: has("fail"), unjudged: has("unjudged") },
    checked: ended.filter(({ verdict }) => verdict !== "none").length,
    inputTokens: sum((one) => one.inputTokens),
    outputTokens: sum((one) => one.outputTokens),
    costUsd: sum((one) => one.costUsd ?? 0),
    judgeUsd: sum((one) => one.judgeUsd ?? 0),
    unpriced: own.filter(({ costUsd, outputTokens }) => costUsd === null && outputTokens > 0).length,
    firstMs: spreadOf(done.map(({ firstMs }) => firstMs)),
    speed: spreadOf(done.map(({ speed }) => speed)),
  }
}

/**
 * Estimated cost of all cases in US dollars: the actual cost so far, plus the mean cost of finished cases for each
 * remaining one. Null while nothing is known.
 */
export function expectedUsd(stats: ColumnStats[]): number | null {
  let total = 0
  for (const { counts, unpriced, costUsd, judgeUsd } of stats) {
    const left = counts.waiting + counts.running
    const priced = counts.done + counts.failed - unpriced
    const spent = costUsd + judgeUsd
    if (left > 0 && (priced <= 0 || spent === 0)) return null
    total += spent + (priced > 0 ? (spent / priced) * left : 0)
  }
  return total
}

/** Tokens per second after the first token; null if no time passed. */
export function speedOf(outputTokens: number, firstMs: number | null, totalMs: number): number | null {
  if (firstMs === null || totalMs <= firstMs || outputTokens < 2) return null
  return ((outputTokens - 1) * 1_000) / (totalMs - firstMs)
}
