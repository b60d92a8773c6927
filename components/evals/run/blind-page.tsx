"use client"

import { useTranslations } from "next-intl"
import { useEffect, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { choose, fetchBlindTally } from "@/components/evals/api"
import { EvalHeader } from "@/components/evals/eval-header"
import { columnName, letterOf } from "@/components/evals/words"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import { Button } from "@/components/ui/button"
import type { BlindTally, BlindView, ChoiceRequest } from "@/lib/evals/types"

interface Props {
  ids: { evalId: string; runId: string }
  blind: BlindView
}

/** Chooses between answers without knowing their models; the result is revealed at the end. */
export function BlindPage({ ids: { evalId, runId }, blind: first }: Props) {
  const t = useTranslations("evals.blind")
  const [blind, setBlind] = useState(first)
  const [result, setResult] = useState<BlindTally | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true)
    setProblem(null)
    await work().catch((error: unknown) => setProblem(sentenceOf(error)))
    setBusy(false)
  }
  const back = `/evals/${evalId}/runs/${runId}`
  return (
    <>
      <EvalHeader title={t("title")} back={{ href: back, label: t("back") }} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-6xl px-4 pb-16">
          {problem && (
            <p role="alert" className="mb-3 rounded-md bg-danger-soft px-3 py-2 text-sm">
              {problem}
            </p>
          )}
          {result ? (
            <Tally tally={result} back={back} />
          ) : (
            <>
              <p className="mb-4 text-pretty text-muted-foreground text-sm leading-6">{t("meaning")}</p>
              {blind.next && (
                <Question
                  key={blind.next.tie}
                  next={blind.next}
                  busy={busy}
                  onChoose={(choice) => void attempt(async () => setBlind(await choose(runId, choice)))}
                />
              )}
              <Foot
                blind={blind}
                busy={busy}
                onReveal={() => void attempt(async () => setResult(await fetchBlindTally(runId)))}
              />
            </>
          )}
        </div>
      </div>
    </>
  )
}

interface FootProps {
  blind: BlindView
  busy: boolean
  onReveal: () => void
}

function Foot({ blind, busy, onReveal }: FootProps) {
  const t = useTranslations("evals.blind")
  const { left, chosen, next } = blind
  return (
    <div className="mt-6 flex flex-wrap items-center justify-center gap-3">
      <p role="status" className="text-[0.8125rem] text-muted-foreground tabular-nums">
        {next ? t("left", { count: left }) : t(chosen > 0 ? "done" : "nothing")}
      </p>
      {chosen > 0 && (
        <Button variant={next ? "outline" : "primary"} disabled={busy} onClick={onReveal}>
          {t("reveal")}
        </Button>
      )}
    </div>
  )
}

interface QuestionProps {
  next: NonNullable<BlindView["next"]>
  busy: boolean
  onChoose: (choice: ChoiceRequest) => void
}

const COLUMNS = ["", "", "md:grid-cols-2", "md:grid-cols-3", "md:grid-cols-2 xl:grid-cols-4"]

function Question({ next: { question, tie, answers }, busy, onChoose }: QuestionProps) {
  const t = useTranslations("evals.blind")
  const heading = useRef<HTMLHeadingElement>(null)
  // Starts the next question at the same place, for keyboards and screen readers.
  useEffect(() => heading.current?.focus(), [])
  return (
    <section>
      <h2 ref={heading} tabIndex={-1} className="mb-1 font-medium text-[0.8125rem] text-muted-foreground outline-none">
        {t("question")}
      </h2>
      <p className="wrap-anywhere mb-4 max-h-40 overflow-y-auto whitespace-pre-wrap text-[0.9375rem]">{question}</p>
      <div className={`grid gap-3 ${COLUMNS[answers.length] ?? ""}`}>
        {answers.map(({ key, text }, at) => (
          <article key={key} className="flex min-w-0 flex-col rounded-lg border bg-surface">
            <h3 className="border-b px-4 py-2 font-medium text-sm">{t("answer", { letter: letterOf(at) })}</h3>
            <p className="wrap-anywhere max-h-[50dvh] flex-1 overflow-y-auto whitespace-pre-wrap px-4 py-3 text-sm leading-6">
              {text}
            </p>
            <div className="border-t p-2">
              <Button disabled={busy} className="w-full" onClick={() => onChoose({ key })}>
                {t("better", { letter: letterOf(at) })}
              </Button>
            </div>
          </article>
        ))}
      </div>
      <div className="mt-3 flex justify-center">
        <Button disabled={busy} onClick={() => onChoose({ tie })}>
          {t("tie")}
        </Button>
      </div>
    </section>
  )
}

function Tally({ tally, back }: { tally: BlindTally; back: string }) {
  const t = useTranslations("evals.blind")
  const go = useGuardedNavigation()
  const most = Math.max(1, ...tally.wins)
  return (
    <section className="mx-auto max-w-xl">
      <h2 className="mb-3 font-semibold text-[0.9375rem]">{t("resultTitle", { count: tally.chosen })}</h2>
      <ul className="divide-y rounded-lg border bg-surface">
        {tally.columns.map((column, place) => (
          <li key={columnName(column)} className="px-4 py-3">
            <p className="flex justify-between gap-3 text-sm">
              <span className="wrap-anywhere min-w-0 font-medium">{columnName(column)}</span>
              <span className="whitespace-nowrap tabular-nums">{t("wins", { count: tally.wins[place] ?? 0 })}</span>
            </p>
            <div aria-hidden className="mt-2 h-1.5 overflow-hidden rounded-full bg-muted">
              <div
                className="h-full rounded-full bg-spark"
                style={{ width: `${((tally.wins[place] ?? 0) / most) * 100}%` }}
              />
            </div>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-[0.8125rem] text-muted-foreground tabular-nums">{t("ties", { count: tally.ties })}</p>
      <Button className="mt-5" onClick={() => go(back)}>
        {t("back")}
      </Button>
    </section>
  )
}
