import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { ResetPage } from "@/components/account/reset-page"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("resetTitle") }
}

/** The page that a password reset link opens; its secret is after the `#`. */
export default function Reset() {
  return <ResetPage />
}
