/** Figures of a run, from what was measured of each answer. Pure. */
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

/** The value below which this part of all lies, between its neighbors in proportion. `sorted`: ascending, not empty. */
function quantile(sorted: number[], part: number): number {
  const at = (sorted.length - 1) * part
  const [below, above] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0]
  return below + (above - below) * (at - Math.floor(at))
}

/** Null: there is nothing. What is no number is left out. */
export function spreadOf(values: (number | null)[]): Spread | null {
  const sorted = values
    .filter((value) => value !== null && Number.isFinite(value))
    .sort((a, b) => Number(a) - Number(b))
  const numbers = sorted.map(Number)
  if (numbers.length === 0) return null
  return { median: quantile(numbers, 0.5), p95: quantile(numbers, 0.95) }
}

/** By the run's columns. */
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

/** US dollars for all cases: what they cost so far, and for each that is left the mean of those that ended. Null while nothing is known. */
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

/** Tokens a second after the first one; null where there was no time between. */
export function speedOf(outputTokens: number, firstMs: number | null, totalMs: number): number | null {
  if (firstMs === null || totalMs <= firstMs || outputTokens < 2) return null
  return ((outputTokens - 1) * 1_000) / (totalMs - firstMs)
}
