"use client"

import { Square } from "lucide-react"
import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { useMessageContext } from "@/components/message/parts/message-context"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import type { ChatMessage } from "@/lib/messages/types"

/** The answer's deployment is scaling up from zero, with the time elapsed so far; null otherwise. */
export function deploymentStart({ parts }: ChatMessage): { elapsedMs: number } | null {
  const part = parts.findLast(({ type }) => type === "data-starting")
  return part?.type === "data-starting" && !part.data.over ? part.data : null
}

/** Placeholder for an answer while its deployment starts, with a clock and a stop button. */
export function Starting({ id, elapsedMs }: { id: string; elapsedMs: number }) {
  const t = useTranslations("message")
  const { handlers } = useMessageContext()
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-2 rounded-lg border bg-surface px-3.5 py-2.5 text-[0.875rem]">
      <Spinner className="size-4" />
      <p role="status">{t("starting")}</p>
      <Clock key={elapsedMs} fromMs={elapsedMs} />
      {handlers && (
        <Button size="sm" className="ms-auto" onClick={() => handlers.stop(id)}>
          <Square className="size-3.5" /> {t("stop")}
        </Button>
      )}
    </div>
  )
}

/** `2:05`, counting up from the server's last value. */
function Clock({ fromMs }: { fromMs: number }) {
  const [ms, setMs] = useState(fromMs)
  useEffect(() => {
    const begun = performance.now()
    const timer = setInterval(() => setMs(fromMs + performance.now() - begun), 1_000)
    return () => clearInterval(timer)
  }, [fromMs])
  const seconds = Math.floor(ms / 1_000)
  return (
    <span role="timer" className="text-muted-foreground tabular-nums">
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}
    </span>
  )
}
