"use client"

import { useTranslations } from "next-intl"
import { type ReactNode, useId, useRef } from "react"
import { flushSync } from "react-dom"
import { setOpen, useOpen } from "@/components/message/place/folds"
import { holdPlace } from "@/components/scroll/hold-place"

interface Props {
  messageId: string
  children: ReactNode
}

/**
 * A long answer, of which the beginning shows. Whatever the browser brings into view in the hidden part (a found word, a
 * footnote, the focus) opens it.
 */
export function Fold({ messageId, children }: Props) {
  const t = useTranslations("reading")
  const open = useOpen(messageId)
  const room = useRef<HTMLDivElement>(null)
  const id = useId()
  const toggle = () => {
    setOpen(messageId, !open)
    // Closed from its end, the reader would be left somewhere below it.
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

/** What was brought into view in a room that hides the rest stays there when the room grows around it. */
function reveal(room: HTMLElement, grow: () => void): void {
  const shown = shownIn(room)
  const top = shown.getBoundingClientRect().top
  const text = shown.textContent
  room.scrollTop = 0
  grow()
  holdPlace(() => {
    // Drawn anew meanwhile, it is another element with the same words.
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

/** What stands in the middle of the part that a room shows. */
function shownIn(room: HTMLElement): Element {
  const { left, top, width, height } = room.getBoundingClientRect()
  const middle = document.elementFromPoint(left + width / 2, top + height / 2)
  return middle && room.contains(middle) && middle !== room ? middle : (room.firstElementChild ?? room)
}
