"use client"

import { useFormatter, useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { useReaderTime } from "@/components/base/reader-time"
import { fetchQuotaUsage } from "@/components/base/usage-api"
import { SettingRow } from "@/components/settings/setting-row"
import type { QuotaUsage } from "@/lib/quota/quotas"

/** The user's usage against their quotas; renders nothing until known. */
export function UsageRows() {
  const t = useTranslations("use")
  const format = useFormatter()
  const on = useReaderTime()
  const use = useUse()
  if (!use) return null
  const { answers, spentUsd, storedBytes, limits, nextDay, nextMonth } = use
  const money = (amount: number) => format.number(amount, { style: "currency", currency: "USD" })
  const size = (bytes: number) =>
    format.number(bytes / 1_000_000, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 })
  const of = (used: string, limit: string | null) => (limit === null ? used : t("of", { used, limit }))
  const { answersPerDay, spendPerMonthUsd, storageMb } = limits
  return (
    <>
      <SettingRow
        label={t("answers")}
        meaning={answersPerDay === null ? undefined : t("renewed", { at: on(nextDay, true) })}
      >
        <Figure>{of(format.number(answers), answersPerDay === null ? null : format.number(answersPerDay))}</Figure>
      </SettingRow>
      <SettingRow
        label={t("spent")}
        meaning={spendPerMonthUsd === null ? undefined : t("renewed", { at: on(nextMonth, true) })}
      >
        <Figure>{of(money(spentUsd), spendPerMonthUsd === null ? null : money(spendPerMonthUsd))}</Figure>
      </SettingRow>
      <SettingRow label={t("storage")}>
        <Figure>{of(size(storedBytes), storageMb === null ? null : size(storageMb * 1_000_000))}</Figure>
      </SettingRow>
    </>
  )
}

function Figure({ children }: { children: string }) {
  return <span className="text-sm tabular-nums">{children}</span>
}

function useUse(): QuotaUsage | null {
  const [use, setUse] = useState<QuotaUsage | null>(null)
  useEffect(() => {
    let left = false
    fetchQuotaUsage().then(
      (read) => left || setUse(read),
      () => undefined,
    )
    return () => {
      left = true
    }
  }, [])
  return use
}
