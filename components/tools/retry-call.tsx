"use client"

import { useTranslations } from "next-intl"
import { createContext, type ReactNode, useContext, useState } from "react"
import { useMessageContext } from "@/components/message/parts/message-context"
import { runnerOf } from "@/components/tools/page-runs"
import { type AnyToolPart, toolNameOf } from "@/components/tools/tool-part"
import { Button } from "@/components/ui/button"
import { beforeRetry } from "@/lib/messages/retry"
import type { ChatMessage } from "@/lib/messages/types"

const AnswerContext = createContext<ChatMessage | null>(null)

/** Provides the answer whose failed calls can be retried: the last one, once it has ended. */
export function RetryCalls({ answer, children }: { answer: ChatMessage | null; children: ReactNode }) {
  return <AnswerContext value={answer}>{children}</AnswerContext>
}

/**
 * Retries a failed call; renders nothing where that is impossible. Errors of code run on the page are left for the
 * model to fix.
 */
export function RetryCall({ part }: { part: AnyToolPart }) {
  const t = useTranslations("common")
  const answer = useContext(AnswerContext)
  const { handlers, busy } = useMessageContext()
  const [sending, setSending] = useState(false)
  const name = toolNameOf(part)
  if (!answer || !handlers || busy || name === "ask_user" || runnerOf(name)) return null
  if (!beforeRetry(answer.parts, part.toolCallId)) return null
  const retry = async () => {
    setSending(true)
    await handlers.retryCall(answer.id, part.toolCallId)
    setSending(false)
  }
  return (
    <Button size="sm" disabled={sending} onClick={() => void retry()} className="print:hidden">
      {t("retry")}
    </Button>
  )
}
