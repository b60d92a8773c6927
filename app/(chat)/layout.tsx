import { cookies, headers } from "next/headers"
import { getLocale, getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import type { Visitor } from "@/components/settings/you-menu"
import { ShareHost } from "@/components/share/share-host"
import { DeletionNotice } from "@/components/shell/deletion-notice"
import { NoSession } from "@/components/shell/no-session"
import { Shell } from "@/components/shell/shell"
import { FOLDERS_COOKIE, openFoldersOf, SIDEBAR_COOKIE, SIDEBAR_HIDDEN } from "@/components/sidebar/sidebar-cookie"
import { currentUser } from "@/lib/auth/session"
import type { SessionUser } from "@/lib/auth/sessions"
import { emptyList, firstList } from "@/lib/chat/list/list"
import { deleteAfterOf } from "@/lib/db/people/deletion"
import { formatLocale } from "@/lib/i18n/format-locale"
import { operatorSettings } from "@/lib/operator/settings"
import { receivedShares } from "@/lib/share/people"

/** The visitor as shown in the menu. */
async function visitorOf(user: SessionUser | null): Promise<Visitor> {
  const { signUp } = await operatorSettings()
  const guest = user?.guest ?? true
  const email = user?.email ?? null
  const name = user?.name ?? email ?? (await getTranslations("sidebar"))(guest ? "guest" : "account")
  return { name, email, guest, canSignUp: signUp !== "closed", admin: user?.admin === true }
}

export default async function ChatLayout({ children }: { children: ReactNode }) {
  const user = await currentUser()
  const kept = await cookies()
  const ending = user && !user.guest ? await deleteAfterOf(user.id) : null
  const openFolders = openFoldersOf(kept.get(FOLDERS_COOKIE)?.value)
  const list = user ? await firstList(user.id, openFolders) : emptyList
  const received = user && !user.guest ? await receivedShares(user.id) : []
  const hidden = kept.get(SIDEBAR_COOKIE)?.value === SIDEBAR_HIDDEN
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const locale = formatLocale((await headers()).get("accept-language"), await getLocale())
  return (
    <Shell
      list={received.length > 0 ? { ...list, outline: { ...list.outline, received } } : list}
      openFolders={openFolders}
      account={await visitorOf(user)}
      clock={{ now: Date.now(), timeZone, locale }}
      initiallyOpen={!hidden}
    >
      <noscript>
        <p className="border-b bg-surface px-4 py-2.5 text-center text-sm">
          {(await getTranslations("app"))("noScript")}
        </p>
      </noscript>
      {ending && <DeletionNotice at={ending.toLocaleString(locale, { dateStyle: "long", timeStyle: "short" })} />}
      {!user && <NoSession guests={(await operatorSettings()).guests} />}
      {children}
      <ShareHost />
    </Shell>
  )
}
