"use client"

import { ChevronRight } from "lucide-react"
import { useTranslations } from "next-intl"
import { useId, useState } from "react"
import { Markdown } from "@/components/message/markdown/markdown"
import { useMessageContext } from "@/components/message/parts/message-context"
import { cn } from "@/lib/cn"

interface Props {
  text: string
  streaming: boolean
  /** Milliseconds, once known. */
  tookMs: number | undefined
}

/** A model's reasoning, collapsed. Its duration is shown once the answer has ended. */
export function Reasoning({ text, streaming, tookMs }: Props) {
  const t = useTranslations("message")
  const [open, setOpen] = useState(false)
  const { conversationId } = useMessageContext()
  const id = useId()
  const label = streaming
    ? t("thinking")
    : tookMs === undefined
      ? t("thoughts")
      : tookMs < 1_000
        ? t("thoughtShort")
        : t("thoughtFor", { seconds: Math.round(tookMs / 1_000) })
  return (
    <div className={cn("text-muted-foreground", !open && "print:hidden")}>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="-ms-1.5 flex items-center gap-1 rounded-md px-1.5 py-0.5 font-medium text-[0.84375rem] transition-colors hover:text-foreground"
      >
        <ChevronRight className={cn("size-4 transition-transform", open ? "rotate-90" : "rtl:rotate-180")} />
        <span className={cn(streaming && "animate-pulse")}>{label}</span>
      </button>
      <div id={id} hidden={!open} className="mt-1.5 border-s-2 ps-4 text-[0.875rem]">
        {open && <Markdown text={text} streaming={streaming} />}
      </div>
      {conversationId === null && (
        <p className="noscript:block hidden wrap-anywhere mt-1.5 whitespace-pre-wrap border-s-2 ps-4 text-[0.875rem]">
          {text}
        </p>
      )}
    </div>
  )
}
