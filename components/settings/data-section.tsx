"use client"

import { useTranslations } from "next-intl"

/** Where one's chats are, and what can be done with all of them. */
export function DataSection() {
  const t = useTranslations("appSettings")
  return <p className="text-pretty py-3 text-sm leading-6">{t("whereHistory")}</p>
}
