"use client"

import { Square } from "lucide-react"
import { useTranslations } from "next-intl"
import { memo, useMemo } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { formatDuration, formatFixed, formatUsd, isStreaming } from "@/components/base/message-content"
import { StatusMark } from "@/components/compare/status-mark"
import { AssistantMessage } from "@/components/message/assistant-message"
import { MessageContext, useMessageContext } from "@/components/message/parts/message-context"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import { cn } from "@/lib/cn"
import type { ChatMessage, MessageMetadata } from "@/lib/messages/types"
import { isUsable } from "@/lib/messages/usable"

interface Props {
  id: string
  answer: ChatMessage
  /** Of its model. */
  name: string
  className: string
  headClassName: string | undefined
  onKeep: (answer: ChatMessage) => void
  onStop: (messageId: string) => void
}

/** One of the answers: whose it is, how it stands, itself, and what it cost. */
export const Column = memo(
  function Column({ id, answer, name, className, headClassName, onKeep, onStop }: Props) {
    const t = useTranslations("compare")
    const status = answer.metadata?.status ?? "complete"
    const streaming = isStreaming(answer.metadata)
    const context = useMessageContext()
    // What is written beside it keeps nobody from asking for this one again.
    const own = useMemo(() => ({ ...context, busy: streaming }), [context, streaming])
    return (
      <section
        id={id}
        aria-label={name}
        data-compared={status}
        className={cn("flex min-w-0 flex-col rounded-lg border bg-surface px-4 pb-2", className)}
      >
        <header
          className={cn(
            "-mx-4 sticky top-11 z-10 mb-2 flex items-center gap-1.5 rounded-t-xl border-b bg-surface py-1.5 pe-2 ps-4 pointer-coarse:top-12",
            headClassName,
          )}
        >
          <StatusMark status={status} />
          <h2 className="wrap-anywhere min-w-0 flex-1 font-medium text-[14px] leading-5">
            {name}
            <span className="sr-only"> {t("state", { status })}</span>
          </h2>
          {streaming && (
            <IconButton label={t("stopOf", { model: name })} onClick={() => onStop(answer.id)}>
              <Square className="size-3 fill-current" />
            </IconButton>
          )}
          {isUsable(status, answer.parts) && (
            <Button size="sm" aria-label={t("keepOf", { model: name })} onClick={() => onKeep(answer)}>
              {t("keep")}
            </Button>
          )}
        </header>
        <MessageContext value={own}>
          <AssistantMessage message={answer} siblings={undefined} last readOnly={false} />
        </MessageContext>
        <Figures metadata={answer.metadata} />
      </section>
    )
  },
  (before, after) =>
    before.answer === after.answer &&
    before.className === after.className &&
    before.headClassName === after.headClassName &&
    before.name === after.name,
)

/** What is compared beside the words: time, speed, length, price. As far as it was measured. */
function Figures({ metadata }: { metadata: MessageMetadata | undefined }) {
  const t = useTranslations("compare")
  const ofReceipt = useTranslations("receipt")
  const locale = useFormatLocale()
  const { usage, timeToFirstTokenMs, tokensPerSecond, costUsd } = metadata ?? {}
  const figures = [
    timeToFirstTokenMs === undefined ? null : t("firstToken", { time: formatDuration(timeToFirstTokenMs, locale) }),
    tokensPerSecond === undefined ? null : t("speed", { speed: formatFixed(tokensPerSecond, 1, locale) }),
    usage ? t("tokens", { count: usage.output }) : null,
    costUsd === undefined ? null : formatUsd(costUsd, locale, (amount) => ofReceipt("under", { amount })),
  ]
  const measured = figures.filter((figure) => figure !== null)
  // Its room is kept, so that nothing moves at the end.
  return (
    <p
      className={cn(
        "mt-auto min-h-7 border-transparent border-t pt-1.5 text-[12.5px] text-muted-foreground tabular-nums leading-5",
        measured.length > 0 && "border-border",
      )}
    >
      {measured.join(" · ")}
    </p>
  )
}
