"use client"

import { Pencil, Trash2 } from "lucide-react"
import { useTranslations } from "next-intl"
import { useRef, useState } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { addressOf } from "@/components/share/compose/share-links"
import { LinkFacts } from "@/components/share/link-facts"
import { LinkPeople } from "@/components/share/link-people"
import { Button } from "@/components/ui/button"
import { CopyButton } from "@/components/ui/copy-button"
import { IconButton } from "@/components/ui/icon-button"
import type { ShareInfo } from "@/lib/share/types"

interface Props {
  link: ShareInfo
  /** It was just created. */
  fresh?: boolean
  /** It is already on the clipboard. */
  copied?: boolean
  /** Shows the title of its chat. */
  titled?: boolean
  onEdit: () => void
  onRevoke: () => void
}

/** A link, to copy, edit, and revoke after confirmation. */
export function LinkRow({ link, fresh, copied, titled, onEdit, onRevoke }: Props) {
  const t = useTranslations("share")
  const [asking, setAsking] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const trash = useRef<HTMLButtonElement>(null)
  const date = new Date(link.createdAt).toLocaleString(useFormatLocale(), { dateStyle: "medium", timeStyle: "short" })
  const keep = () => {
    setAsking(false)
    trash.current?.focus()
  }
  return (
    <li className="rounded-lg border p-2.5">
      {titled && <p className="wrap-anywhere mb-0.5 line-clamp-2 font-medium text-sm">{link.title}</p>}
      {/* On a phone the URL is on a separate line. */}
      <div className="flex flex-wrap items-center gap-1">
        <input
          ref={field}
          readOnly
          // biome-ignore lint/a11y/noAutofocus: the user has just created this link and will copy it
          autoFocus={fresh}
          aria-label={titled ? t("linkTo", { title: link.title }) : t("link")}
          value={addressOf(link)}
          // Selects backward, so that the start of the URL stays visible.
          onFocus={({ currentTarget: input }) => input.setSelectionRange(0, input.value.length, "backward")}
          className="min-w-0 flex-1 truncate rounded-sm bg-transparent font-mono text-[0.78125rem] max-sm:min-h-8 max-sm:basis-full"
        />
        <CopyButton
          key={`${copied}`}
          copiedNow={copied}
          text={() => addressOf(link)}
          label={t("copy")}
          className="max-sm:order-1"
        />
        <IconButton label={t("edit")} className="max-sm:order-1" onClick={onEdit}>
          <Pencil className="size-4" />
        </IconButton>
        <IconButton
          ref={trash}
          variant="danger"
          label={t("revoke")}
          className="max-sm:order-1"
          onClick={() => setAsking(true)}
        >
          <Trash2 className="size-4" />
        </IconButton>
        <div className="basis-full text-muted-foreground text-xs max-sm:flex-1">
          <p>{t.rich("made", { date, time: (text) => <time dateTime={link.createdAt}>{text}</time> })}</p>
          <LinkFacts link={link} />
        </div>
      </div>
      {link.inside && <LinkPeople link={link} />}
      {asking && <RevokeQuestion onKeep={keep} onRevoke={onRevoke} />}
    </li>
  )
}

function RevokeQuestion({ onKeep, onRevoke }: { onKeep: () => void; onRevoke: () => void }) {
  const t = useTranslations("share")
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2 border-t pt-2 text-sm">
      <span className="me-auto max-sm:basis-full">{t("ask")}</span>
      <Button size="sm" autoFocus className="max-sm:flex-1" onClick={onKeep}>
        {t("keep")}
      </Button>
      <Button size="sm" variant="danger" className="border max-sm:flex-1" onClick={onRevoke}>
        {t("doRevoke")}
      </Button>
    </div>
  )
}
