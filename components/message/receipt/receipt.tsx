"use client"

import { Info } from "lucide-react"
import { useTranslations } from "next-intl"
import { lazy } from "react"
import { useMessageContext } from "@/components/message/parts/message-context"
import { IconButton } from "@/components/ui/icon-button"
import { OnDemand } from "@/components/ui/on-demand"
import type { ChatMessage } from "@/lib/messages/types"

const ReceiptPopover = lazy(() => import("@/components/message/receipt/receipt-popover"))

/** What an answer cost: model, tokens, time, money. */
export function Receipt({ message: { metadata, parts } }: { message: ChatMessage }) {
  const t = useTranslations("message")
  const { modelName, conversationId } = useMessageContext()
  if (!metadata?.model) return null
  const served = parts.findLast((part) => part.type === "data-served")
  const trigger = (
    <IconButton label={t("about")}>
      <Info className="size-4" />
    </IconButton>
  )
  return (
    <OnDemand trigger={trigger}>
      <ReceiptPopover
        trigger={trigger}
        metadata={metadata}
        model={modelName(metadata.model)}
        served={served?.type === "data-served" ? modelName(served.data.model) : null}
        conversationId={conversationId}
      />
    </OnDemand>
  )
}
