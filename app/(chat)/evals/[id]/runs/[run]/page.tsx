import type { Metadata } from "next"
import { headers } from "next/headers"
import { notFound } from "next/navigation"
import { getTranslations } from "next-intl/server"
import { cache } from "react"
import { RunPage } from "@/components/evals/run/run-page"
import { currentUser } from "@/lib/auth/session"
import { runView } from "@/lib/evals/read"
import { AppError } from "@/lib/http/errors"
import { idOf } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"

type Props = { params: Promise<{ id: string; run: string }> }

/** Loaded once for the title and the page. */
const viewOf = cache(async (given: string) => {
  const user = await currentUser()
  const id = idOf(given)
  if (!user || id === null) return null
  return runView(user.id, id, undefined, languageOf(await headers())).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "eval:run_not_found") return null
    throw error
  })
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("evals")
  const view = await viewOf((await params).run)
  return { title: view ? `${view.run.title} · ${t("runs.number", { number: view.run.number })}` : t("notFound") }
}

export default async function StoredRunPage({ params }: Props) {
  const { id, run } = await params
  const view = await viewOf(run)
  if (!view || view.run.evalId !== idOf(id)) notFound()
  return <RunPage key={run} view={view} />
}
