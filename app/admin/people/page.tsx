import { getTranslations } from "next-intl/server"
import { PageHead } from "@/components/admin/admin-frame"
import { FilterBar } from "@/components/admin/filter-bar"
import { Pager } from "@/components/admin/pager"
import { PeopleTable } from "@/components/admin/people-table"
import { askedFor, pageNumber, requireAdminPage } from "@/lib/admin/page"
import { PEOPLE_PER_PAGE, peoplePage } from "@/lib/admin/people"
import { KINDS } from "@/lib/db/people/directory"

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function People({ searchParams }: Props) {
  await requireAdminPage("admin:people")
  const asked = await searchParams
  const t = await getTranslations("admin.people")
  const kind = KINDS.find((one) => one === askedFor(asked, "kind")) ?? "accounts"
  const text = askedFor(asked, "q").slice(0, 200)
  const page = pageNumber(askedFor(asked, "page"))
  const { people, total } = await peoplePage({ kind, text, page })
  const kinds = KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))
  return (
    <>
      <PageHead title={t("title")} meaning={t("meaning")} />
      <FilterBar
        path="/admin/people"
        submit={t("find")}
        fields={[
          { type: "search", name: "q", label: t("search"), value: text },
          { type: "choice", name: "kind", label: t("kind"), value: kind, options: kinds },
        ]}
      />
      <PeopleTable people={people} total={total} text={text} />
      <Pager page={page} total={total} size={PEOPLE_PER_PAGE} path="/admin/people" query={{ q: text, kind }} />
    </>
  )
}
