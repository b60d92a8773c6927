"use client"

import { ChevronDown, Ellipsis, Pencil, RotateCcw } from "lucide-react"
import { useTranslations } from "next-intl"
import { type RefObject, useRef } from "react"
import { filesOf, textOf, textToCopy } from "@/components/base/message-content"
import { type RowItem, useRowItems } from "@/components/message/actions/use-row-items"
import { VersionPager } from "@/components/message/actions/version-pager"
import { richHtml } from "@/components/message/markdown/text/rich-html"
import { useMessageContext } from "@/components/message/parts/message-context"
import { Receipt } from "@/components/message/receipt/receipt"
import { ReadAloud } from "@/components/speech/read-aloud"
import { CopyButton } from "@/components/ui/copy-button"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { OnDemand } from "@/components/ui/on-demand"
import { cn } from "@/lib/cn"
import type { ChatMessage } from "@/lib/messages/types"

const MessageMenu = lazyOverlay(() => import("@/components/message/actions/message-menu"))

export interface MessageActionsProps {
  message: ChatMessage
  siblings: string[] | undefined
  last: boolean
  readOnly: boolean
  /** For an answer: its question is loaded, so it can be regenerated. */
  asked?: boolean
  onEdit?: () => void
  /** Present when token probabilities are known: whether they are shown, and the toggle. */
  likely?: { shown: boolean; onToggle: () => void }
}

/**
 * The actions of a message. Versions and the model are always visible; the rest on hover or focus, except on the newest
 * answer and on touch screens, where they always are. Their space is reserved, so nothing moves when they appear.
 */
export function MessageActions(props: MessageActionsProps) {
  const { message, siblings, last, readOnly } = props
  const { handlers } = useMessageContext()
  const row = useRef<HTMLDivElement>(null)
  const answer = message.role === "assistant"
  const pager = !readOnly && handlers && siblings && siblings.length > 1 && (
    <VersionPager current={message.id} ids={siblings} />
  )
  return (
    <div
      ref={row}
      data-row
      className={cn(
        "mt-1 flex h-8 items-center print:hidden pointer-coarse:h-11 gap-1 text-muted-foreground pointer-coarse:[&_button]:min-h-11 pointer-coarse:[&_button]:min-w-11",
        answer ? "-ms-2" : "-me-2",
      )}
    >
      {answer && pager}
      <div
        className={cn(
          "flex items-center gap-0.5 transition-opacity",
          !(last && answer) &&
            "focus-within:opacity-100 group-hover/message:opacity-100 has-data-[state=open]:opacity-100 [@media(hover:hover)]:opacity-0",
          "group-focus-within/message:opacity-100",
        )}
      >
        <Buttons {...props} row={row} />
      </div>
      {!answer && pager}
      {answer && <Receipt message={message} />}
    </div>
  )
}

interface ButtonsProps extends MessageActionsProps {
  row: RefObject<HTMLDivElement | null>
}

function Buttons(props: ButtonsProps) {
  const { message, readOnly, onEdit, row } = props
  const t = useTranslations("message")
  const { handlers, busy } = useMessageContext()
  const article = () => row.current?.closest<HTMLElement>("article") ?? null
  const items = useRowItems(props, article)
  const wide = items.filter((item) => item.where === "wide")
  const answer = message.role === "assistant"
  const spoken = textOf(message) !== ""
  const asWritten = answer && spoken && !message.metadata?.output
  return (
    <>
      {(spoken || filesOf(message).length > 0) && (
        <CopyButton
          text={() => textToCopy(message)}
          html={() => (asWritten ? richHtml(article()) : undefined)}
          label={t("copy")}
        />
      )}
      {asWritten && (
        <span className="contents max-sm:hidden">
          <ReadAloud id={message.id} text={() => textOf(message)} />
        </span>
      )}
      {!readOnly && handlers && onEdit && (
        <IconButton data-edit label={t("edit")} disabled={busy} onClick={onEdit}>
          <Pencil className="size-4" />
        </IconButton>
      )}
      {!readOnly && <Again {...props} />}
      {wide.map(({ key, label, icon: Icon, pressed, run }) => (
        <IconButton key={key} label={label} aria-pressed={pressed} onClick={run} className="max-sm:hidden">
          <Icon className="size-4" />
        </IconButton>
      ))}
      {items.length > 0 && <More items={items} />}
    </>
  )
}

/** Regenerates with the same model immediately, or with one chosen from a menu. */
function Again({ message, asked = true }: MessageActionsProps) {
  const t = useTranslations("message")
  const { handlers, busy, tools } = useMessageContext()
  if (!handlers || message.role !== "assistant" || !asked || message.metadata?.status === "failed") return null
  const trigger = (
    <IconButton label={t("againWith")} disabled={busy} className="w-6 max-sm:hidden">
      <ChevronDown className="size-3.5" />
    </IconButton>
  )
  return (
    <>
      <IconButton label={t("regenerate")} disabled={busy} onClick={() => handlers.regenerate(message.id)}>
        <RotateCcw className="size-4" />
      </IconButton>
      {tools && !message.metadata?.blind && <tools.TryAgain message={message} trigger={trigger} />}
    </>
  )
}

function More({ items }: { items: RowItem[] }) {
  const t = useTranslations("message")
  const trigger = (
    <IconButton label={t("more")}>
      <Ellipsis className="size-4" />
    </IconButton>
  )
  return (
    <OnDemand trigger={trigger}>
      <MessageMenu trigger={trigger} items={items} />
    </OnDemand>
  )
}
