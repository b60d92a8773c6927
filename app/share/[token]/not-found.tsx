import { getTranslations } from "next-intl/server"
import { NoticePage } from "@/components/ui/notice-page"
import { TextLink } from "@/components/ui/text-link"

export default async function ShareNotFound() {
  const t = await getTranslations("share")
  return (
    <main className="grid min-h-dvh">
      <NoticePage title={t("brokenTitle")} action={<TextLink href="/">{t("ownChat")}</TextLink>}>
        {t("broken")}
      </NoticePage>
    </main>
  )
}
