"use client"

import { useTranslations } from "next-intl"
import { type ReactNode, useId, useRef } from "react"
import { flushSync } from "react-dom"
import { setOpen, useOpen } from "@/components/message/place/folds"
import { holdScrollPosition } from "@/components/scroll/hold-place"

interface Props {
  messageId: string
  children: ReactNode
}

/**
 * A long answer showing only its beginning. Anything the browser scrolls to in the hidden part (a search match, a
 * footnote, the focus) opens it.
 */
export function Fold({ messageId, children }: Props) {
  const t = useTranslations("reading")
  const open = useOpen(messageId)
  const room = useRef<HTMLDivElement>(null)
  const id = useId()
  const toggle = () => {
    setOpen(messageId, !open)
    // When collapsed from its end, the reader would end up somewhere below it.
    if (open) requestAnimationFrame(() => room.current?.closest("article")?.scrollIntoView({ block: "nearest" }))
  }
  return (
    <>
      <div
        id={id}
        ref={room}
        data-folded={!open || undefined}
        onScroll={({ currentTarget }) => {
          if (!open && currentTarget.scrollTop > 0)
            reveal(currentTarget, () => flushSync(() => setOpen(messageId, true)))
        }}
        className="fold flex flex-col gap-3"
      >
        {children}
      </div>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={toggle}
        className="self-start font-medium print:hidden text-[0.8125rem] text-spark-text underline underline-offset-4"
      >
        {open ? t("showLess") : t("showAll")}
      </button>
    </>
  )
}

/** Keeps what was scrolled into view in place when the clipped box expands around it. */
function reveal(room: HTMLElement, grow: () => void): void {
  const shown = shownIn(room)
  const top = shown.getBoundingClientRect().top
  const text = shown.textContent
  room.scrollTop = 0
  grow()
  holdScrollPosition(() => {
    // After a rerender it is a different element with the same text.
    const now = shown.isConnected
      ? shown
      : [...room.querySelectorAll(shown.tagName)].find((element) => element.textContent === text)
    const scroller = room.closest("[data-scroller]")
    if (!now || !scroller) return null
    const moved = now.getBoundingClientRect().top - top
    scroller.scrollBy({ top: moved })
    return moved
  })
}

/** The element in the middle of the visible part of a box. */
function shownIn(room: HTMLElement): Element {
  const { left, top, width, height } = room.getBoundingClientRect()
  const middle = document.elementFromPoint(left + width / 2, top + height / 2)
  return middle && room.contains(middle) && middle !== room ? middle : (room.firstElementChild ?? room)
}
