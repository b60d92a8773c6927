import type { Metadata } from "next"
import { headers } from "next/headers"
import { notFound } from "next/navigation"
import { getTranslations } from "next-intl/server"
import { cache } from "react"
import { GridPage } from "@/components/grids/grid-page"
import { currentUser } from "@/lib/auth/session"
import { headOf } from "@/lib/grids/grids"
import { AppError } from "@/lib/http/errors"
import { idOf } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"
import { pageModels } from "@/lib/quota/offers"

type Props = { params: Promise<{ id: string }> }

/** Loaded once for the title and the page. */
const gridOf = cache(async (given: string) => {
  const user = await currentUser()
  const id = idOf(given)
  if (!user || id === null) return null
  const language = languageOf(await headers())
  return headOf(user.id, id, language).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "grid:not_found") return null
    throw error
  })
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const grid = await gridOf((await params).id)
  return { title: grid?.title ?? (await getTranslations("grids"))("notFound") }
}

export default async function StoredGridPage({ params }: Props) {
  const { id } = await params
  const head = await gridOf(id)
  if (!head) notFound()
  const models = await pageModels(await currentUser(), head.models, languageOf(await headers()))
  return <GridPage key={id} head={head} models={models} />
}
