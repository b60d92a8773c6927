"use client"

import { useTranslations } from "next-intl"
import { type ReactNode, useId, useRef } from "react"
import { flushSync } from "react-dom"
import { setOpen, useOpen } from "@/components/message/folds"

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
          if (open || currentTarget.scrollTop === 0) return
          const hidden = currentTarget.scrollTop
          currentTarget.scrollTop = 0
          flushSync(() => setOpen(messageId, true))
          // What was brought into view stays there when the room around it grows.
          currentTarget.closest("[data-scroller]")?.scrollBy({ top: hidden })
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
        className="self-start font-medium text-[13px] text-spark-text underline underline-offset-4"
      >
        {open ? t("showLess") : t("showAll")}
      </button>
    </>
  )
}
