import { getTranslations } from "next-intl/server"
import { PageHead } from "@/components/shell/page-head"
import { NoticePage } from "@/components/ui/notice-page"
import { TextLink } from "@/components/ui/text-link"

export default async function SchemaNotFound() {
  const t = await getTranslations("schemas")
  return (
    <>
      <PageHead title={t("title")} />
      <NoticePage title={t("gone")} action={<TextLink href="/schemas">{t("all")}</TextLink>}>
        {t("goneText")}
      </NoticePage>
    </>
  )
}
