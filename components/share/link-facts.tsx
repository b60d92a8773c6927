"use client"

import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import { serverClock } from "@/components/base/server-clock"
import type { ShareInfo } from "@/lib/share/types"

/** How a link can be opened, and how often it was. */
export function LinkFacts({ link: { views, expiresAt, updatedAt, passcode, listed, inside } }: { link: ShareInfo }) {
  const t = useTranslations("share.facts")
  const locale = useFormatLocale()
  const day = (at: string) => new Date(at).toLocaleDateString(locale, { dateStyle: "medium" })
  const expired = expiresAt !== null && Date.parse(expiresAt) <= serverClock.now()
  return (
    <ul className="flex flex-wrap gap-x-2 [&>li:not(:first-child)]:before:me-2 [&>li:not(:first-child)]:before:content-['·']">
      <li>{t("views", { count: views })}</li>
      {inside && <li>{t("inside")}</li>}
      {updatedAt && <li>{t("updated", { date: day(updatedAt) })}</li>}
      {expiresAt && (
        <li className={expired ? "text-danger" : undefined}>
          {t(expired ? "expired" : "expires", { date: day(expiresAt) })}
        </li>
      )}
      {passcode && <li>{t("passcode")}</li>}
      {listed && <li>{t("listed")}</li>}
    </ul>
  )
}
