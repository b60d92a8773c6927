import type { Metadata } from "next"
import { headers } from "next/headers"
import { getTranslations } from "next-intl/server"
import { NewGrid } from "@/components/grids/new/new-grid"
import { currentUser } from "@/lib/auth/session"
import { languageOf } from "@/lib/i18n/language"
import { pageModels } from "@/lib/quota/offers"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("grids"))("new") }
}

export default async function NewGridPage() {
  const user = await currentUser()
  return <NewGrid models={await pageModels(user, [], languageOf(await headers()))} />
}
