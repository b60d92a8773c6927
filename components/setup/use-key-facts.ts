"use client"

import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import type { KeptKey } from "@/lib/setup/types"

/** Models named; the others are counted. */
const MAX_NAMED = 3
const BUDGET = "monthly-spend-usd"

/** What a newly added key gives access to, and what remains of the account's limits: a sentence each. */
export function useKeyFacts(kept: KeptKey | null): string[] {
  const t = useTranslations("setup")
  const locale = useFormatLocale()
  if (!kept) return []
  const usd = (amount: number) => amount.toLocaleString(locale, { style: "currency", currency: "USD" })
  const plain = (amount: number) => amount.toLocaleString(locale, { maximumFractionDigits: 2 })
  const names = kept.models.slice(0, MAX_NAMED).join(", ")
  const rest = kept.models.length - MAX_NAMED
  const models = rest > 0 ? t("modelsMore", { names, rest }) : t("models", { names })
  return [
    ...(kept.models.length > 0 ? [models] : []),
    ...kept.quotas.map(({ name, left, of }) =>
      name === BUDGET
        ? t("budget", { left: usd(left), of: usd(of) })
        : t("quota", { name, left: plain(left), of: plain(of) }),
    ),
  ]
}
