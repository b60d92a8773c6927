"use client"

import { useTranslations } from "next-intl"
import { useMemo } from "react"
import { shortModel } from "@/components/base/message-content"
import { type MessageFrame, MessageList } from "@/components/message/message-list"
import { MessageContext, type MessageContextValue } from "@/components/message/parts/message-context"
import { COLUMN } from "@/components/share/page/column"
import { SharedComparison } from "@/components/share/page/shared-comparison"
import { cn } from "@/lib/cn"
import type { ChatMessage } from "@/lib/messages/types"

interface Props {
  messages: ChatMessage[]
  /** Compared answers to the last message. */
  compared: ChatMessage[]
  systemPrompt: string | null
  /** Names of the models known here. */
  names: Record<string, string>
  /** Wraps each message in a preview. */
  Frame?: MessageFrame
  continueFrom?: (messageId: string) => void
}

/** The content of a link: on its page, and in the preview before. */
export function SharedBody({ messages, compared, systemPrompt, names, Frame, continueFrom }: Props) {
  const t = useTranslations("share")
  const context = useMemo(
    (): MessageContextValue => ({
      ...{ handlers: null, tools: null, conversationId: null, linkTo: null, busy: false, continueFrom },
      modelName: (id) => names[id] ?? shortModel(id),
    }),
    [continueFrom, names],
  )
  return (
    <MessageContext value={context}>
      <div className={cn(COLUMN, "py-6")}>
        {systemPrompt && (
          <details className="mb-6 rounded-lg border bg-surface text-sm" data-system-prompt>
            <summary className="cursor-pointer px-3.5 py-2.5 font-medium">{t("systemPrompt")}</summary>
            <p dir="auto" className="wrap-anywhere whitespace-pre-wrap border-t px-3.5 py-3 leading-relaxed">
              {systemPrompt}
            </p>
          </details>
        )}
        <MessageList messages={messages} readOnly Frame={Frame} />
      </div>
      {compared.length > 0 && <SharedComparison answers={compared} names={names} Frame={Frame} />}
    </MessageContext>
  )
}
