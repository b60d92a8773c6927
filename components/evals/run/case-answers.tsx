"use client"

import { ChevronLeft, ChevronRight, RotateCcw } from "lucide-react"
import { useTranslations } from "next-intl"
import { useCallback, useEffect, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { useFetchOnMount } from "@/components/base/use-fetch-on-mount"
import { controlRun, readCase } from "@/components/evals/api"
import { VerdictMark } from "@/components/evals/marks"
import { AnswerDetails } from "@/components/evals/run/answer-details"
import { cellStatus, columnName, letterOf } from "@/components/evals/words"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { Spinner } from "@/components/ui/spinner"
import { toast } from "@/components/ui/toast"
import { cn } from "@/lib/cn"
import type { AnswerView, CaseView, RowView, RunHead } from "@/lib/evals/types"

interface Props {
  run: RunHead
  rows: RowView[]
  open: { number: number; place: number }
  onOpen: (open: { number: number; place: number } | null) => void
  onRun: (run: RunHead) => void
}

/** A case in full: the question and expectation, and each column's answer with why it passed or failed. */
export default function CaseAnswers({ run, rows, open, onOpen, onRun }: Props) {
  const t = useTranslations("evals.answer")
  const { number, place } = open
  const read = useCallback(() => readCase(run.id, number), [run.id, number])
  const { value, error, retry } = useFetchOnMount(read)
  const row = rows.find((one) => one.number === number)
  const stand = JSON.stringify(row?.cells.map(cellStatus))
  const [seen, setSeen] = useState(stand)
  // An answer arrived or was removed while viewing.
  useEffect(() => {
    if (seen === stand) return
    setSeen(stand)
    retry()
  }, [seen, stand, retry])
  const at = rows.findIndex((one) => one.number === number)
  const step = (by: number) => {
    const next = rows[at + by]
    if (next) onOpen({ number: next.number, place })
  }
  return (
    <Dialog
      open
      onOpenChange={(next) => next || onOpen(null)}
      title={t("title", { number: number + 1 })}
      className="w-[min(94vw,48rem)]"
      footer={
        <>
          <Button disabled={at <= 0} onClick={() => step(-1)}>
            <ChevronLeft className="size-4 rtl:-scale-x-100" aria-hidden /> {t("previous")}
          </Button>
          <Button disabled={at >= rows.length - 1} onClick={() => step(1)}>
            {t("next")} <ChevronRight className="size-4 rtl:-scale-x-100" aria-hidden />
          </Button>
        </>
      }
    >
      {error && (
        <p role="alert" className="text-danger text-sm">
          {error}
        </p>
      )}
      {!value && !error && <Spinner className="m-4" />}
      {value && (
        <Case run={run} value={value} place={place} onPlace={(next) => onOpen({ number, place: next })} onRun={onRun} />
      )}
    </Dialog>
  )
}

interface CaseProps {
  run: RunHead
  value: CaseView
  place: number
  onPlace: (place: number) => void
  onRun: (run: RunHead) => void
}

function Case({ run, value, place, onPlace, onRun }: CaseProps) {
  const t = useTranslations("evals.answer")
  const answer = value.answers.find((one) => one.place === place)
  return (
    <div className="space-y-4">
      <Part title={t("question")}>{value.question}</Part>
      {value.system && <Part title={t("system")}>{value.system}</Part>}
      <Expected value={value} />
      <div className="flex flex-wrap gap-1.5 border-t pt-4">
        {value.answers.map((one) => (
          <button
            key={one.place}
            type="button"
            aria-pressed={one.place === place}
            onClick={() => onPlace(one.place)}
            className={cn(
              "flex min-h-9 max-w-full items-center gap-2 rounded-md border px-3 text-[0.8125rem] pointer-coarse:min-h-10",
              one.place === place ? "border-spark bg-spark-soft font-medium" : "hover:border-input",
            )}
          >
            <VerdictMark stand={cellStatus(one)} />
            <span className="truncate">
              {letterOf(one.place)} · {columnName(run.columns[one.place] ?? { model: "", preset: null })}
            </span>
          </button>
        ))}
      </div>
      {answer && (
        <>
          <AnswerDetails check={value.check} answer={answer} />
          <Again run={run} number={value.number} answer={answer} onRun={onRun} />
        </>
      )}
    </div>
  )
}

export function Part({ title, children }: { title: string; children: string }) {
  return (
    <section>
      <h3 className="mb-1 font-medium text-[0.8125rem] text-muted-foreground">{title}</h3>
      <p className="wrap-anywhere max-h-48 overflow-y-auto whitespace-pre-wrap text-sm">{children}</p>
    </section>
  )
}

function Expected({ value: { check } }: { value: CaseView }) {
  const t = useTranslations("evals.answer")
  if (check.kind === "exact" || check.kind === "contains") return <Part title={t("expected")}>{check.expected}</Part>
  if (check.kind === "pattern") return <Part title={t("pattern")}>{check.pattern}</Part>
  if (check.kind === "judge") return <Part title={t("rubric")}>{check.rubric}</Part>
  if (check.kind !== "json") return null
  const fits = t("schema", { name: check.name })
  const equals = check.equals ? `\n${JSON.stringify(check.equals.value, null, 2)}` : ""
  return <Part title={t("expected")}>{`${fits}${equals}`}</Part>
}

function Again({
  run,
  number,
  answer,
  onRun,
}: Pick<CaseProps, "run" | "onRun"> & { number: number; answer: AnswerView }) {
  const t = useTranslations("evals.answer")
  const [busy, setBusy] = useState(false)
  const isEnded = answer.state === "done" || answer.state === "failed"
  const again = async () => {
    setBusy(true)
    try {
      onRun(await controlRun(run.id, { action: "retry", cell: { number, place: answer.place } }))
    } catch (error) {
      toast.error(sentenceOf(error))
    }
    setBusy(false)
  }
  return (
    <Button size="sm" disabled={busy || !isEnded || run.state === "running"} onClick={() => void again()}>
      <RotateCcw className="size-4" aria-hidden /> {t(answer.verdict === "unjudged" ? "judgeAgain" : "again")}
    </Button>
  )
}
