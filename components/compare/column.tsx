"use client"

import { Square } from "lucide-react"
import { useTranslations } from "next-intl"
import { memo, useMemo } from "react"
import { isStreaming } from "@/components/base/message-content"
import { Figures } from "@/components/compare/figures"
import { StatusMark } from "@/components/compare/status-mark"
import { AssistantMessage } from "@/components/message/assistant-message"
import { MessageContext, useMessageContext } from "@/components/message/parts/message-context"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import { cn } from "@/lib/cn"
import { blindMessage } from "@/lib/messages/blind"
import type { ChatMessage, MessageMetadata } from "@/lib/messages/types"
import { isUsable } from "@/lib/messages/usable"

interface Props {
  id: string
  answer: ChatMessage
  /** The model's name. */
  name: string
  className: string
  headClassName: string | undefined
  /** Class for what a tab already shows. */
  nameClassName: string | undefined
  onKeep: (answer: ChatMessage) => void
  onStop: (messageId: string) => void
}

/** A compared answer: its model, status, content, and cost. */
export const Column = memo(
  function Column({ id, answer, name, className, headClassName, nameClassName, onKeep, onStop }: Props) {
    const t = useTranslations("compare")
    const { metadata } = answer
    const status = metadata?.status ?? "complete"
    const streaming = isStreaming(metadata)
    const context = useMessageContext()
    // Other answers in progress don't prevent regenerating this one.
    const own = useMemo(() => ({ ...context, busy: streaming, beside: true }), [context, streaming])
    const shown = useMemo(() => (metadata?.blind ? blindMessage(answer) : answer), [answer, metadata])
    return (
      <section
        id={id}
        aria-label={name}
        data-compared={status}
        className={cn("flex min-w-0 flex-col rounded-xl border bg-surface px-4 pb-2", className)}
      >
        <header
          className={cn(
            "-mx-4 sticky top-11 z-10 mb-2 flex min-h-11 items-center justify-end gap-1.5 rounded-t-xl border-b bg-surface py-1.5 pe-2 ps-4 pointer-coarse:top-13",
            headClassName,
          )}
        >
          <div className={cn("flex min-w-0 flex-1 items-center gap-1.5", nameClassName)}>
            <StatusMark status={status} />
            <h2 className="wrap-anywhere min-w-0 font-medium text-[0.875rem] leading-5">
              {name}
              <span className="sr-only"> {t("state", { status })}</span>
            </h2>
          </div>
          <VerdictMark metadata={metadata} />
          {streaming && (
            <IconButton
              label={t(metadata?.blind || metadata?.merged ? "stopAnswer" : "stopOf", { model: name })}
              onClick={() => onStop(answer.id)}
            >
              <Square className="size-3 fill-current" />
            </IconButton>
          )}
          {!metadata?.blind && isUsable(status, answer.parts) && (
            <Button size="sm" aria-label={t("keepOf", { model: name })} onClick={() => onKeep(answer)}>
              {t("keep")}
            </Button>
          )}
        </header>
        <MessageContext value={own}>
          <AssistantMessage message={shown} siblings={undefined} last readOnly={false} />
        </MessageContext>
        <Figures metadata={shown.metadata} />
      </section>
    )
  },
  (before, after) =>
    before.answer === after.answer &&
    before.className === after.className &&
    before.headClassName === after.headClassName &&
    before.nameClassName === after.nameClassName &&
    before.name === after.name,
)

/** The verdict on it while its model was hidden. */
function VerdictMark({ metadata }: { metadata: MessageMetadata | undefined }) {
  const t = useTranslations("compare")
  const { verdict } = metadata ?? {}
  if (!verdict || verdict === "worse") return null
  return (
    <span
      className={cn(
        "shrink-0 rounded-full px-2 py-0.5 font-medium text-[0.75rem]",
        verdict === "better" ? "bg-spark-soft text-spark-text" : "bg-muted text-muted-foreground",
      )}
    >
      {t(`verdict.${verdict}`)}
    </span>
  )
}
