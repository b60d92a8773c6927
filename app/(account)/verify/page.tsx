import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { VerifyPage } from "@/components/account/link-pages"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("verifyTitle") }
}

/** The page that an address confirmation link opens; its secret is after the `#`. */
export default function Verify() {
  return <VerifyPage />
}
