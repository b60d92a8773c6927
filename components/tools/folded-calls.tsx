"use client"

import { ChevronRight, Wrench } from "lucide-react"
import { useTranslations } from "next-intl"
import { type ReactNode, useId, useState } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { callsIn } from "@/components/tools/fold-calls"
import { cn } from "@/lib/cn"
import type { ChatMessage } from "@/lib/messages/types"

/** Calls that are over, in a line that says what was done; open, each as it is. */
export function FoldedCalls({ parts, children }: { parts: ChatMessage["parts"]; children: ReactNode }) {
  const t = useTranslations("tools")
  const locale = useFormatLocale()
  const [open, setOpen] = useState(false)
  const id = useId()
  const { counts, failed } = callsIn(parts)
  const done = counts.map(([name, count]) => t("did", { name, count }))
  if (failed > 0) done.push(t("someFailed", { count: failed }))
  const line = new Intl.ListFormat(locale, { type: "unit", style: "short" }).format(done)
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex min-h-8 max-w-full items-center gap-2 rounded-md py-1 text-start text-[0.84375rem] text-muted-foreground hover:text-foreground pointer-coarse:min-h-10"
      >
        <Wrench className="size-4 shrink-0" aria-hidden />
        <span className="first-letter:uppercase">{line}</span>
        <ChevronRight
          className={cn("size-4 shrink-0 transition-transform", open ? "rotate-90" : "rtl:rotate-180")}
          aria-hidden
        />
      </button>
      <div id={id} hidden={!open} className="mt-2 flex flex-col gap-3">
        {open && children}
      </div>
    </div>
  )
}
