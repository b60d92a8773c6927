"use client"

import { Link2, RotateCcw } from "lucide-react"
import { useTranslations } from "next-intl"
import { useRef, useState } from "react"
import { useListedConversation } from "@/components/conversations/store"
import { Check } from "@/components/share/compose/check"
import { Choices } from "@/components/share/compose/choices"
import { DifferenceNote } from "@/components/share/compose/difference-note"
import { Preview } from "@/components/share/compose/preview"
import { changeLink, createLink } from "@/components/share/compose/share-links"
import { type Compose, useCompose } from "@/components/share/compose/use-compose"
import { DownloadRow } from "@/components/share/download-row"
import { LinkRow } from "@/components/share/link-row"
import { ReachNotice } from "@/components/share/reach-notice"
import { type Links, useLinks } from "@/components/share/use-links"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { Spinner } from "@/components/ui/spinner"
import { PASSCODE } from "@/lib/share/options"
import type { ShareInfo } from "@/lib/share/types"

interface Props {
  conversationId: string
  /** The last message to share; all by default. */
  upTo?: string
  onClose: () => void
}

/** Creates, edits, lists and revokes the links to a conversation, with a preview of their content. */
export default function ShareDialog(props: Props) {
  const [link, setLink] = useState<ShareInfo | null>(null)
  const links = useLinks(props.conversationId)
  return <Composing key={link?.id ?? ""} {...props} links={links} link={link} onLink={setLink} />
}

interface ComposingProps extends Props {
  links: Links
  /** The link being edited; null: a new one is created. */
  link: ShareInfo | null
  onLink: (link: ShareInfo | null) => void
}

function Composing({ conversationId, upTo, onClose, links, link, onLink }: ComposingProps) {
  const t = useTranslations("share")
  const [whole, setWhole] = useState(false)
  const [kept, setKept] = useState(false)
  const end = whole ? undefined : link ? (link.upTo ?? undefined) : upTo
  const compose = useCompose({ conversationId, upTo: end, link })
  const answering = useListedConversation(conversationId)?.running ?? false
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(link ? "changeTitle" : "title")}
      description={t(end ? "meaningUpTo" : "meaning")}
      className="w-[min(94vw,74rem)] md:h-[min(85dvh,56rem)]"
      bodyClassName="grid p-0 pt-0 pb-0 px-0 max-md:block md:grid-cols-[23rem_minmax(0,1fr)] md:overflow-hidden"
      footer={<Footer {...{ conversationId, compose, links, link, onLink, kept }} end={end} />}
    >
      <div className="min-h-0 px-5 pt-2 pb-5 md:overflow-y-auto md:overscroll-contain">
        {!link && <ReachNotice origin={links.links?.[0]?.origin ?? null} />}
        {answering && <p className="mb-3 text-muted-foreground text-sm">{t("answering")}</p>}
        {links.error && (
          <p role="alert" className="mb-3 rounded-md bg-danger-soft px-3 py-2 text-danger text-sm">
            {links.error}
          </p>
        )}
        {!link && <Existing links={links} onEdit={onLink} />}
        {link && compose.difference && <DifferenceNote difference={compose.difference} kept={kept} onKeep={setKept} />}
        {(link ? link.upTo : upTo) && (
          <Check label={t("onlyUpTo")} checked={!whole} onChange={(only) => setWhole(!only)} />
        )}
        <Choices compose={compose} link={link} kept={kept} />
        {!link && <DownloadRow conversationId={conversationId} />}
      </div>
      <Preview compose={compose} link={link} kept={kept} />
    </Dialog>
  )
}

function Existing({
  links: { links, fresh, copied, revoke },
  onEdit,
}: {
  links: Links
  onEdit: (link: ShareInfo) => void
}) {
  const t = useTranslations("share")
  const heading = useRef<HTMLHeadingElement>(null)
  if (!links || links.length === 0) return null
  return (
    <section className="mb-5 border-b pb-4">
      <h3 ref={heading} tabIndex={-1} className="mb-2 font-medium text-sm outline-hidden">
        {t("links")}
      </h3>
      <ul aria-label={t("links")} className="-mx-1 max-h-80 space-y-2 overflow-y-auto p-1">
        {links.map((link) => (
          <LinkRow
            key={link.id}
            link={link}
            fresh={link.id === fresh}
            copied={copied && link.id === fresh}
            onEdit={() => onEdit(link)}
            onRevoke={() => {
              // The focused element disappears with the link.
              heading.current?.focus()
              void revoke(link.id)
            }}
          />
        ))}
      </ul>
    </section>
  )
}

interface FooterProps extends Pick<ComposingProps, "conversationId" | "links" | "link" | "onLink"> {
  compose: Compose
  kept: boolean
  end: string | undefined
}

/** Creates or updates the link, once its content has been previewed. */
function Footer({ conversationId, compose, links, link, onLink, kept, end }: FooterProps) {
  const t = useTranslations("share")
  const common = useTranslations("common")
  const { passcode, inside, people } = compose.terms
  const ready =
    !links.busy &&
    links.links !== null &&
    compose.preview !== null &&
    !(typeof passcode === "string" && passcode.length < PASSCODE.least) &&
    !(inside && !link && people.length === 0)
  const create = async () => {
    if (!(await links.add(createLink(conversationId, compose.newLink(), end)))) return compose.again()
    // They belong to this link alone.
    compose.setTerms({ people: [], passcode: undefined })
  }
  const save = async (changed: ShareInfo) => {
    const done = await links.change(changeLink(changed.id, compose.change(!kept, end ?? null)))
    if (done) onLink(null)
    else compose.again()
  }
  return (
    <>
      <p role="status" className="me-auto text-muted-foreground text-sm">
        {links.done}
      </p>
      {links.links === null && links.busy && <Spinner />}
      {links.links === null && !links.busy && (
        <Button onClick={() => void links.load()}>
          <RotateCcw className="size-4" aria-hidden /> {common("tryAgain")}
        </Button>
      )}
      {link && <Button onClick={() => onLink(null)}>{common("cancel")}</Button>}
      {/* Not disabled while busy, which would lose focus. */}
      <Button variant="primary" aria-disabled={!ready} onClick={() => ready && void (link ? save(link) : create())}>
        <Link2 className="size-4" aria-hidden />
        {link ? t(kept ? "saveLink" : "updateLink") : t(links.links?.length ? "createNew" : "create")}
      </Button>
    </>
  )
}
