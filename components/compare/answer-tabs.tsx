"use client"

import { useTranslations } from "next-intl"
import { type KeyboardEvent, useCallback, useEffect, useRef } from "react"
import { AnswerTab } from "@/components/compare/answer-tab"
import { TABS } from "@/components/compare/layout"
import { useAnswerName } from "@/components/compare/use-answer-name"
import { horizontalOverflowHint } from "@/components/ui/horizontal-overflow"
import { cn } from "@/lib/cn"
import type { ChatMessage } from "@/lib/messages/types"

interface Props {
  /** Prefix of the answer panels' ids: followed by `-0`, `-1`, … */
  id: string
  answers: ChatMessage[]
  /** Number of columns where there is room. */
  columns: number
  /** Index of the selected one. */
  selected: number
  onSelect: (place: number) => void
}

/** A tab for each answer, where there is room for only one. */
export function AnswerTabs({ id, answers, columns, selected, onSelect }: Props) {
  const t = useTranslations("compare")
  const nameOf = useAnswerName()
  const tabs = useRef<HTMLDivElement | null>(null)
  const row = useCallback((element: HTMLDivElement | null) => {
    tabs.current = element
    return horizontalOverflowHint(element)
  }, [])
  useEffect(() => {
    const tab = tabs.current?.querySelectorAll("[role='tab']")[selected]
    if (tabs.current && tab instanceof HTMLElement) bringInto(tabs.current, tab)
  }, [selected])
  const keyDown = (event: KeyboardEvent) => {
    const next = nextTab(event.key, selected, answers.length)
    if (next === null) return
    event.preventDefault()
    onSelect(next)
    tabs.current?.querySelectorAll<HTMLElement>("[role='tab']")[next]?.focus()
  }
  return (
    <div
      ref={row}
      role="tablist"
      aria-label={t("whose")}
      onKeyDown={keyDown}
      className={cn("sticky top-0 z-20 flex gap-1 overflow-x-auto bg-background py-1", TABS[columns])}
    >
      {answers.map((answer, index) => (
        <AnswerTab
          key={answer.id}
          name={nameOf(answer, index)}
          status={answer.metadata?.status ?? "complete"}
          selected={index === selected}
          controls={`${id}-${index}`}
          onSelect={() => onSelect(index)}
        />
      ))}
    </div>
  )
}

/** Scrolls a row sideways, and nothing else, until an element in it is fully visible. */
function bringInto(row: HTMLElement, part: HTMLElement): void {
  const [room, own] = [row.getBoundingClientRect(), part.getBoundingClientRect()]
  row.scrollLeft += Math.min(0, own.left - room.left) + Math.max(0, own.right - room.right)
}

/** The tab a key moves to; null for a key that doesn't move. */
function nextTab(key: string, place: number, count: number): number | null {
  if (key === "ArrowRight") return (place + 1) % count
  if (key === "ArrowLeft") return (place + count - 1) % count
  if (key === "Home") return 0
  return key === "End" ? count - 1 : null
}
