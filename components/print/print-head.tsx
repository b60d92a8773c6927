"use client"

import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import { usePrinting } from "@/components/print/printing"

interface Props {
  title: string
  /** Names of who answered. */
  models: string[]
  /** Messages that are not here: the browser's own menu can't wait for them. */
  missing: number
}

/** What stands on top of the first sheet. */
export function PrintHead({ title, models, missing }: Props) {
  const t = useTranslations("print")
  const locale = useFormatLocale()
  if (!usePrinting()) return null
  const date = new Date().toLocaleDateString(locale, { dateStyle: "long" })
  return (
    <div className="print-head hidden print:block">
      <h1>{title}</h1>
      <p>{[date, ...models, "Sparkler"].join(" · ")}</p>
      {missing > 0 && <p>{t("missing", { count: missing })}</p>}
    </div>
  )
}
