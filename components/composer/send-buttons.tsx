"use client"

import { ArrowUp, Square } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { IconButton } from "@/components/ui/icon-button"
import { cn } from "@/lib/cn"

interface SendProps {
  busy: boolean
  stopping: boolean
  /** Sending waits for an upload. */
  waiting: boolean
  empty: boolean
  onStop: () => void
  /** Shown before the buttons. */
  children?: ReactNode
}

/** The send button; while an answer is written, a stop button, plus send once something is typed. */
export function SendButtons({ busy, stopping, waiting, empty, onStop, children }: SendProps) {
  const t = useTranslations("composer")
  const round = "size-9 rounded-full"
  return (
    <div className="ms-auto flex items-center gap-1.5">
      {children}
      {busy && (
        <IconButton
          label={t("stop")}
          variant={empty ? "primary" : "outline"}
          className={round}
          disabled={stopping}
          onClick={onStop}
        >
          <Square className="size-3.5 fill-current" />
        </IconButton>
      )}
      {!(busy && empty) && (
        <IconButton
          label={t("send")}
          tip={t(busy ? "sendLater" : "send")}
          type="submit"
          variant="primary"
          className={round}
          disabled={empty || waiting}
        >
          <ArrowUp className={cn("size-4.5", waiting && "animate-pulse")} />
        </IconButton>
      )}
    </div>
  )
}
