"use client"

import { Check, CircleAlert, RotateCcw, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { type ReactNode, useState } from "react"
import { goOn } from "@/components/base/focus"
import { useMessageContext } from "@/components/message/parts/message-context"
import { Button } from "@/components/ui/button"
import { Gone, New, Pieces, useDifference } from "@/components/ui/difference"
import { Spinner } from "@/components/ui/spinner"
import type { StoredChange } from "@/lib/messages/change.types"
import type { ChatMessage } from "@/lib/messages/types"

interface Props {
  message: ChatMessage
  change: StoredChange
  streaming: boolean
  /** The part's replacement text so far. */
  made: string
  /** Text before and after it in the same blocks. */
  lead: string
  trail: string
}

/** The old and the new version of one part, with the choice between them. */
export function ChangeCard({ message, change, streaming, made, lead, trail }: Props) {
  const t = useTranslations("change")
  const isWhole = !streaming && message.metadata?.status === "complete" && change.begun === undefined
  return (
    <section
      data-part="change"
      aria-label={t("title")}
      className="rounded-xl border bg-surface text-[0.875rem] shadow-[0_1px_3px_oklch(0.3_0.02_60/0.06)]"
    >
      <p className="wrap-anywhere border-b px-4 py-2 text-[0.8125rem] text-muted-foreground">
        {t.rich("wish", { wish: change.wish, b: (chunks) => <b className="font-medium text-foreground">{chunks}</b> })}
      </p>
      <p
        dir="auto"
        className="wrap-anywhere max-h-[60dvh] overflow-y-auto whitespace-pre-wrap px-4 py-3 leading-relaxed"
      >
        {lead}
        {isWhole ? <Difference old={change.old} made={made} /> : <BothParts old={change.old} made={made} />}
        {trail}
      </p>
      {streaming ? <Writing /> : <Choice message={message} change={change} isWhole={isWhole} made={made} />}
    </section>
  )
}

function BothParts({ old, made }: { old: string; made: string }) {
  return (
    <>
      <Gone>{old}</Gone>
      {made && <New>{made}</New>}
    </>
  )
}

/** A word diff; both versions in full until the diff script has loaded. */
function Difference({ old, made }: { old: string; made: string }) {
  const pieces = useDifference(old, made)
  return pieces ? <Pieces pieces={pieces} /> : <BothParts old={old} made={made} />
}

function Writing() {
  const t = useTranslations("change")
  return (
    <p role="status" className="flex items-center gap-2 border-t px-4 py-2.5 text-[0.8125rem] text-muted-foreground">
      <Spinner className="size-4" /> {t("writing")}
    </p>
  )
}

interface ChoiceProps extends Pick<Props, "message" | "change" | "made"> {
  isWhole: boolean
}

function Choice({ message, change, isWhole, made }: ChoiceProps) {
  const t = useTranslations("change")
  const { handlers, busy } = useMessageContext()
  const [deciding, setDeciding] = useState(false)
  if (!handlers) return null
  const { of, text, start, old, wish } = change
  const act = async (action: Promise<unknown>) => {
    setDeciding(true)
    // The pressed button is about to be removed.
    goOn()
    await action
    setDeciding(false)
  }
  const disabled = busy || deciding
  const { status, error } = message.metadata ?? {}
  const problem =
    isWhole && made === old
      ? t("same")
      : status === "stopped"
        ? t("stopped")
        : status === "failed"
          ? (error?.message ?? t("failed"))
          : isWhole
            ? null
            : t("interrupted")
  return (
    <div className="border-t px-3 py-2.5">
      {problem && <Problem>{problem}</Problem>}
      <div className="flex flex-wrap gap-2">
        {isWhole && (
          <Button
            size="sm"
            variant="primary"
            disabled={disabled}
            onClick={() => act(handlers.decideChange(message.id, true))}
          >
            <Check className="size-4" aria-hidden /> {t("take")}
          </Button>
        )}
        <Button size="sm" disabled={disabled} onClick={() => act(handlers.decideChange(message.id, false))}>
          <X className="size-4" aria-hidden /> {t("leave")}
        </Button>
        <Button
          size="sm"
          variant="ghost"
          disabled={disabled}
          onClick={() => act(handlers.changeAgain(message.id, { of, text, start, old, wish }))}
        >
          <RotateCcw className="size-4" aria-hidden /> {t("again")}
        </Button>
      </div>
    </div>
  )
}

function Problem({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="mb-2.5 flex gap-2 px-1 text-[0.84375rem]">
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-danger" aria-hidden />
      <span className="wrap-anywhere">{children}</span>
    </p>
  )
}
