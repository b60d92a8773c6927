"use client"

import { useTranslations } from "next-intl"
import { useEffect } from "react"
import { sessionEnd } from "@/components/base/session-end"
import { TextLink } from "@/components/ui/text-link"

/** Why this visitor can't chat: guests are disabled, or too many have come from one address. */
export function NoSession({ guests }: { guests: boolean }) {
  const t = useTranslations("noSession")
  const why = guests ? t("tooMany") : t("noGuests")
  useEffect(() => {
    sessionEnd.setUnbegun(why)
    return () => sessionEnd.setUnbegun(null)
  }, [why])
  return (
    <p role="alert" className="border-b bg-surface px-4 py-2.5 text-center text-sm">
      {why} <TextLink href="/sign-in">{t("signIn")}</TextLink>
    </p>
  )
}
