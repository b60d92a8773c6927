import type { Metadata } from "next"
import { headers } from "next/headers"
import { notFound } from "next/navigation"
import { getTranslations } from "next-intl/server"
import { cache } from "react"
import { EvalPage } from "@/components/evals/pages/eval-page"
import { currentUser } from "@/lib/auth/session"
import { evalHead } from "@/lib/evals/evals"
import { AppError } from "@/lib/http/errors"
import { idOf } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"
import { pageModels } from "@/lib/quota/offers"

type Props = { params: Promise<{ id: string }> }

/** Loaded once for the title and the page. */
const evalOf = cache(async (given: string) => {
  const user = await currentUser()
  const id = idOf(given)
  if (!user || id === null) return null
  return evalHead(user.id, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "eval:not_found") return null
    throw error
  })
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await evalOf((await params).id)
  return { title: found?.title ?? (await getTranslations("evals"))("notFound") }
}

export default async function StoredEvalPage({ params }: Props) {
  const { id } = await params
  const head = await evalOf(id)
  if (!head) notFound()
  const shown = [...(head.judge ? [head.judge] : []), ...(head.runs[0]?.columns.map(({ model }) => model) ?? [])]
  const models = await pageModels(await currentUser(), shown, languageOf(await headers()))
  return <EvalPage key={id} head={head} models={models} />
}
