"use client"

import { useTranslations } from "next-intl"
import { useCallback, useEffect, useState } from "react"
import { EvalHeader } from "@/components/evals/eval-header"
import { Figures } from "@/components/evals/run/figures"
import { Matrix } from "@/components/evals/run/matrix"
import { RunBar } from "@/components/evals/run/run-bar"
import { RunMenu } from "@/components/evals/run/run-menu"
import { useRun } from "@/components/evals/run/use-run"
import { lazyOverlay } from "@/components/ui/lazy-part"
import type { RunView } from "@/lib/evals/types"

const CaseAnswers = lazyOverlay(() => import("@/components/evals/run/case-answers"))

/** A run: the results of its columns, and each answer. */
export function RunPage({ view }: { view: RunView }) {
  const t = useTranslations("evals")
  const { run, rows, error, setRun, refresh } = useRun(view)
  const [open, setOpen] = useState<{ number: number; place: number } | null>(null)
  const onOpen = useCallback((number: number, place: number) => setOpen({ number, place }), [])
  const title = `${run.title} · ${t("runs.number", { number: run.number })}`
  useEffect(() => {
    document.title = `${title} · Sparkler`
  }, [title])
  return (
    <>
      <EvalHeader title={title} back={{ href: `/evals/${run.evalId}`, label: t("compare.back") }}>
        <RunMenu run={run} onRun={setRun} />
      </EvalHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-5xl space-y-6 px-4 pb-16">
          <RunBar run={run} onRun={setRun} />
          {error && (
            <p role="alert" className="text-danger text-sm">
              {error}
            </p>
          )}
          <Figures run={run} />
          <Matrix run={run} rows={rows} onOpen={onOpen} />
        </div>
      </div>
      {open && (
        <CaseAnswers
          run={run}
          rows={rows}
          open={open}
          onOpen={setOpen}
          onRun={(next) => {
            setRun(next)
            refresh(null)
          }}
        />
      )}
    </>
  )
}
