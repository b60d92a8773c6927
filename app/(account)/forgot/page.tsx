import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { ForgotPage } from "@/components/account/forgot-page"
import { isMailConfigured } from "@/lib/mail/mail"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("forgotTitle") }
}

export default function Forgot() {
  return <ForgotPage mail={isMailConfigured()} />
}
