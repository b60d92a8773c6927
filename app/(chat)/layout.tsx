import { cookies, headers } from "next/headers"
import { getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import { Shell } from "@/components/sidebar/shell"
import { SIDEBAR_COOKIE, SIDEBAR_HIDDEN } from "@/components/sidebar/sidebar-cookie"
import { currentUser } from "@/lib/auth/session"
import { listConversations } from "@/lib/chat/conversations"
import { formatLocale } from "@/lib/i18n/format-locale"

export default async function ChatLayout({ children }: { children: ReactNode }) {
  const user = await currentUser()
  const conversations = user ? await listConversations(user.id) : []
  const hidden = (await cookies()).get(SIDEBAR_COOKIE)?.value === SIDEBAR_HIDDEN
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const locale = formatLocale((await headers()).get("accept-language"))
  return (
    <Shell
      conversations={conversations}
      account={user?.name ?? (await getTranslations("sidebar"))("guest")}
      clock={{ now: Date.now(), timeZone, locale }}
      initiallyOpen={!hidden}
    >
      {children}
    </Shell>
  )
}
