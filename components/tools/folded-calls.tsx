"use client"

import { Wrench } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { Disclosure } from "@/components/tools/disclosure"
import { summarizeCalls } from "@/components/tools/fold-calls"
import { mcpToolLabel } from "@/lib/mcp/types"
import type { ChatMessage } from "@/lib/messages/types"

/** A one-line summary of finished calls that expands to the individual calls. */
export function FoldedCalls({ parts, children }: { parts: ChatMessage["parts"]; children: ReactNode }) {
  const t = useTranslations("tools")
  const locale = useFormatLocale()
  const { counts, failed } = summarizeCalls(parts)
  const done = counts.map(([name, count]) => t("did", { name: mcpToolLabel(name) ?? name, count }))
  if (failed > 0) done.push(t("someFailed", { count: failed }))
  const line = new Intl.ListFormat(locale, { type: "unit", style: "short" }).format(done)
  return (
    <div>
      <Disclosure
        headClass="min-h-8 max-w-full gap-2 rounded-md py-1 text-[0.84375rem] text-muted-foreground hover:text-foreground pointer-coarse:min-h-10"
        bodyClass="mt-2 flex flex-col gap-3"
        head={
          <>
            <Wrench className="size-4 shrink-0" aria-hidden />
            <span className="first-letter:uppercase">{line}</span>
          </>
        }
      >
        {children}
      </Disclosure>
    </div>
  )
}
