"use client"

import { useTranslations } from "next-intl"

/** Keywords that stay in the schema but have no form control. */
export function UnsupportedKeywords({ keywords }: { keywords: string[] }) {
  const t = useTranslations("schemas.form")
  if (keywords.length === 0) return null
  return (
    <p className="text-[0.8125rem] text-muted-foreground leading-5">
      {t("unshown", { keywords: keywords.join(", "), count: keywords.length })}
    </p>
  )
}
