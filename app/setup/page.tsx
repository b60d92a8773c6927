import type { Metadata } from "next"
import { headers } from "next/headers"
import { getTranslations } from "next-intl/server"
import { SetupPage } from "@/components/setup/setup-page"
import { currentUser } from "@/lib/auth/session"
import { keyAccess } from "@/lib/setup/key"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("setup"))("pageTitle") }
}

/** The page that the one-time link opens, and where a key is replaced and removed. */
export default async function Setup() {
  const user = await currentUser()
  return <SetupPage initial={await keyAccess({ headers: await headers(), user })} />
}
