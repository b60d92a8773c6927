import { Download } from "lucide-react"
import { getTranslations } from "next-intl/server"
import { PageHead } from "@/components/admin/admin-frame"
import { AuditTable } from "@/components/admin/audit-table"
import { actionText } from "@/components/admin/audit-text"
import { FilterBar } from "@/components/admin/filter-bar"
import { Pager } from "@/components/admin/pager"
import { auditPage, ENTRIES_PER_PAGE } from "@/lib/admin/audit-log"
import { askedFor, pageNumber, requireAdminPage } from "@/lib/admin/page"

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function Audit({ searchParams }: Props) {
  await requireAdminPage("admin:audit")
  const asked = await searchParams
  const t = await getTranslations("admin.audit")
  const person = askedFor(asked, "person").slice(0, 200)
  const action = askedFor(asked, "action").slice(0, 100)
  const page = pageNumber(askedFor(asked, "page"))
  const { entries, total, actions } = await auditPage({ person, action, page })
  const options = actions.map((value) => ({ value, label: actionText(t, value) }))
  return (
    <>
      <PageHead title={t("title")} meaning={t("meaning")}>
        <a
          href={`/api/admin/audit?${new URLSearchParams({ person, action })}`}
          download
          className="inline-flex h-9 items-center gap-2 rounded-md border bg-surface px-3.5 font-medium text-sm hover:bg-muted pointer-coarse:h-11"
        >
          <Download className="size-4" aria-hidden /> {t("csv")}
        </a>
      </PageHead>
      <FilterBar
        path="/admin/audit"
        submit={t("find")}
        fields={[
          { type: "search", name: "person", label: t("person"), value: person },
          {
            ...{ type: "choice", name: "action", label: t("action"), value: action },
            options: [{ value: "", label: t("every") }, ...options],
          },
        ]}
      />
      <AuditTable entries={entries} total={total} />
      <Pager page={page} total={total} size={ENTRIES_PER_PAGE} path="/admin/audit" query={{ person, action }} />
    </>
  )
}
