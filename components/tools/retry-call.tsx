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

/** The answer whose failed calls can be run again: the last one, when it has ended. */
export function RetryCalls({ answer, children }: { answer: ChatMessage | null; children: ReactNode }) {
  return <AnswerContext value={answer}>{children}</AnswerContext>
}

/** Runs a failed call again; nothing where it can't be. What code on a page runs into is the model's to mend. */
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
