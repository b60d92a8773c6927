"use client"

import { EyeOff, Pause, Play, RotateCcw } from "lucide-react"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { useFormatLocale } from "@/components/base/format-locale"
import { controlRun } from "@/components/evals/api"
import { RunMark } from "@/components/evals/marks"
import { usd } from "@/components/grids/words"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import { Button } from "@/components/ui/button"
import { toast } from "@/components/ui/toast"
import type { ColumnStats, RunHead, RunRequest } from "@/lib/evals/types"

interface Props {
  run: RunHead
  onRun: (run: RunHead) => void
}

const sumOf = ({ stats }: RunHead, of: (column: ColumnStats) => number) =>
  stats.reduce((total, column) => total + of(column), 0)

/** A run's progress, with buttons to stop and resume it. */
export function RunBar({ run, onRun }: Props) {
  const t = useTranslations("evals.run")
  const go = useGuardedNavigation()
  const [busy, setBusy] = useState(false)
  const act = async (request: RunRequest) => {
    setBusy(true)
    try {
      onRun(await controlRun(run.id, request))
    } catch (error) {
      toast.error(sentenceOf(error))
    }
    setBusy(false)
  }
  const running = run.state === "running"
  const waiting = sumOf(run, ({ counts }) => counts.waiting)
  const again = sumOf(run, ({ counts, unjudged }) => counts.failed + unjudged)
  const done = sumOf(run, ({ counts }) => counts.done)
  return (
    <section aria-label={t("progress")} className="space-y-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <RunMark state={run.state} />
        {running && (
          <Button size="sm" disabled={busy} onClick={() => void act({ action: "pause" })}>
            <Pause className="size-4" aria-hidden /> {t("pause")}
          </Button>
        )}
        {!running && waiting > 0 && (
          <Button size="sm" variant="primary" disabled={busy} onClick={() => void act({ action: "start" })}>
            <Play className="size-4" aria-hidden /> {t(run.upTo === null ? "continue" : "all")}
          </Button>
        )}
        {!running && again > 0 && (
          <Button size="sm" disabled={busy} data-tip={t("retryHint")} onClick={() => void act({ action: "retry" })}>
            <RotateCcw className="size-4" aria-hidden /> {t("retry", { count: again })}
          </Button>
        )}
        {run.columns.length > 1 && (
          <Button size="sm" disabled={done < 2} onClick={() => go(`/evals/${run.evalId}/runs/${run.id}/blind`)}>
            <EyeOff className="size-4" aria-hidden /> {t("blind")}
          </Button>
        )}
        <Money run={run} />
      </div>
      <Bar run={run} />
      {run.state === "paused" && run.stopped && (
        <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm">
          {run.stopped}
        </p>
      )}
      {run.state === "paused" && !run.stopped && run.upTo !== null && (
        <p role="status" className="rounded-md bg-spark-soft px-3 py-2 text-sm">
          {t("tried", { count: Math.min(run.upTo, run.rows) })}
        </p>
      )}
    </section>
  )
}

const endedOf = ({ counts }: ColumnStats) => counts.done + counts.failed + counts.skipped
const allOf = ({ counts }: ColumnStats) => Object.values(counts).reduce((total, count) => total + count, 0)

/** Counts and cost on one line. */
function Money({ run }: { run: RunHead }) {
  const t = useTranslations("evals.run")
  const locale = useFormatLocale()
  const spent = sumOf(run, ({ costUsd, judgeUsd }) => costUsd + judgeUsd)
  const [ended, all] = [sumOf(run, endedOf), sumOf(run, allOf)]
  const parts = [
    t("done", { done: ended, all }),
    ...(spent > 0 ? [t("spent", { usd: usd(spent, locale) })] : []),
    ...(run.expectedUsd !== null && ended < all ? [t("expected", { usd: usd(run.expectedUsd, locale) })] : []),
    ...(run.spendLimitUsd === null ? [] : [t("limit", { usd: usd(run.spendLimitUsd, locale) })]),
  ]
  return <p className="text-[0.8125rem] text-muted-foreground tabular-nums">{parts.join(" · ")}</p>
}

function Bar({ run }: { run: RunHead }) {
  const t = useTranslations("evals.run")
  return (
    <progress
      aria-label={t("progress")}
      value={sumOf(run, endedOf)}
      max={Math.max(1, sumOf(run, allOf))}
      className="block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-muted [&::-moz-progress-bar]:bg-spark [&::-webkit-progress-bar]:bg-muted [&::-webkit-progress-value]:bg-spark"
    />
  )
}
