"use client"

import { useTranslations } from "next-intl"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { OnDemand } from "@/components/ui/on-demand"
import type { ChatMessage } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"

const ContextPopover = lazyOverlay(() => import("@/components/chat/context-popover"))

const RADIUS = 6.5
const AROUND = 2 * Math.PI * RADIUS
/** Share of the context window from which the ring takes a warning color. */
const NEARLY_FULL = 0.8

interface Props {
  conversationId: string
  messages: ChatMessage[]
  model: ModelInfo | undefined
  busy: boolean
  onSummarize: () => void
}

/** A ring showing how full the model's context window is after the last answer; opens the details. */
export default function ContextMeter({ conversationId, messages, model, busy, onSummarize }: Props) {
  const t = useTranslations("context")
  const last = messages.findLast(({ metadata }) => metadata?.usage)
  const usage = last?.metadata?.usage
  if (!usage || !model?.contextTokens) return null
  const share = Math.min(1, (usage.input + usage.output) / model.contextTokens)
  const trigger = (
    <IconButton label={t("full", { share })} className="size-9 rounded-full">
      <svg viewBox="0 0 18 18" className="size-4.5 -rotate-90" aria-hidden="true">
        <circle cx="9" cy="9" r={RADIUS} fill="none" strokeWidth="2.5" className="stroke-input/60" />
        <circle
          cx="9"
          cy="9"
          r={RADIUS}
          fill="none"
          strokeWidth="2.5"
          strokeDasharray={`${Math.max(share, 0.02) * AROUND} ${AROUND}`}
          className={share >= NEARLY_FULL ? "stroke-spark" : "stroke-muted-foreground"}
        />
      </svg>
    </IconButton>
  )
  return (
    <OnDemand trigger={trigger}>
      <ContextPopover
        trigger={trigger}
        conversationId={conversationId}
        model={model}
        busy={busy}
        onSummarize={onSummarize}
      />
    </OnDemand>
  )
}
