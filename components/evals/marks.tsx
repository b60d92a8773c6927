"use client"

import { Check, CircleDashed, CircleHelp, LoaderCircle, MessageSquare, TriangleAlert, X } from "lucide-react"
import { useTranslations } from "next-intl"
import type { Stand } from "@/components/evals/words"
import { cn } from "@/lib/cn"
import type { GridState } from "@/lib/grids/contract/grid"

const ICONS = {
  ...{ pass: Check, fail: X, unjudged: CircleHelp, none: MessageSquare, error: TriangleAlert, open: CircleDashed },
  ...{ waiting: CircleDashed, running: LoaderCircle },
}
const COLORS: Record<Stand, string> = {
  ...{ pass: "text-success", fail: "text-danger", error: "text-danger", unjudged: "text-muted-foreground" },
  ...{ none: "text-muted-foreground", open: "text-muted-foreground", waiting: "text-muted-foreground" },
  running: "text-spark-text motion-safe:animate-spin",
}

/** The outcome of an answer; its text beside it, or only for screen readers. */
export function VerdictMark({ stand, word = false }: { stand: Stand; word?: boolean }) {
  const t = useTranslations("evals.verdicts")
  const Icon = ICONS[stand]
  return (
    <span className="inline-flex shrink-0 items-center gap-1.5">
      <Icon aria-hidden className={cn("size-3.5", COLORS[stand])} />
      <span className={word ? "text-[0.8125rem]" : "sr-only"}>{t(stand)}</span>
    </span>
  )
}

/** The state of a run as a word. */
export function RunMark({ state }: { state: GridState }) {
  const t = useTranslations("evals.states")
  return (
    <span
      className={cn(
        "inline-flex items-center whitespace-nowrap rounded-full border px-2 py-0.5 text-xs",
        state === "running" && "border-spark bg-spark-soft",
      )}
    >
      {t(state)}
    </span>
  )
}
