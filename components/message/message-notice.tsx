"use client"

import { CircleAlert, RotateCcw, StepForward } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { hasBegun, textOf } from "@/components/base/message-content"
import { useMessageContext } from "@/components/message/parts/message-context"
import { Button } from "@/components/ui/button"
import { canContinue } from "@/lib/chat/continuable"
import { TOOL_STEPS } from "@/lib/messages/finish"
import type { ChatMessage } from "@/lib/messages/types"

interface Props {
  message: ChatMessage
  /** Nothing follows it. */
  last: boolean
  readOnly: boolean
}

/** How an answer ended when it did not end normally, with the available actions. */
export function MessageNotice({ message, last, readOnly }: Props) {
  const t = useTranslations("message")
  const { status, error, finishReason, usage } = message.metadata ?? {}
  const goOn = last && !readOnly && canContinue(message) ? <GoOn id={message.id} /> : null
  const actions = readOnly ? null : (
    <>
      {goOn}
      <Retry id={message.id} />
    </>
  )
  if (status === "failed")
    return <Failure sentence={error?.message || t("failed")} readOnly={readOnly} actions={actions} />
  if (status === "interrupted") {
    const sentence = hasBegun(message) ? t("interruptedKept") : t("interrupted")
    return <Failure sentence={error?.message || sentence} readOnly={readOnly} actions={actions} />
  }
  if (status === "stopped") {
    const early = !hasBegun(message)
    const stopped = readOnly ? t(early ? "wasStoppedEarly" : "wasStopped") : t(early ? "stoppedEarly" : "stopped")
    return <Aside action={goOn}>{stopped}</Aside>
  }
  if (status === "complete" && finishReason === "length")
    return <AtLimit limit={usage?.limit} spent={textOf(message) === ""} action={goOn} />
  if (status === "complete" && finishReason === TOOL_STEPS) return <Aside action={goOn}>{t("toolSteps")}</Aside>
  return null
}

interface AtLimitProps {
  /** Tokens; undefined when the server reports none. */
  limit: number | undefined
  /** Reasoning used up all of them. */
  spent: boolean
  action: ReactNode
}

function AtLimit({ limit, spent, action }: AtLimitProps) {
  const t = useTranslations("message")
  const stopped = limit === undefined ? t("limit") : t("limitOf", { count: limit })
  return <Aside action={action}>{spent ? `${stopped} ${t("limitSpent")}` : stopped}</Aside>
}

function Aside({ children, action }: { children: string; action: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.84375rem] text-muted-foreground">
      <p>{children}</p>
      {action}
    </div>
  )
}

function GoOn({ id }: { id: string }) {
  const t = useTranslations("message")
  const { handlers, busy } = useMessageContext()
  return (
    <Button size="sm" className="print:hidden" disabled={busy} onClick={() => handlers?.goOn(id)}>
      <StepForward className="size-3.5" /> {t("goOn")}
    </Button>
  )
}

function Retry({ id }: { id: string }) {
  const common = useTranslations("common")
  const { handlers, busy } = useMessageContext()
  return (
    <Button size="sm" className="print:hidden" disabled={busy} onClick={() => handlers?.regenerate(id)}>
      <RotateCcw className="size-3.5" /> {common("retry")}
    </Button>
  )
}

function Failure({ sentence, readOnly, actions }: { sentence: string; readOnly: boolean; actions: ReactNode }) {
  return (
    <div
      role={readOnly ? "note" : "alert"}
      className="flex flex-wrap items-center gap-x-2 gap-y-2 rounded-lg bg-danger-soft py-2.5 pe-2.5 ps-3.5 text-[0.875rem]"
    >
      <p className="me-2 flex min-w-0 flex-1 basis-60 gap-2.5">
        <CircleAlert className="mt-1 size-4 shrink-0 text-danger" aria-hidden />
        <span className="wrap-anywhere">{sentence}</span>
      </p>
      {actions}
    </div>
  )
}
