"use client"

import { useTranslations } from "next-intl"
import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from "react"
import { goesOnFrom } from "@/components/chat/comparison"
import { AnswerTab } from "@/components/compare/answer-tab"
import { Column } from "@/components/compare/column"
import { COLUMNS, HEAD, HIDDEN, TABS } from "@/components/compare/layout"
import { useSwipe } from "@/components/compare/use-swipe"
import { isStreaming } from "@/components/message/content"
import { useMessageContext } from "@/components/message/message-context"
import { hintMoreSideways } from "@/components/ui/more-sideways"
import { toast } from "@/components/ui/toast"
import type { ChatMessage } from "@/lib/chat/types"
import { cn } from "@/lib/cn"

interface Props {
  answers: ChatMessage[]
  onKeep: (messageId: string) => Promise<boolean>
  onStop: (messageId: string) => void
}

/** Answers of several models to one question: beside each other where there is room, else one behind each tab. */
export default function Comparison({ answers, onKeep, onStop }: Props) {
  const t = useTranslations("compare")
  const { modelName } = useMessageContext()
  const id = useId()
  const [shown, setShown] = useState(0)
  const place = Math.min(shown, answers.length - 1)
  const panels = useRef<HTMLDivElement>(null)
  const tabs = useRef<HTMLDivElement | null>(null)
  const tabRow = useCallback((row: HTMLDivElement | null) => {
    tabs.current = row
    return hintMoreSideways(row)
  }, [])
  useSwipe(panels, (step) => setShown(clamp(place + step, answers.length)))
  useShowNamed(answers, setShown)
  useEffect(() => {
    const tab = tabs.current?.querySelectorAll("[role='tab']")[place]
    if (tabs.current && tab instanceof HTMLElement) bringInto(tabs.current, tab)
  }, [place])

  const keep = async (answer: ChatMessage) => {
    if (!(await onKeep(answer.id))) return
    toast.success(t("kept", { model: nameOf(answer, modelName) }))
    goOn(answer.id)
  }
  const keyDown = (event: KeyboardEvent) => {
    const next = nextTab(event.key, place, answers.length)
    if (next === null) return
    event.preventDefault()
    setShown(next)
    tabs.current?.querySelectorAll<HTMLElement>("[role='tab']")[next]?.focus()
  }
  return (
    <section aria-label={t("answers")} className="@container mx-auto mt-4 w-full px-4 sm:px-6">
      <div
        ref={tabRow}
        role="tablist"
        aria-label={t("whose")}
        onKeyDown={keyDown}
        className={cn("sticky top-0 z-20 flex gap-1 overflow-x-auto bg-background py-1", TABS[answers.length])}
      >
        {answers.map((answer, index) => (
          <AnswerTab
            key={answer.id}
            name={nameOf(answer, modelName)}
            status={answer.metadata?.status ?? "complete"}
            selected={index === place}
            controls={`${id}-${index}`}
            onSelect={() => setShown(index)}
          />
        ))}
      </div>
      <div ref={panels} className={cn("mx-auto grid grid-cols-1 gap-3", COLUMNS[answers.length])}>
        {answers.map((answer, index) => (
          <Column
            // The place is the identity: an answer that takes another's stands where that stood.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            id={`${id}-${index}`}
            answer={answer}
            name={nameOf(answer, modelName)}
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

/** Scrolls a row sideways, and nothing else, until all of a part of it can be seen. */
function bringInto(row: HTMLElement, part: HTMLElement): void {
  const [room, own] = [row.getBoundingClientRect(), part.getBoundingClientRect()]
  row.scrollLeft += Math.min(0, own.left - room.left) + Math.max(0, own.right - room.right)
}

/** What happens with a message that is sent now. */
function Advice({ answers }: { answers: ChatMessage[] }) {
  const t = useTranslations("compare")
  const { modelName } = useMessageContext()
  const next = goesOnFrom(answers)
  const writing = answers.some(({ metadata }) => isStreaming(metadata))
  return (
    <p className="mx-auto mt-3 mb-1 max-w-3xl text-pretty text-center text-[13.5px] text-muted-foreground">
      {t("undecided")} {writing ? t("writing") : next && t("goesOn", { model: nameOf(next, modelName) })}
    </p>
  )
}

const nameOf = ({ metadata }: ChatMessage, modelName: (id: string) => string): string =>
  modelName(metadata?.model ?? "")

const clamp = (place: number, count: number): number => Math.max(0, Math.min(count - 1, place))

/** Where a key moves to among the tabs; null for a key that doesn't move. */
function nextTab(key: string, place: number, count: number): number | null {
  if (key === "ArrowRight") return (place + 1) % count
  if (key === "ArrowLeft") return (place + count - 1) % count
  if (key === "Home") return 0
  return key === "End" ? count - 1 : null
}

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

/** The focus goes where one goes on: to the field, or to the answer where the field would open a keyboard. */
function goOn(messageId: string): void {
  requestAnimationFrame(() => {
    const field = window.matchMedia("(hover: hover) and (pointer: fine)").matches
    const target = field
      ? document.getElementById("message")
      : document.querySelector<HTMLElement>(`article[data-message-id="${CSS.escape(messageId)}"]`)
    if (!target) return
    if (!field) target.tabIndex = -1
    target.focus({ preventScroll: true })
  })
}
