import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { InvitePage } from "@/components/account/link-pages"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("inviteTitle") }
}

/** Where an invitation leads: its secret stands behind the `#`. */
export default function Invite() {
  return <InvitePage />
}
