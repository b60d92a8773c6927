"use client"

import { useTranslations } from "next-intl"
import { type ReactNode, useEffect, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { fetchContext } from "@/components/base/conversation-api"
import { Button } from "@/components/ui/button"
import { Popover } from "@/components/ui/popover"
import { Spinner } from "@/components/ui/spinner"
import type { ConversationContext } from "@/lib/chat/conversation.types"
import type { ModelInfo } from "@/lib/models/model.types"

interface Props {
  trigger: ReactNode
  conversationId: string
  model: ModelInfo
  busy: boolean
  onSummarize: () => void
}

/** What the model sees of the conversation, and a way to summarize it. Loaded when first opened. */
export default function ContextPopover({ trigger, conversationId, model, busy, onSummarize }: Props) {
  const t = useTranslations("context")
  const [open, setOpen] = useState(true)
  const [context, setContext] = useState<ConversationContext | string | null>(null)
  useEffect(() => {
    if (!open) return
    let left = false
    fetchContext(conversationId, model.id).then(
      (found) => !left && setContext(found),
      (error: unknown) => !left && setContext(sentenceOf(error)),
    )
    return () => {
      left = true
    }
  }, [open, conversationId, model.id])
  return (
    <Popover label={t("title")} align="start" trigger={trigger} open={open} onOpenChange={setOpen} className="w-72">
      <h3 className="font-medium">{t("title")}</h3>
      {context === null ? (
        <p className="flex h-10 items-center">
          <Spinner className="size-4" />
        </p>
      ) : typeof context === "string" ? (
        <p role="alert" className="mt-1 text-danger">
          {context}
        </p>
      ) : (
        <Facts context={context} model={model} />
      )}
      <Button
        variant="outline"
        size="sm"
        className="mt-3 w-full"
        disabled={busy}
        onClick={() => {
          setOpen(false)
          onSummarize()
        }}
      >
        {t("summarize")}
      </Button>
      <p className="mt-2 text-[0.78125rem] text-muted-foreground">{t("summarizeMeaning")}</p>
    </Popover>
  )
}

function Facts({ context, model }: { context: ConversationContext; model: ModelInfo }) {
  const t = useTranslations("context")
  const { tokens, windowTokens, leftOut, summarized } = context
  return (
    <div className="mt-1 space-y-1 text-[0.8125rem] text-muted-foreground">
      <p>{windowTokens ? t("tokensOf", { tokens, windowTokens, model: model.name }) : t("tokens", { tokens })}</p>
      <p>
        {leftOut === 0 ? t("all") : summarized ? t("summarized", { count: leftOut }) : t("leftOut", { count: leftOut })}
      </p>
    </div>
  )
}
