import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { InvitePage } from "@/components/account/link-pages"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("inviteTitle") }
}

/** The page that an invitation link opens; its secret is after the `#`. */
export default function Invite() {
  return <InvitePage />
}
