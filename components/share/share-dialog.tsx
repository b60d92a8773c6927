"use client"

import { Link2, RotateCcw, Trash2 } from "lucide-react"
import { useTranslations } from "next-intl"
import { type Ref, useRef, useState } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { useListed } from "@/components/conversations/store"
import { type Links, useLinks } from "@/components/share/use-links"
import { Button } from "@/components/ui/button"
import { CopyButton } from "@/components/ui/copy-button"
import { Dialog } from "@/components/ui/dialog"
import { IconButton } from "@/components/ui/icon-button"
import { Spinner } from "@/components/ui/spinner"
import type { ShareInfo } from "@/lib/share/types"

const addressOf = ({ path }: ShareInfo) => new URL(path, window.location.origin).href

/** Makes, lists and revokes the links to a conversation. */
export function ShareDialog({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const t = useTranslations("share")
  const { links, busy, error, done, fresh, load, create, revoke } = useLinks(conversationId)
  const answering = useListed(conversationId)?.running ?? false
  const createButton = useRef<HTMLButtonElement>(null)
  const revokeAndStay = async (id: string) => {
    // What has the focus goes with the link.
    createButton.current?.focus()
    await revoke(id)
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("title")} description={t("meaning")}>
      {answering && <p className="mb-3 text-muted-foreground text-sm">{t("answering")}</p>}
      {error && (
        <p role="alert" className="mb-3 rounded-md bg-danger-soft px-3 py-2 text-danger text-sm">
          {error}
        </p>
      )}
      {links && links.length > 0 && (
        <ul aria-label={t("links")} className="-mx-1 mb-4 max-h-72 space-y-2 overflow-y-auto p-1">
          {links.map((link) => (
            <LinkRow key={link.id} link={link} fresh={link.id === fresh} onRevoke={() => void revokeAndStay(link.id)} />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <MainButton ref={createButton} {...{ links, busy, load, create }} />
        <p role="status" className="text-muted-foreground text-sm">
          {done}
        </p>
      </div>
    </Dialog>
  )
}

interface MainButtonProps extends Pick<Links, "links" | "busy" | "load" | "create"> {
  ref: Ref<HTMLButtonElement>
}

/** Creates a link, once the links that there are have been told. */
function MainButton({ ref, links, busy, load, create }: MainButtonProps) {
  const common = useTranslations("common")
  const t = useTranslations("share")
  if (links === null && busy)
    return (
      <p className="flex h-9 items-center gap-2 text-muted-foreground text-sm">
        <Spinner /> {t("looking")}
      </p>
    )
  if (links === null)
    return (
      <Button onClick={() => void load()}>
        <RotateCcw className="size-4" aria-hidden /> {common("tryAgain")}
      </Button>
    )
  const first = links.length === 0
  return (
    // Not disabled while busy: that would take the focus away.
    <Button
      ref={ref}
      variant={first ? "primary" : "outline"}
      aria-disabled={busy}
      onClick={() => !busy && void create()}
    >
      <Link2 className="size-4" aria-hidden /> {t(first ? "create" : "createNew")}
    </Button>
  )
}

function LinkRow({ link, fresh, onRevoke }: { link: ShareInfo; fresh: boolean; onRevoke: () => void }) {
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
      {/* On a phone the address has a line of its own. */}
      <div className="flex flex-wrap items-center gap-1">
        <input
          ref={field}
          readOnly
          // biome-ignore lint/a11y/noAutofocus: the person has just asked for this link, and will copy it
          autoFocus={fresh}
          aria-label={t("link")}
          value={addressOf(link)}
          // From its end to its beginning, which is what shows then.
          onFocus={({ currentTarget: input }) => input.setSelectionRange(0, input.value.length, "backward")}
          className="min-w-0 flex-1 truncate rounded-sm bg-transparent font-mono text-[12.5px] max-sm:min-h-8 max-sm:basis-full"
        />
        <CopyButton text={() => addressOf(link)} label={t("copy")} className="max-sm:order-1" />
        <IconButton
          ref={trash}
          variant="danger"
          label={t("revoke")}
          className="max-sm:order-1"
          onClick={() => setAsking(true)}
        >
          <Trash2 className="size-4" />
        </IconButton>
        <p className="basis-full text-muted-foreground text-xs max-sm:flex-1">
          {t.rich("made", { date, time: (text) => <time dateTime={link.createdAt}>{text}</time> })}
        </p>
      </div>
      {asking && (
        <div className="mt-2 flex flex-wrap items-center gap-2 border-t pt-2 text-sm">
          <span className="me-auto max-sm:basis-full">{t("ask")}</span>
          <Button size="sm" autoFocus className="max-sm:flex-1" onClick={keep}>
            {t("keep")}
          </Button>
          <Button size="sm" variant="danger" className="border max-sm:flex-1" onClick={onRevoke}>
            {t("doRevoke")}
          </Button>
        </div>
      )}
    </li>
  )
}
