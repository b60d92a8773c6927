"use client"

import { useTranslations } from "next-intl"
import { NumberSettingsForm } from "@/components/admin/number-settings-form"
import { api } from "@/components/base/api"
import type { OperatorSettings, Quotas } from "@/lib/operator/settings"

const NAMES = ["answersPerDay", "spendPerMonthUsd", "storageMb"] as const

/** The default quotas for each kind of user. */
export function DefaultQuotas({ of, quotas }: { of: "guestQuotas" | "memberQuotas"; quotas: Quotas }) {
  const t = useTranslations("admin.quotas")
  return (
    <NumberSettingsForm
      figures={NAMES.map((name) => ({
        ...{ name, label: t(name), value: quotas[name], min: 0, empty: t("noLimit") },
        whole: name !== "spendPerMonthUsd",
      }))}
      onSave={(values) => api("/api/admin/settings", { method: "PATCH", body: { [of]: values } })}
    />
  )
}

const RATES = ["messagesPerMinute", "uploadsPerMinute", "searchesPerMinute"] as const

/** Rate limits for actions that cost money. */
export function Rates({ rates }: { rates: Pick<OperatorSettings, (typeof RATES)[number]> }) {
  const t = useTranslations("admin.quotas")
  return (
    <NumberSettingsForm
      figures={RATES.map((name) => ({ name, label: t(name), value: rates[name], min: 1, whole: true }))}
      onSave={(values) => api("/api/admin/settings", { method: "PATCH", body: values })}
    />
  )
}
