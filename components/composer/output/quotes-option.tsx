"use client"

import { useTranslations } from "next-intl"
import type { OutputRequest } from "@/lib/messages/types"

interface Props {
  output: OutputRequest | null
  onChange: (output: OutputRequest | null) => void
}

/** Requests the source quote for each value. */
export function QuotesOption({ output, onChange }: Props) {
  const t = useTranslations("output.quotes")
  if (!output) return null
  return (
    <label className="mt-4 flex cursor-pointer items-start gap-2.5 rounded-lg border px-3 py-2.5 text-sm">
      <input
        type="checkbox"
        checked={output.quotes === true}
        onChange={(event) => onChange({ ...output, quotes: event.currentTarget.checked || undefined })}
        className="mt-1 accent-spark"
      />
      <span>
        <span className="block font-medium leading-5">{t("title")}</span>
        <span className="block text-[0.8125rem] text-muted-foreground leading-5">{t("meaning")}</span>
      </span>
    </label>
  )
}

/** Changes the format and keeps the quotes option. */
export const preservingQuotes =
  ({ output, onChange }: Props) =>
  (next: OutputRequest | null) =>
    onChange(next && output?.quotes ? { ...next, quotes: true } : next)
