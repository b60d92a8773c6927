"use client"

import { Check, CircleDashed, CircleSlash, LoaderCircle, TriangleAlert, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { cn } from "@/lib/cn"
import type { GridState } from "@/lib/grids/contract/grid"
import type { GridAnswer } from "@/lib/grids/types"

const ICONS = { waiting: CircleDashed, running: LoaderCircle, done: Check, failed: X, skipped: CircleSlash }
const COLORS = {
  waiting: "text-muted-foreground",
  running: "text-spark-text motion-safe:animate-spin",
  done: "text-success",
  failed: "text-danger",
  skipped: "text-muted-foreground",
}

/** The state of an answer. */
export function AnswerMark({ answer: { state, problems } }: { answer: Pick<GridAnswer, "state" | "problems"> }) {
  const t = useTranslations("grids")
  const isWrong = state === "done" && problems.length > 0
  const Icon = isWrong ? TriangleAlert : ICONS[state]
  return (
    <span className="shrink-0">
      <Icon aria-hidden className={cn("size-3.5", isWrong ? "text-danger" : COLORS[state])} />
      <span className="sr-only">{isWrong ? t("view.problems") : t(`answerStates.${state}`)}</span>
    </span>
  )
}

/** The state of a grid as a word. */
export function StateMark({ state }: { state: GridState }) {
  const t = useTranslations("grids.states")
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1.5 whitespace-nowrap rounded-full border px-2 py-0.5 text-xs",
        state === "running" && "border-spark bg-spark-soft",
      )}
    >
      {t(state)}
    </span>
  )
}
