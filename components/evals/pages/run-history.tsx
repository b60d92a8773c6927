"use client"

import { GitCompareArrows, Trash2 } from "lucide-react"
import Link from "next/link"
import { useTranslations } from "next-intl"
import { useMemo, useState } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { ReaderTime } from "@/components/base/reader-time"
import { Chart } from "@/components/charts/chart"
import { RunMark } from "@/components/evals/marks"
import { useDeletion } from "@/components/evals/use-deletion"
import { columnName, percent, rateOf } from "@/components/evals/words"
import { usd } from "@/components/grids/words"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import type { ChartSpec } from "@/lib/ai/tools/show_chart/types"
import type { EvalHead, RunSummary } from "@/lib/evals/types"

/** Maximum runs and columns in the chart. */
const MAX_CHARTED = 30
const MAX_SERIES = 8
/** The full axis of pass rates, even if they are close together. */
const PERCENT = [0, 100] as const
/** Runs listed initially. */
const FIRST_RUNS = 8

/** The runs of an eval, newest first, with each column's result and a chart over time. */
export function RunHistory({ head }: { head: EvalHead }) {
  const t = useTranslations("evals.runs")
  const go = useGuardedNavigation()
  const [picked, setPicked] = useState<string[]>([])
  const [all, setAll] = useState(false)
  const { runs } = head
  const chart = useMemo(() => chartOf(runs, t("chart"), (number) => t("number", { number })), [runs, t])
  const there = picked.filter((id) => runs.some((run) => run.id === id))
  const toggle = (id: string) =>
    setPicked(there.includes(id) ? there.filter((one) => one !== id) : [...there, id].slice(-2))
  const compare = () => {
    const [a, b] = runs.filter(({ id }) => there.includes(id)).toReversed()
    if (a && b) go(`/evals/${head.id}/compare?a=${a.id}&b=${b.id}`)
  }
  if (runs.length === 0) return null
  return (
    <section aria-labelledby="eval-runs">
      <div className="mb-2.5 flex min-h-9 flex-wrap items-center justify-between gap-2">
        <h2 id="eval-runs" className="font-semibold text-[0.9375rem]">
          {t("title")}
        </h2>
        {runs.length > 1 && (
          <div className="flex items-center gap-2.5">
            {there.length < 2 && <p className="text-[0.8125rem] text-muted-foreground">{t("pickHint")}</p>}
            <Button size="sm" disabled={there.length < 2} onClick={compare}>
              <GitCompareArrows className="size-4" aria-hidden /> {t("compare")}
            </Button>
          </div>
        )}
      </div>
      <ul className="divide-y rounded-lg border bg-surface">
        {(all ? runs : runs.slice(0, FIRST_RUNS)).map((run) => (
          <RunLine
            key={run.id}
            run={run}
            picked={runs.length > 1 ? there.includes(run.id) : null}
            onPick={() => toggle(run.id)}
          />
        ))}
      </ul>
      {!all && runs.length > FIRST_RUNS && (
        <Button size="sm" variant="ghost" className="mt-2" onClick={() => setAll(true)}>
          {t("more", { count: runs.length })}
        </Button>
      )}
      {chart && (
        <div className="mt-4">
          <Chart spec={chart} range={PERCENT} />
        </div>
      )}
    </section>
  )
}

interface LineProps {
  run: RunSummary
  /** Null: there is nothing to compare it with. */
  picked: boolean | null
  onPick: () => void
}

function RunLine({ run, picked, onPick }: LineProps) {
  const t = useTranslations("evals.runs")
  const locale = useFormatLocale()
  const { removeRun } = useDeletion()
  const { number, columns, rows } = run
  const cost = columns.reduce((sum, { costUsd }) => sum + costUsd, 0)
  return (
    <li className="flex items-center gap-1 pe-2">
      {picked !== null && (
        <label className="grid size-11 shrink-0 cursor-pointer place-items-center">
          <input type="checkbox" checked={picked} onChange={onPick} aria-label={t("pick", { number })} />
        </label>
      )}
      <Link
        href={`/evals/${run.evalId}/runs/${run.id}`}
        prefetch={false}
        className="min-w-0 flex-1 px-3 py-3 hover:bg-muted/50"
      >
        <span className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5">
          <span className="font-medium text-sm">{t("number", { number })}</span>
          {run.state !== "done" && <RunMark state={run.state} />}
          <span className="text-[0.8125rem] text-muted-foreground tabular-nums">
            <ReaderTime at={run.createdAt} time /> · {t("cases", { count: rows })} · {usd(cost, locale)}
          </span>
        </span>
        <span className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-[0.8125rem] tabular-nums">
          {columns.map((column) => {
            const rate = rateOf(column)
            return (
              <span key={columnName(column)} className="min-w-0 truncate">
                {columnName(column)}{" "}
                <span className="font-medium">{rate === null ? t("unchecked") : percent(rate, locale)}</span>
              </span>
            )
          })}
        </span>
      </Link>
      <IconButton label={t("delete", { number })} onClick={() => void removeRun(run, () => undefined)}>
        <Trash2 className="size-4" />
      </IconButton>
    </li>
  )
}

/** Pass rates by run, one line per column; null when there is no line to draw. */
function chartOf(newest: RunSummary[], title: string, nameOf: (number: number) => string): ChartSpec | null {
  const runs = newest
    .filter(({ columns }) => columns.some((column) => rateOf(column) !== null))
    .slice(0, MAX_CHARTED)
    .toReversed()
  if (runs.length < 2) return null
  const names = [...new Set(runs.flatMap(({ columns }) => columns.map(columnName)))].slice(-MAX_SERIES)
  const rateIn = ({ columns }: RunSummary, name: string) => {
    const column = columns.find((one) => columnName(one) === name)
    const rate = column ? rateOf(column) : null
    return rate === null ? null : Math.round(rate * 100)
  }
  const series = names.map((name) => ({ name, values: runs.map((run) => rateIn(run, name)) }))
  return { kind: "line", title, unit: "%", labels: runs.map(({ number }) => nameOf(number)), series }
}
