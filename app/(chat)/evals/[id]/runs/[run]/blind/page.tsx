import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { getTranslations } from "next-intl/server"
import { BlindPage } from "@/components/evals/run/blind-page"
import { currentUser } from "@/lib/auth/session"
import { blindView } from "@/lib/evals/blind"
import { AppError } from "@/lib/http/errors"
import { idOf } from "@/lib/http/route"

type Props = { params: Promise<{ id: string; run: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("evals"))("blind.title") }
}

/** Gets the answers without any information about their models, so it is separate from the run's own page. */
export default async function BlindRunPage({ params }: Props) {
  const { id, run } = await params
  const [user, evalId, runId] = [await currentUser(), idOf(id), idOf(run)]
  if (!user || evalId === null || runId === null) notFound()
  const blind = await blindView(user.id, runId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "eval:run_not_found") return null
    throw error
  })
  if (!blind) notFound()
  return <BlindPage key={runId} ids={{ evalId, runId }} blind={blind} />
}
