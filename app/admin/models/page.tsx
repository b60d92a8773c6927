import { getTranslations } from "next-intl/server"
import { PageHead } from "@/components/admin/admin-frame"
import { ModelOffers } from "@/components/admin/model-offers"
import { modelOffers } from "@/lib/admin/models"
import { requireAdminPage } from "@/lib/admin/page"

export default async function Models() {
  await requireAdminPage("admin:models")
  const t = await getTranslations("admin.models")
  return (
    <>
      <PageHead title={t("title")} meaning={t("meaning")} />
      <ModelOffers {...(await modelOffers())} />
    </>
  )
}
