"use client"

import { useTranslations } from "next-intl"
import { useEffect, useId, useRef, useState } from "react"
import { goOn } from "@/components/base/focus"
import { isStreaming } from "@/components/base/message-content"
import { AnswerTabs } from "@/components/compare/answer-tabs"
import { Column } from "@/components/compare/column"
import { COLUMNS, HEAD, HIDDEN } from "@/components/compare/layout"
import { useAnswerName } from "@/components/compare/use-answer-name"
import { useSwipe } from "@/components/compare/use-swipe"
import { goesOnFrom } from "@/components/session/comparison"
import { toast } from "@/components/ui/toast"
import { cn } from "@/lib/cn"
import type { ChatMessage } from "@/lib/messages/types"

interface Props {
  answers: ChatMessage[]
  onKeep: (messageId: string) => Promise<boolean>
  onStop: (messageId: string) => void
}

/** Answers of several models to one question: beside each other where there is room, else one behind each tab. */
export default function Comparison({ answers, onKeep, onStop }: Props) {
  const t = useTranslations("compare")
  const nameOf = useAnswerName()
  const id = useId()
  const [shown, setShown] = useState(0)
  const place = Math.min(shown, answers.length - 1)
  const panels = useRef<HTMLDivElement>(null)
  useSwipe(panels, (step) => setShown(clamp(place + step, answers.length)))
  useShowNamed(answers, setShown)

  const keep = async (answer: ChatMessage) => {
    if (!(await onKeep(answer.id))) return
    toast.success(t("kept", { model: nameOf(answer) }))
    requestAnimationFrame(() =>
      goOn(document.querySelector<HTMLElement>(`article[data-message-id="${CSS.escape(answer.id)}"]`)),
    )
  }
  return (
    <section aria-label={t("answers")} className="@container mx-auto mt-4 w-full px-4 sm:px-6">
      <AnswerTabs id={id} answers={answers} selected={place} onSelect={setShown} />
      <div ref={panels} className={cn("mx-auto grid grid-cols-1 gap-3", COLUMNS[answers.length])}>
        {answers.map((answer, index) => (
          <Column
            // The place is the identity: an answer that takes another's stands where that stood.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            id={`${id}-${index}`}
            answer={answer}
            name={nameOf(answer)}
            className={cn(index !== place && HIDDEN[answers.length])}
            headClassName={HEAD[answers.length]}
            onKeep={keep}
            onStop={onStop}
          />
        ))}
      </div>
      <Advice answers={answers} />
    </section>
  )
}

/** What happens with a message that is sent now. */
function Advice({ answers }: { answers: ChatMessage[] }) {
  const t = useTranslations("compare")
  const nameOf = useAnswerName()
  const next = goesOnFrom(answers)
  const writing = answers.some(({ metadata }) => isStreaming(metadata))
  return (
    <p className="mx-auto mt-3 mb-1 max-w-3xl text-pretty text-center text-[13.5px] text-muted-foreground">
      {t("undecided")} {writing ? t("writing") : next && t("goesOn", { model: nameOf(next) })}
    </p>
  )
}

const clamp = (place: number, count: number): number => Math.max(0, Math.min(count - 1, place))

/** The answer that the address names is the one that is shown where there are tabs. */
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
