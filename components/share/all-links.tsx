"use client"

import { RotateCcw } from "lucide-react"
import { useTranslations } from "next-intl"
import { useRef } from "react"
import { askedShare } from "@/components/base/asked-share"
import { LinkRow } from "@/components/share/link-row"
import { useLinks } from "@/components/share/use-links"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"

/** All of the user's share links, to copy and revoke. */
export function AllLinks() {
  const t = useTranslations("share")
  const common = useTranslations("common")
  const { links, busy, error, done, load, revoke } = useLinks(null)
  const heading = useRef<HTMLHeadingElement>(null)
  return (
    <section aria-label={t("all")} className="border-b py-3 last:border-0">
      <h4 ref={heading} tabIndex={-1} className="text-sm outline-hidden">
        {t("all")}
      </h4>
      {error && (
        <p role="alert" className="mt-2 rounded-md bg-danger-soft px-3 py-2 text-danger text-sm">
          {error}
        </p>
      )}
      {!links && busy && (
        <p className="mt-1 flex items-center gap-2 text-[0.8125rem] text-muted-foreground">
          <Spinner /> {t("looking")}
        </p>
      )}
      {!links && !busy && (
        <Button size="sm" className="mt-2" onClick={() => void load()}>
          <RotateCcw className="size-4" aria-hidden /> {common("tryAgain")}
        </Button>
      )}
      {links?.length === 0 && <p className="mt-0.5 text-[0.8125rem] text-muted-foreground">{t("noLinks")}</p>}
      {links && links.length > 0 && (
        <ul className="mt-2 space-y-2">
          {links.map((link) => (
            <LinkRow
              key={link.id}
              link={link}
              titled
              onEdit={() => askedShare.set(link.conversationId)}
              onRevoke={() => {
                // The focused element disappears with the link.
                heading.current?.focus()
                void revoke(link.id)
              }}
            />
          ))}
        </ul>
      )}
      <p role="status" className="sr-only">
        {done}
      </p>
    </section>
  )
}
