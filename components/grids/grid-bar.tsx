"use client"

import { Pause, Play, RotateCcw } from "lucide-react"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { useFormatLocale } from "@/components/base/format-locale"
import { runGrid } from "@/components/grids/api"
import { StateMark } from "@/components/grids/marks"
import { spanOf, usd } from "@/components/grids/words"
import { Button } from "@/components/ui/button"
import { toast } from "@/components/ui/toast"
import { TRIAL_ROWS } from "@/lib/grids/contract/grid"
import type { GridHead, RunRequest } from "@/lib/grids/types"

interface Props {
  head: GridHead
  onHead: (head: GridHead) => void
}

/** A grid's progress, with buttons to start and pause it. */
export function GridBar({ head, onHead }: Props) {
  const t = useTranslations("grids.run")
  const [busy, setBusy] = useState(false)
  const { progress } = head
  const failed = progress.places.reduce((sum, { counts }) => sum + counts.failed, 0)
  const act = async (request: RunRequest) => {
    setBusy(true)
    try {
      onHead(await runGrid(head.id, request))
    } catch (error) {
      toast.error(sentenceOf(error))
    }
    setBusy(false)
  }
  const running = progress.state === "running"
  const open = progress.places.reduce((sum, { counts }) => sum + counts.waiting, 0)
  return (
    <section aria-label={t("progress")} className="shrink-0 space-y-2 px-4 pb-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <StateMark state={progress.state} />
        {running && (
          <Button size="sm" disabled={busy} onClick={() => void act({ action: "pause" })}>
            <Pause className="size-4" aria-hidden /> {t("pause")}
          </Button>
        )}
        {!running && progress.state === "ready" && progress.rows > TRIAL_ROWS && (
          <Button size="sm" disabled={busy} onClick={() => void act({ action: "start", upTo: TRIAL_ROWS })}>
            {t("try", { count: TRIAL_ROWS })}
          </Button>
        )}
        {!running && open > 0 && (
          <Button size="sm" variant="primary" disabled={busy} onClick={() => void act({ action: "start" })}>
            <Play className="size-4" aria-hidden />
            {progress.state === "ready" || progress.upTo !== null ? t("start") : t("continue")}
          </Button>
        )}
        {failed > 0 && (
          <Button size="sm" disabled={busy} onClick={() => void act({ action: "retry" })}>
            <RotateCcw className="size-4" aria-hidden /> {t("retryFailed", { count: failed })}
          </Button>
        )}
        <Figures head={head} />
      </div>
      <Bar head={head} />
      {progress.state === "paused" && progress.stopped && (
        <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm">
          {progress.stopped}
        </p>
      )}
      {progress.state === "paused" && !progress.stopped && progress.upTo !== null && (
        <p role="status" className="rounded-md bg-spark-soft px-3 py-2 text-sm">
          {t("tried", { count: Math.min(progress.upTo, progress.rows) })}
        </p>
      )}
    </section>
  )
}

/** Counts, cost and time on one line. */
function Figures({ head: { progress, spendLimitUsd } }: { head: GridHead }) {
  const t = useTranslations("grids")
  const locale = useFormatLocale()
  const sum = (of: (place: (typeof progress.places)[number]) => number) =>
    progress.places.reduce((total, place) => total + of(place), 0)
  const counts = {
    done: sum((place) => place.counts.done),
    failed: sum((place) => place.counts.failed),
    problems: sum((place) => place.withProblems),
    running: sum((place) => place.counts.running),
    waiting: sum((place) => place.counts.waiting),
    skipped: sum((place) => place.counts.skipped),
  }
  const spent = sum((place) => place.costUsd)
  const unpriced = sum((place) => place.unpriced)
  const { expectedUsd, secondsLeft } = progress
  const span = secondsLeft === null ? null : spanOf(secondsLeft)
  const parts = [
    ...(["done", "failed", "problems", "running", "waiting", "skipped"] as const)
      .filter((name) => name === "done" || counts[name] > 0)
      .map((name) => t(`run.${name}`, { count: counts[name] })),
    ...(spent > 0 ? [t("run.spent", { usd: usd(spent, locale) })] : []),
    ...(expectedUsd !== null && counts.waiting + counts.running > 0
      ? [t("run.expected", { usd: usd(expectedUsd, locale) })]
      : []),
    ...(span && counts.waiting > 0 ? [t("run.left", { time: t(`time.${span.unit}`, { count: span.count }) })] : []),
    ...(spendLimitUsd === null ? [] : [t("run.limit", { usd: usd(spendLimitUsd, locale) })]),
    ...(unpriced > 0 ? [t("run.unpriced", { count: unpriced })] : []),
  ]
  return <p className="text-[0.8125rem] text-muted-foreground tabular-nums">{parts.join(" · ")}</p>
}

function Bar({ head: { progress } }: { head: GridHead }) {
  const t = useTranslations("grids.run")
  const all = progress.places.reduce(
    (sum, { counts }) => sum + Object.values(counts).reduce((total, count) => total + count, 0),
    0,
  )
  const ended = progress.places.reduce((sum, { counts }) => sum + counts.done + counts.failed + counts.skipped, 0)
  return (
    <progress
      aria-label={t("progress")}
      value={ended}
      max={Math.max(1, all)}
      className="block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-muted [&::-moz-progress-bar]:bg-spark [&::-webkit-progress-bar]:bg-muted [&::-webkit-progress-value]:bg-spark"
    />
  )
}
