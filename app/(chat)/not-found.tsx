import { getTranslations } from "next-intl/server"
import { SidebarToggle } from "@/components/shell/shell"
import { NoticePage } from "@/components/ui/notice-page"
import { TextLink } from "@/components/ui/text-link"

export default async function ConversationNotFound() {
  const t = await getTranslations("chat")
  const common = await getTranslations("common")
  return (
    <>
      <div className="flex h-14 shrink-0 items-center px-2 sm:px-3">
        <SidebarToggle />
      </div>
      <NoticePage title={t("gone")} action={<TextLink href="/">{common("startNew")}</TextLink>}>
        {t("goneText")}
      </NoticePage>
    </>
  )
}
