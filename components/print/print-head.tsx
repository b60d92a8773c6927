"use client"

import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import { usePrinting } from "@/components/print/printing"

interface Props {
  title: string
  /** Names of the models that answered. */
  models: string[]
  /** Number of messages not loaded: the browser's own print menu can't wait for them. */
  missing: number
}

/** The header of the first printed page. */
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
