"use client"

import { Mic } from "lucide-react"
import { useTranslations } from "next-intl"
import type { DictationControl } from "@/components/composer/use-dictation"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { cn } from "@/lib/cn"

const DictationDialog = lazyOverlay(() => import("@/components/composer/dictation-dialog"))

/** Dictation button; shown only where the browser supports it. */
export function DictateButton({ dictation: { available, state, toggle, answer } }: { dictation: DictationControl }) {
  const t = useTranslations("dictation")
  if (!available) return null
  const listening = state === "listening"
  return (
    <>
      <IconButton
        label={t(listening ? "stop" : "start")}
        disabled={state === "starting"}
        className={cn("size-9 rounded-full", listening && "bg-spark-soft text-spark-text hover:text-spark-text")}
        onClick={toggle}
      >
        <Mic className={cn("size-4.5", listening && "motion-safe:animate-pulse")} />
      </IconButton>
      <span role="status" className="sr-only">
        {listening && t("listening")}
      </span>
      {state === "asking" && <DictationDialog onAnswer={answer} onClose={() => answer(false)} />}
    </>
  )
}
