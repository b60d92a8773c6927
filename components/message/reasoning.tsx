"use client"

import { ChevronRight } from "lucide-react"
import { useEffect, useId, useState } from "react"
import { Markdown } from "@/components/message/markdown"
import { cn } from "@/lib/cn"

/** Characters up to which thinking that appears counts as seen from its beginning. */
const BEGINNING = 120

/** A model's thinking, folded. How long it took is said only when it was seen from beginning to end. */
export function Reasoning({ text, streaming }: { text: string; streaming: boolean }) {
  const [open, setOpen] = useState(false)
  const seconds = useSeconds(streaming, text.length)
  const id = useId()
  const label = streaming
    ? "Thinking…"
    : seconds === null
      ? "Thoughts"
      : `Thought for ${seconds === 0 ? "under a second" : `${seconds} s`}`
  return (
    <div className="text-muted-foreground">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="-ml-1.5 flex items-center gap-1 rounded-md px-1.5 py-0.5 font-medium text-[13.5px] transition-colors hover:text-foreground"
      >
        <ChevronRight className={cn("size-4 transition-transform", open && "rotate-90")} />
        <span className={cn(streaming && "animate-pulse")}>{label}</span>
      </button>
      <div id={id} hidden={!open} className="mt-1.5 border-l-2 pl-4 text-[14px]">
        {open && <Markdown text={text} streaming={streaming} />}
      </div>
    </div>
  )
}

/** Whole seconds from the first sight of the thinking to its end; null when either was missed. */
function useSeconds(streaming: boolean, length: number): number | null {
  const [startedAt] = useState(() => (streaming && length < BEGINNING ? Date.now() : null))
  const [seconds, setSeconds] = useState<number | null>(null)
  useEffect(() => {
    if (!streaming && startedAt !== null) setSeconds((known) => known ?? Math.round((Date.now() - startedAt) / 1_000))
  }, [streaming, startedAt])
  return seconds
}
