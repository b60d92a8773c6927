import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { NewSchema } from "@/components/schemas/library/new-schema"
import { PageHead } from "@/components/shell/page-head"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("schemas"))("new") }
}

export default async function NewSchemaPage() {
  const t = await getTranslations("schemas")
  return (
    <>
      <PageHead title={t("new")} back={{ href: "/schemas", label: t("title") }} />
      <NewSchema />
    </>
  )
}
