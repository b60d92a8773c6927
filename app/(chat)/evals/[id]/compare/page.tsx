import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { getTranslations } from "next-intl/server"
import { ComparePage } from "@/components/evals/pages/compare-page"
import { currentUser } from "@/lib/auth/session"
import { compareRuns } from "@/lib/evals/compare"
import { runHead } from "@/lib/evals/read"
import { AppError } from "@/lib/http/errors"
import { idOf } from "@/lib/http/route"

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("evals"))("runs.compare") }
}

const one = (value: string | string[] | undefined) => (typeof value === "string" ? idOf(value) : null)

export default async function CompareRunsPage({ params, searchParams }: Props) {
  const [{ id }, query, user] = [await params, await searchParams, await currentUser()]
  const [evalId, a, b] = [idOf(id), one(query.a), one(query.b)]
  if (!user || evalId === null || a === null || b === null) notFound()
  const found = await Promise.all([
    compareRuns(user.id, evalId, { a, b }),
    runHead(user.id, a),
    runHead(user.id, b),
  ]).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "eval:run_not_found") return null
    throw error
  })
  if (!found) notFound()
  const [columns, before, after] = found
  return (
    <ComparePage
      evalId={evalId}
      before={{ number: before.number }}
      after={{ id: after.id, number: after.number }}
      columns={columns}
    />
  )
}
