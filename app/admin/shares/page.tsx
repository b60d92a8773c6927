import { getTranslations } from "next-intl/server"
import { PageHead } from "@/components/admin/admin-frame"
import { FilterBar } from "@/components/admin/filter-bar"
import { LinksTable } from "@/components/admin/links-table"
import { Pager } from "@/components/admin/pager"
import { LINKS_PER_PAGE, linksPage } from "@/lib/admin/links"
import { askedFor, pageNumber, requireAdminPage } from "@/lib/admin/page"
import { LINK_ORDERS } from "@/lib/db/people/links"

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function Shares({ searchParams }: Props) {
  await requireAdminPage("admin:shares")
  const asked = await searchParams
  const t = await getTranslations("admin.shares")
  const order = LINK_ORDERS.find((one) => one === askedFor(asked, "order")) ?? "newest"
  const page = pageNumber(askedFor(asked, "page"))
  const { links, total } = await linksPage(order, page)
  const orders = LINK_ORDERS.map((value) => ({ value, label: t(`orders.${value}`) }))
  return (
    <>
      <PageHead title={t("title")} meaning={t("meaning")} />
      <FilterBar
        path="/admin/shares"
        submit={(await getTranslations("admin.usage"))("show")}
        fields={[{ type: "choice", name: "order", label: t("order"), value: order, options: orders }]}
      />
      <LinksTable links={links} total={total} />
      <Pager page={page} total={total} size={LINKS_PER_PAGE} path="/admin/shares" query={{ order }} />
    </>
  )
}
