import { Download } from "lucide-react"
import { getTranslations } from "next-intl/server"
import { PageHead } from "@/components/admin/admin-frame"
import { FilterBar } from "@/components/admin/filter-bar"
import { UsageView } from "@/components/admin/usage-view"
import { modelNames } from "@/lib/admin/models"
import { askedFor, requireAdminPage } from "@/lib/admin/page"
import { spanOf, usageReport } from "@/lib/admin/usage"

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function Usage({ searchParams }: Props) {
  await requireAdminPage("admin:usage")
  const asked = await searchParams
  const t = await getTranslations("admin.usage")
  const span = spanOf(askedFor(asked, "from"), askedFor(asked, "to"))
  const [report, names] = await Promise.all([usageReport(span), modelNames()])
  return (
    <>
      <PageHead title={t("title")} meaning={t("meaning")}>
        <a
          href={`/api/admin/usage?from=${span.from}&to=${span.to}`}
          download
          className="inline-flex h-9 items-center gap-2 rounded-md border bg-surface px-3.5 font-medium text-sm hover:bg-muted pointer-coarse:h-11"
        >
          <Download className="size-4" aria-hidden /> {t("csv")}
        </a>
      </PageHead>
      <FilterBar
        path="/admin/usage"
        submit={t("show")}
        fields={[
          { type: "date", name: "from", label: t("from"), value: span.from },
          { type: "date", name: "to", label: t("to"), value: span.to },
        ]}
      />
      <UsageView {...{ report, names }} />
    </>
  )
}
