"use client"

import { useTranslations } from "next-intl"
import { type ReactNode, Suspense, useEffect, useMemo, useState } from "react"
import { hasBegun, isStreaming, textOf } from "@/components/base/message-content"
import { steady } from "@/components/base/steady"
import { MessageActions } from "@/components/message/actions/message-actions"
import {
  hasAlternatives,
  Likely,
  Parts,
  PartView,
  reasoningDurationMs,
  type Shown,
  Structured,
} from "@/components/message/answer-parts"
import { SourcesContext, sourcesOf } from "@/components/message/markdown/text/sources"
import { Marked } from "@/components/message/marked"
import { MessageNotice } from "@/components/message/message-notice"
import { CallNewsProvider } from "@/components/message/parts/call-news"
import { useMessageContext } from "@/components/message/parts/message-context"
import { deploymentStart, Starting } from "@/components/message/parts/starting"
import { Fold } from "@/components/message/place/fold"
import { isLongAnswer, isOpen, setOpen } from "@/components/message/place/folds"
import { estimateFullHeight } from "@/components/message/place/near"
import { ANSWERED_BY } from "@/components/message/receipt/receipt"
import { RetryCalls } from "@/components/tools/retry-call"
import { lazyOptional, lazyPart } from "@/components/ui/lazy-part"
import { cn } from "@/lib/cn"
import { openChange } from "@/lib/messages/change"
import type { ChatMessage } from "@/lib/messages/types"

const ChangedAnswer = lazyPart(() => import("@/components/message/changed-answer"))
const MergedNote = lazyOptional(() => import("@/components/message/merged-note"))

interface Props {
  message: ChatMessage
  siblings: string[] | undefined
  last: boolean
  readOnly: boolean
  /** Its question precedes it. */
  asked?: boolean
  /** The last preceding question with images: the model's marks are drawn on them. */
  pictured?: ChatMessage
}

export function AssistantMessage({ message: next, siblings, last, readOnly, asked, pictured }: Props) {
  const t = useTranslations("message")
  const message = useSteady(next)
  const streaming = isStreaming(message.metadata) && !readOnly
  const folds = useFolds(message, streaming, last)
  const [likely, setLikely] = useState(false)
  const { status = "complete" } = message.metadata ?? {}
  const starting = streaming ? deploymentStart(message) : null
  const asking = last && !streaming && !readOnly ? message.id : undefined
  const brokeOff = !streaming && status !== "complete"
  const shown = { streaming, thoughtMs: reasoningDurationMs(message), brokeOff, asking }
  const sources = useMemo(() => sourcesOf(message.parts), [message.parts])
  const parts = (
    <SourcesContext value={sources}>
      <CallNewsProvider parts={message.parts}>
        <RetryCalls answer={asking === undefined ? null : message}>
          <Parts message={message} shown={shown} />
        </RetryCalls>
      </CallNewsProvider>
    </SourcesContext>
  )
  // Once the conversation continued, the change is decided.
  const change = last && !readOnly ? openChange(message.parts) : null
  return (
    <article
      data-message-id={message.id}
      data-role="assistant"
      data-status={message.metadata?.status ?? "complete"}
      aria-label={t("sparkler")}
      aria-busy={streaming}
      className="group/message min-w-0"
    >
      <div className="flex flex-col gap-3">
        <MadeOf metadata={message.metadata} />
        <Body {...{ message, shown, parts, likely, change, folds, readOnly }} />
        {streaming &&
          (starting ? <Starting elapsedMs={starting.elapsedMs} id={message.id} /> : !hasBegun(message) && <Caret />)}
        {!(streaming || change) && <Below {...{ message, pictured, last, readOnly }} />}
      </div>
      {streaming ? (
        <EmptyRow model={message.metadata?.model} />
      ) : (
        <MessageActions
          asked={asked}
          message={message}
          siblings={siblings}
          last={last}
          readOnly={readOnly}
          likely={hasAlternatives(message) ? { shown: likely, onToggle: () => setLikely(!likely) } : undefined}
        />
      )}
    </article>
  )
}

interface BodyProps {
  message: ChatMessage
  shown: Shown
  parts: ReactNode
  likely: boolean
  change: ReturnType<typeof openChange>
  folds: boolean
  readOnly: boolean
}

/** An answer as its parts, or in the one alternative view that applies. */
function Body({ message, shown, parts, likely, change, folds, readOnly }: BodyProps) {
  if (likely) return <Likely message={message} />
  if (message.metadata?.output && textOf(message) !== "")
    return <Structured message={message} streaming={shown.streaming} readOnly={readOnly} />
  if (!change) return folds ? <Fold messageId={message.id}>{parts}</Fold> : parts
  return (
    <Suspense fallback={parts}>
      <ChangedAnswer
        {...{ message, change, streaming: shown.streaming }}
        view={(part, index) => <PartView part={part} place={index} {...shown} streaming={false} />}
      />
    </Suspense>
  )
}

function MadeOf({ metadata }: Pick<ChatMessage, "metadata">) {
  if (!metadata?.merged) return null
  return (
    <Suspense>
      <MergedNote metadata={metadata} />
    </Suspense>
  )
}

/**
 * Whether an answer can be folded: a long one that is not the newest. One that was the newest stays open when others
 * follow.
 */
function useFolds(message: ChatMessage, streaming: boolean, last: boolean): boolean {
  const long = useMemo(() => !streaming && isLongAnswer(estimateFullHeight(message)), [message, streaming])
  useEffect(() => {
    if (last && isOpen(message) === undefined) setOpen(message.id, true)
  }, [last, message])
  return long && !last
}

/** Takes the place of the actions while an answer is being written: shows the model. */
function EmptyRow({ model }: { model?: string }) {
  const { modelName, beside } = useMessageContext()
  return (
    <div className="mt-1 flex h-8 items-center justify-end pointer-coarse:h-11">
      {model && !beside && <span className={cn(ANSWERED_BY, "px-1.5")}>{modelName(model)}</span>}
    </div>
  )
}

/** Placeholder for a requested answer that has not begun. */
export function AnswerPlaceholder({ id }: { id: string }) {
  const t = useTranslations("message")
  return (
    <article
      data-message-id={id}
      data-role="assistant"
      data-status="streaming"
      aria-label={t("sparkler")}
      aria-busy
      className="min-w-0"
    >
      <Caret />
      <EmptyRow />
    </article>
  )
}

function Caret() {
  const t = useTranslations("message")
  return (
    <p className="caret prose-chat">
      <span className="sr-only">{t("waiting")}</span>
    </p>
  )
}

/** What to show while an answer is replayed after a reconnect. */
function useSteady(next: ChatMessage): ChatMessage {
  const [shown, setShown] = useState(next)
  const message = steady(shown, next)
  if (message !== shown) setShown(message)
  return message
}

type BelowProps = Pick<Props, "message" | "pictured" | "last" | "readOnly">

/** Shown below an answer that has ended. */
function Below({ message, pictured, last, readOnly }: BelowProps) {
  return (
    <>
      {pictured && <Marked message={message} pictured={pictured} />}
      <MessageNotice message={message} last={last} readOnly={readOnly} />
    </>
  )
}
