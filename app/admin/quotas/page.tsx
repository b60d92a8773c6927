import { getTranslations } from "next-intl/server"
import { Group, PageHead } from "@/components/admin/admin-frame"
import { DefaultQuotas, Rates } from "@/components/admin/quota-forms"
import { requireAdminPage } from "@/lib/admin/page"
import { operatorSettings } from "@/lib/operator/settings"

export default async function QuotasPage() {
  await requireAdminPage("admin:quotas")
  const t = await getTranslations("admin.quotas")
  const { guestQuotas, memberQuotas, messagesPerMinute, uploadsPerMinute, searchesPerMinute } = await operatorSettings()
  const rates = { messagesPerMinute, uploadsPerMinute, searchesPerMinute }
  return (
    <>
      <PageHead title={t("title")} meaning={t("meaning")} />
      <Group title={t("members")} meaning={t("empty")}>
        <DefaultQuotas key={JSON.stringify(memberQuotas)} of="memberQuotas" quotas={memberQuotas} />
      </Group>
      <Group title={t("guests")} meaning={t("empty")}>
        <DefaultQuotas key={JSON.stringify(guestQuotas)} of="guestQuotas" quotas={guestQuotas} />
      </Group>
      <Group title={t("rates")} meaning={t("ratesMeaning")}>
        <Rates key={JSON.stringify(rates)} rates={rates} />
      </Group>
    </>
  )
}
