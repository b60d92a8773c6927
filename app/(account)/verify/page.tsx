import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { VerifyPage } from "@/components/account/link-pages"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("verifyTitle") }
}

/** Where a link that confirms an address leads: its secret stands behind the `#`. */
export default function Verify() {
  return <VerifyPage />
}
