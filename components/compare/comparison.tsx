"use client"

import { useTranslations } from "next-intl"
import { useEffect, useId, useRef, useState } from "react"
import { goOn } from "@/components/base/focus"
import { isStreaming } from "@/components/base/message-content"
import { AnswerTabs } from "@/components/compare/answer-tabs"
import { Column } from "@/components/compare/column"
import { COLUMNS, HEAD, HIDDEN, NAME } from "@/components/compare/layout"
import { MergeButton, type MergeModel } from "@/components/compare/merge-button"
import { useAnswerName } from "@/components/compare/use-answer-name"
import { useSwipe } from "@/components/compare/use-swipe"
import { VerdictBar } from "@/components/compare/verdict-bar"
import { continuationAnswer, mergeableAnswers } from "@/components/session/comparison"
import { toast } from "@/components/ui/toast"
import type { VerdictRequest } from "@/lib/chat/requests"
import { cn } from "@/lib/cn"
import { isMerged } from "@/lib/messages/merged"
import type { ChatMessage } from "@/lib/messages/types"

interface Props {
  answers: ChatMessage[]
  /** Models that can merge the answers, the chat's own first. */
  mergers: MergeModel[]
  onKeep: (messageId: string) => Promise<boolean>
  /** Reopens the comparison after an answer was kept. */
  onReopen: (messageId: string) => Promise<boolean>
  onStop: (messageId: string) => void
  onJudge: (verdict: VerdictRequest) => Promise<boolean>
  onMerge: (model: string) => void
}

/** Answers of several models to one question: side by side where there is room, otherwise in tabs. */
export default function Comparison({ answers, mergers, onKeep, onReopen, onStop, onJudge, onMerge }: Props) {
  const t = useTranslations("compare")
  const nameOf = useAnswerName()
  const id = useId()
  const [shown, setShown] = useState(0)
  const place = Math.min(shown, answers.length - 1)
  const panels = useRef<HTMLDivElement>(null)
  useSwipe(panels, (step) => setShown(clamp(place + step, answers.length)))
  useShowNamed(answers, setShown)
  const { keep, judge } = useChoosing({ answers, onKeep, onReopen, onJudge })
  const merge = (model: string) => {
    onMerge(model)
    // The button is disabled while the answer is written.
    requestAnimationFrame(() => goOn())
    setShown(answers.findIndex(isMerged) === -1 ? answers.length : answers.findIndex(isMerged))
  }
  const say = (verdict: VerdictRequest) => {
    void judge(verdict)
    // On a phone, which shows one answer: the best one.
    if (verdict.outcome === "better") setShown(answers.findIndex(({ id: answer }) => answer === verdict.of))
  }
  const columns = answers.filter((answer) => !isMerged(answer)).length
  const blind = answers.some(({ metadata }) => metadata?.blind)
  const writing = answers.some(({ metadata }) => isStreaming(metadata))
  return (
    <section aria-label={t("answers")} className="@container mx-auto mt-4 w-full px-4 sm:px-6">
      <AnswerTabs id={id} answers={answers} columns={columns} selected={place} onSelect={setShown} />
      <div ref={panels} className={cn("mx-auto grid grid-cols-1 gap-3", COLUMNS[columns])}>
        {answers.map((answer, index) => (
          <Column
            // The index is the identity: an answer that replaces another takes its position.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            id={`${id}-${index}`}
            answer={answer}
            name={nameOf(answer, index)}
            className={cn(index !== place && HIDDEN[columns], isMerged(answer) && "col-span-full")}
            headClassName={HEAD[columns]}
            nameClassName={NAME[columns]}
            onKeep={keep}
            onStop={onStop}
          />
        ))}
      </div>
      {blind && <VerdictBar answers={answers} onJudge={say} />}
      {!blind && mergeableAnswers(answers).length > 1 && (
        <MergeButton mergers={mergers} again={answers.some(isMerged)} disabled={writing} onMerge={merge} />
      )}
      <Advice answers={answers} blind={blind} writing={writing} />
    </section>
  )
}

type Choosing = Pick<Props, "answers" | "onKeep" | "onReopen" | "onJudge">

/** Keeping an answer or judging one better shows a notice with undo. */
function useChoosing({ answers, onKeep, onReopen, onJudge }: Choosing) {
  const t = useTranslations("compare")
  const nameOf = useAnswerName()
  const keep = async (answer: ChatMessage) => {
    if (!(await onKeep(answer.id))) return
    const model = nameOf(answer, answers.indexOf(answer))
    const reopen = async () => {
      await onReopen(answer.id)
      goOn()
    }
    toast.success(t("kept", { model }), { action: { label: t("undo"), onClick: () => void reopen() } })
    requestAnimationFrame(() =>
      goOn(document.querySelector<HTMLElement>(`article[data-message-id="${CSS.escape(answer.id)}"]`)),
    )
  }
  const judge = async (verdict: VerdictRequest) => {
    if (!(await onJudge(verdict))) return
    const takeBack = async () => {
      await onJudge({ ...verdict, outcome: "none" })
      goOn()
    }
    toast.success(t("judged"), { action: { label: t("undo"), onClick: () => void takeBack() } })
    requestAnimationFrame(() => goOn())
  }
  return { keep, judge }
}

/** What happens to a message sent now. */
function Advice({ answers, blind, writing }: { answers: ChatMessage[]; blind: boolean; writing: boolean }) {
  const t = useTranslations("compare")
  const nameOf = useAnswerName()
  const next = continuationAnswer(answers)
  return (
    <p className="mx-auto mt-3 mb-1 max-w-3xl text-pretty text-center text-[0.84375rem] text-muted-foreground">
      {!blind && t("undecided")}{" "}
      {writing ? !blind && t("writing") : next && t("goesOn", { model: nameOf(next, answers.indexOf(next)) })}
    </p>
  )
}

const clamp = (place: number, count: number): number => Math.max(0, Math.min(count - 1, place))

/** In tabs, shows the answer named in the URL. */
function useShowNamed(answers: ChatMessage[], show: (place: number) => void): void {
  const looked = useRef(false)
  useEffect(() => {
    if (looked.current) return
    looked.current = true
    const named = new URLSearchParams(window.location.search).get("message")
    const place = answers.findIndex(({ id }) => id === named)
    if (place >= 0) show(place)
  }, [answers, show])
}
