"use client"

import { useLocale, useTranslations } from "next-intl"
import type { Omission } from "@/lib/ai/refusals/told"

/** What was left out of the request to the model. */
export function OmittedNote({ what, name = "", count = 1 }: Omission) {
  const t = useTranslations("message.leftOut")
  return <p className="text-[0.84375rem] text-muted-foreground">{t(what, { name, count })}</p>
}

/** Servers whose tools were unavailable for this answer. */
export function UnavailableServersNote({ servers }: { servers: string[] }) {
  const t = useTranslations("message")
  const list = new Intl.ListFormat(useLocale(), { type: "conjunction" }).format(servers)
  return <p className="text-[0.84375rem] text-muted-foreground">{t("away", { count: servers.length, list })}</p>
}
