import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { ResetPage } from "@/components/account/reset-page"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("resetTitle") }
}

/** Where a link to choose a new password leads: its secret stands behind the `#`. */
export default function Reset() {
  return <ResetPage />
}
