"use client"

import { Link2, RotateCcw } from "lucide-react"
import { useTranslations } from "next-intl"
import { type Ref, useRef } from "react"
import { useListed } from "@/components/conversations/store"
import { DownloadRow } from "@/components/share/download-row"
import { LinkRow } from "@/components/share/link-row"
import { ReachNotice } from "@/components/share/reach-notice"
import { type Links, useLinks } from "@/components/share/use-links"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { Spinner } from "@/components/ui/spinner"

interface Props {
  conversationId: string
  /** The message with which what is shared ends; else all of it. */
  upTo?: string
  onClose: () => void
}

/** Makes, lists and revokes the links to a conversation. */
export function ShareDialog({ conversationId, upTo, onClose }: Props) {
  const t = useTranslations("share")
  const { links, busy, error, done, fresh, copied, load, create, revoke } = useLinks(conversationId, upTo)
  const answering = useListed(conversationId)?.running ?? false
  const createButton = useRef<HTMLButtonElement>(null)
  const revokeAndStay = async (id: string) => {
    // What has the focus goes with the link.
    createButton.current?.focus()
    await revoke(id)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title")}
      description={t(upTo ? "meaningUpTo" : "meaning")}
    >
      <ReachNotice origin={links?.[0]?.origin ?? null} />
      {answering && <p className="mb-3 text-muted-foreground text-sm">{t("answering")}</p>}
      {error && (
        <p role="alert" className="mb-3 rounded-md bg-danger-soft px-3 py-2 text-danger text-sm">
          {error}
        </p>
      )}
      {links && links.length > 0 && (
        <ul aria-label={t("links")} className="-mx-1 mb-4 max-h-72 space-y-2 overflow-y-auto p-1">
          {links.map((link) => (
            <LinkRow
              key={link.id}
              link={link}
              fresh={link.id === fresh}
              copied={copied && link.id === fresh}
              onRevoke={() => void revokeAndStay(link.id)}
            />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <MainButton ref={createButton} {...{ links, busy, load, create }} />
        <p role="status" className="text-muted-foreground text-sm">
          {done}
        </p>
      </div>
      <DownloadRow conversationId={conversationId} />
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
