"use client"

import { useTranslations } from "next-intl"
import { type ReactNode, useEffect, useState } from "react"
import { fetchTotals } from "@/components/base/conversation-api"
import { useFormatLocale } from "@/components/base/format-locale"
import { receiptRows, timingRows, totalRows } from "@/components/message/receipt/receipt-rows"
import { Popover } from "@/components/ui/popover"
import type { ConversationTotals } from "@/lib/chat/conversation.types"
import { cn } from "@/lib/cn"
import type { MessageMetadata } from "@/lib/messages/types"

interface Props {
  trigger: ReactNode
  metadata: MessageMetadata
  model: string
  /** The model that answered instead. */
  served: string | null
  /** The change request, when only a part was changed. */
  changed: string | undefined
  /** Null when it does not belong to the reader. */
  conversationId: string | null
}

/** The available height in the window, minus the popover's own border. */
const HEIGHT = "max-h-[min(36rem,calc(var(--radix-popover-content-available-height)-1.75rem))]"

/** The figures of a `Receipt`, loaded when first opened. Lists only what was measured. */
export default function ReceiptPopover({ trigger, metadata, model, served, changed, conversationId }: Props) {
  const t = useTranslations("message")
  const wording = { t: useTranslations("receipt"), locale: useFormatLocale() }
  const totals = useTotals(conversationId, metadata)
  const named = (key: string, name: string) => wording.t("serverTiming", { key, name })
  return (
    <Popover label={t("about")} align="start" trigger={trigger} defaultOpen>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard */}
      <div tabIndex={0} className={cn(HEIGHT, "space-y-3 overflow-y-auto text-[0.8125rem]")}>
        <Rows rows={receiptRows(metadata, { model, served, changed }, wording)} />
        <Rows title={t("measured")} rows={timingRows(metadata.serverTimings, wording.locale, named)} />
        <Rows title={t("conversation")} rows={totals ? totalRows(totals, wording) : []} />
      </div>
    </Popover>
  )
}

function Rows({ title, rows }: { title?: string; rows: [string, string][] }) {
  if (rows.length === 0) return null
  return (
    <section aria-label={title} className="not-first:border-t not-first:pt-3">
      {title && <h3 className="mb-1 font-medium">{title}</h3>}
      <dl className="grid grid-cols-[auto_auto] gap-x-6 gap-y-1">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted-foreground">{name}</dt>
            <dd className="text-end tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Loaded when the receipt opens, and again when the answer has changed. Null while unavailable. */
function useTotals(conversationId: string | null, metadata: MessageMetadata): ConversationTotals | null {
  const [totals, setTotals] = useState<ConversationTotals | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer's own figures are part of the totals
  useEffect(() => {
    let left = false
    if (conversationId)
      fetchTotals(conversationId).then(
        (found) => !left && setTotals(found),
        () => undefined,
      )
    return () => {
      left = true
    }
  }, [conversationId, metadata])
  return totals
}
