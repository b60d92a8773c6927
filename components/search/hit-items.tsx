"use client"

import { FileText, MessageSquare, MoreHorizontal } from "lucide-react"
import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import { Marked } from "@/components/search/marked"
import { PaletteGroup, PaletteItem } from "@/components/search/palette-item"
import { Spinner } from "@/components/ui/spinner"
import { unitOf } from "@/lib/documents/types"
import type { DocumentHit, SearchHit } from "@/lib/search/types"

/** The URL of a hit, scrolled to its message; with the document page that contains it. */
export function hitPath({ conversationId, message }: SearchHit): string {
  if (!message) return `/c/${conversationId}`
  const { id, document } = message
  const opened = document ? `&document=${document.id}&page=${document.page}` : ""
  return `/c/${conversationId}?message=${id}${opened}`
}

/** Value of the “more” item. */
export const MORE = "more"

/** The unique key of a hit. */
export const hitKey = ({ conversationId, message }: SearchHit) => message?.id ?? conversationId

interface Props {
  hits: SearchHit[]
  onOpen: (path: string) => void
  /** Loads more; null: there are no more. */
  onMore: (() => void) | null
  waiting: boolean
}

/** Search results: conversations by title, then messages. */
export function HitItems({ hits, onOpen, onMore, waiting }: Props) {
  const t = useTranslations("search")
  const titles = hits.filter(({ message }) => message === null)
  const messages = hits.filter(({ message }) => message !== null)
  const item = (hit: SearchHit) => <HitItem key={hitKey(hit)} hit={hit} onSelect={() => onOpen(hitPath(hit))} />
  return (
    <>
      {titles.length > 0 && <PaletteGroup heading={t("titles")}>{titles.map(item)}</PaletteGroup>}
      {messages.length > 0 && <PaletteGroup heading={t("messages")}>{messages.map(item)}</PaletteGroup>}
      {onMore && (
        <PaletteItem value={MORE} onSelect={onMore} className="mb-2 text-muted-foreground">
          {waiting ? <Spinner /> : <MoreHorizontal />} {t("more")}
        </PaletteItem>
      )}
    </>
  )
}

function HitItem({ hit, onSelect }: { hit: SearchHit; onSelect: () => void }) {
  const t = useTranslations("search")
  const { title, message } = hit
  if (!message)
    return (
      <PaletteItem value={hitKey(hit)} onSelect={onSelect}>
        <MessageSquare aria-hidden />
        <span className="min-w-0 flex-1 truncate">
          <Marked {...title} />
        </span>
        <Day date={hit.date} />
      </PaletteItem>
    )
  return (
    <PaletteItem value={hitKey(hit)} onSelect={onSelect} className="flex-col items-stretch! gap-0.5!">
      <span className="flex items-baseline gap-2 text-muted-foreground text-xs">
        <span className="min-w-0 flex-1 truncate">
          {message.document ? <DocumentPlace {...message.document} /> : t(message.role === "user" ? "you" : "answer")} ·{" "}
          {title.text}
        </span>
        <Day date={hit.date} />
      </span>
      <span className="wrap-anywhere line-clamp-2 text-foreground/85 leading-5">
        <Marked {...message.excerpt} />
      </span>
    </PaletteItem>
  )
}

function DocumentPlace({ name, kind, page }: DocumentHit) {
  const t = useTranslations("documents")
  return (
    <>
      <FileText className="inline size-3 align-[-0.125em]" aria-hidden /> {name} ·{" "}
      {t("unit", { unit: unitOf(kind), number: page })}
    </>
  )
}

/** The date in the reader's time zone; with the year if it is a different one. */
function Day({ date }: { date: string }) {
  const locale = useFormatLocale()
  const day = new Date(date)
  const year = day.getFullYear() === new Date().getFullYear() ? undefined : "numeric"
  return (
    <time dateTime={date} className="shrink-0 text-muted-foreground text-xs tabular-nums">
      {new Intl.DateTimeFormat(locale, { month: "short", day: "numeric", year }).format(day)}
    </time>
  )
}
