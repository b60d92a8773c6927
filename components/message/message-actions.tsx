"use client"

import { ChartNoAxesColumn, ChevronLeft, ChevronRight, Link2, Pencil, RotateCcw } from "lucide-react"
import { useTranslations } from "next-intl"
import { copiedText, filesOf, textOf } from "@/components/base/message-content"
import { pageCommand } from "@/components/base/page-commands"
import { useMessageContext } from "@/components/message/parts/message-context"
import { Receipt } from "@/components/message/receipt/receipt"
import { ReadAloud } from "@/components/speech/read-aloud"
import { Button } from "@/components/ui/button"
import { CopyButton } from "@/components/ui/copy-button"
import { IconButton } from "@/components/ui/icon-button"
import { cn } from "@/lib/cn"
import type { ChatMessage } from "@/lib/messages/types"

interface Props {
  message: ChatMessage
  siblings: string[] | undefined
  last: boolean
  readOnly: boolean
  onEdit?: () => void
  /** How likely its words were is known: whether that is shown, and the way there and back. */
  likely?: { shown: boolean; onToggle: () => void }
}

/** What can be done with a message. Its room is always kept, so that nothing moves when it appears. */
export function MessageActions({ message, siblings, last, readOnly, onEdit, likely }: Props) {
  const t = useTranslations("message")
  const { handlers, busy, linkTo } = useMessageContext()
  const answer = message.role === "assistant"
  const canAct = !readOnly && handlers !== null
  return (
    <div
      className={cn(
        "mt-1 flex h-8 items-center print:hidden pointer-coarse:h-10 gap-0.5 text-muted-foreground transition-opacity",
        answer ? "-ms-2" : "-me-2",
        !(last && answer) && "focus-within:opacity-100 group-hover/message:opacity-100 [@media(hover:hover)]:opacity-0",
        "group-hover/message:opacity-100 group-focus-within/message:opacity-100",
      )}
    >
      {canAct && siblings && siblings.length > 1 && <SiblingPager current={message.id} ids={siblings} />}
      {(textOf(message) !== "" || filesOf(message).length > 0) && (
        <CopyButton text={() => copiedText(message)} label={t("copy")} />
      )}
      {answer && textOf(message) !== "" && !message.metadata?.output && (
        <ReadAloud id={message.id} text={() => textOf(message)} />
      )}
      {linkTo && <CopyButton text={() => linkTo(message.id)} label={t("copyLink")} icon={Link2} />}
      {canAct && onEdit && (
        <IconButton data-edit label={t("edit")} disabled={busy} onClick={onEdit}>
          <Pencil className="size-4" />
        </IconButton>
      )}
      {canAct && answer && message.metadata?.status !== "failed" && (
        <IconButton label={t("regenerate")} disabled={busy} onClick={() => handlers.regenerate(message.id)}>
          <RotateCcw className="size-4" />
        </IconButton>
      )}
      {likely && (
        <IconButton label={t("likely")} aria-pressed={likely.shown} onClick={likely.onToggle}>
          <ChartNoAxesColumn className="size-4" />
        </IconButton>
      )}
      {answer && <Receipt message={message} />}
    </div>
  )
}

/** `2 / 3` with the way to the alternatives before and after. */
function SiblingPager({ current, ids }: { current: string; ids: string[] }) {
  const t = useTranslations("message")
  const { handlers, busy } = useMessageContext()
  const index = ids.indexOf(current)
  const previous = ids[index - 1]
  const next = ids[index + 1]
  return (
    <fieldset data-pager className="flex items-center" aria-label={t("versions")}>
      <IconButton
        label={t("previous")}
        disabled={busy || !previous}
        onClick={() => previous && handlers?.selectSibling(previous)}
      >
        <ChevronLeft className="size-4 rtl:-scale-x-100" />
      </IconButton>
      <Button
        variant="ghost"
        size="sm"
        title={t("allVersions")}
        aria-haspopup="dialog"
        className="min-w-9 px-1 font-normal tabular-nums"
        onClick={() => pageCommand("branches")?.()}
      >
        {index + 1} / {ids.length}
      </Button>
      <IconButton label={t("next")} disabled={busy || !next} onClick={() => next && handlers?.selectSibling(next)}>
        <ChevronRight className="size-4 rtl:-scale-x-100" />
      </IconButton>
    </fieldset>
  )
}
