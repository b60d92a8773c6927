"use client"

import { Info } from "lucide-react"
import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import { useMessageContext } from "@/components/message/parts/message-context"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { OnDemand } from "@/components/ui/on-demand"
import { changeOf } from "@/lib/messages/change"
import type { ChatMessage } from "@/lib/messages/types"

const ReceiptPopover = lazyOverlay(() => import("@/components/message/receipt/receipt-popover"))

/** Styles of the model's name on an answer. */
export const ANSWERED_BY = "min-w-0 truncate font-normal text-[0.78125rem] text-muted-foreground"

/** Which model answered and when; opens the cost of the answer: tokens, time, money. */
export function Receipt({ message: { metadata, parts } }: { message: ChatMessage }) {
  const t = useTranslations("message")
  const { modelName, conversationId, beside } = useMessageContext()
  const locale = useFormatLocale()
  if (!metadata?.model) return null
  const part = parts.findLast(({ type }) => type === "data-served")
  const served = part?.type === "data-served" ? modelName(part.data.model) : null
  const name = served ?? modelName(metadata.model)
  // Set imperatively in the browser: the server does not know the reader's time zone.
  const tell = (button: HTMLButtonElement | null) => {
    if (button)
      button.dataset.tip = new Date(metadata.createdAt).toLocaleString(locale, {
        dateStyle: "medium",
        timeStyle: "short",
      })
  }
  const trigger = beside ? (
    <IconButton label={t("about")}>
      <Info className="size-4" />
    </IconButton>
  ) : (
    <Button
      variant="ghost"
      size="sm"
      ref={tell}
      aria-label={t("aboutBy", { model: name })}
      className="ms-auto min-w-0 shrink px-1.5"
    >
      <span className={ANSWERED_BY}>{name}</span>
    </Button>
  )
  return (
    <OnDemand trigger={trigger}>
      <ReceiptPopover
        trigger={trigger}
        metadata={metadata}
        model={modelName(metadata.model)}
        served={served}
        changed={changeOf(parts)?.wish}
        conversationId={conversationId}
      />
    </OnDemand>
  )
}
