"use client"

import { useTranslations } from "next-intl"
import { useCallback } from "react"
import { useFetchOnMount } from "@/components/base/use-fetch-on-mount"
import { Failed, Loading } from "@/components/branches/notices"
import { fetchComparison } from "@/components/branches/requests"
import { useMessageContext } from "@/components/message/parts/message-context"
import { Button } from "@/components/ui/button"
import { type Piece, Pieces, useDifference } from "@/components/ui/difference"
import type { BranchRun, ComparedMessage } from "@/lib/chat/map/map.types"

interface Props {
  conversationId: string
  runs: readonly [BranchRun, BranchRun]
  onJump: (messageId: string) => void
}

/** Two branches from where they diverge, message by message side by side. */
export function BranchSides({ conversationId, runs: [one, other], onJump }: Props) {
  const t = useTranslations("branches")
  const read = useCallback(
    () => fetchComparison(conversationId, [one.last, other.last]),
    [conversationId, one.last, other.last],
  )
  const { value: comparison, error, retry } = useFetchOnMount(read)
  if (error) return <Failed sentence={error} onRetry={retry} />
  if (!comparison) return <Loading />
  const { a, b, common } = comparison
  const rows = Array.from({ length: Math.max(a.messages.length, b.messages.length, 1) })
  return (
    <>
      <p className="mb-3 text-[0.8125rem] text-muted-foreground">{t("common", { count: common })}</p>
      <div className="grid grid-cols-2 gap-x-3 gap-y-2">
        <Head run={one} onJump={onJump} />
        <Head run={other} onJump={onJump} />
        {rows.map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are identified by index
          <Pair key={index} one={a.messages[index]} other={b.messages[index]} first={index === 0} />
        ))}
        <Left count={a.left} />
        <Left count={b.left} />
      </div>
    </>
  )
}

function Head({ run, onJump }: { run: BranchRun; onJump: (messageId: string) => void }) {
  const t = useTranslations("branches")
  return (
    <div className="sticky -top-1 z-10 flex min-w-0 flex-wrap items-center gap-2 border-b bg-popover py-2">
      <h3 dir="auto" className="min-w-0 flex-1 basis-24 truncate font-medium text-[0.875rem]">
        {run.title || t(run.role === "user" ? "question" : "answer")}
      </h3>
      <Button size="sm" onClick={() => onJump(run.last)} aria-label={t("goTo", { title: run.title })}>
        {t("go")}
      </Button>
    </div>
  )
}

interface PairProps {
  one: ComparedMessage | undefined
  other: ComparedMessage | undefined
  /** True for the first pair: only there a missing message is stated. */
  first: boolean
}

/** Texts with less than this in common are shown without a diff, which would mark all of them. */
const MIN_COMMON = 0.25

function Pair({ one, other, first }: PairProps) {
  const comparable = one && other && one.role === other.role
  const pieces = useDifference(comparable ? one.text : "", comparable ? other.text : "")
  const marks = comparable && pieces && isAlike(pieces) ? pieces : null
  return (
    <>
      <Side message={one} first={first} pieces={marks?.filter(({ added }) => !added) ?? null} />
      <Side message={other} first={first} pieces={marks?.filter(({ removed }) => !removed) ?? null} />
    </>
  )
}

function isAlike(pieces: Piece[]): boolean {
  const length = (of: Piece[]) => of.reduce((sum, { value }) => sum + value.length, 0)
  return length(pieces.filter(({ added, removed }) => !added && !removed)) >= MIN_COMMON * length(pieces)
}

function Side({
  message,
  first,
  pieces,
}: {
  message: ComparedMessage | undefined
  first: boolean
  pieces: Piece[] | null
}) {
  const t = useTranslations("branches")
  const { modelName } = useMessageContext()
  if (!message) return <div className="text-[0.8125rem] text-muted-foreground">{first && t("nothing")}</div>
  const { role, model, text } = message
  return (
    <article
      className={role === "user" ? "min-w-0 rounded-lg bg-muted px-3 py-2" : "min-w-0 rounded-lg border px-3 py-2"}
    >
      <p className="mb-1 text-[0.78125rem] text-muted-foreground">
        {role === "user" ? t("you") : model ? modelName(model) : t("answer")}
      </p>
      <p dir="auto" className="wrap-anywhere whitespace-pre-wrap text-[0.84375rem] leading-relaxed">
        {pieces ? <Pieces pieces={pieces} /> : text}
        {message.cut && "…"}
      </p>
    </article>
  )
}

function Left({ count }: { count: number }) {
  const t = useTranslations("branches")
  return <p className="text-[0.8125rem] text-muted-foreground">{count > 0 && t("more", { count })}</p>
}
