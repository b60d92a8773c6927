import { getTranslations } from "next-intl/server"
import { NoticePage } from "@/components/ui/notice-page"
import { TextLink } from "@/components/ui/text-link"

export default async function NotFound() {
  const t = await getTranslations("common")
  return (
    <main className="grid min-h-dvh">
      <title>{`${t("nothingHere")} · Sparkler`}</title>
      <NoticePage title={t("nothingHere")} action={<TextLink href="/">{t("startNew")}</TextLink>}>
        {t("nothingHereText")}
      </NoticePage>
    </main>
  )
}
