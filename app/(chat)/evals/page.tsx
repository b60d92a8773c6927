import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { EvalList } from "@/components/evals/pages/eval-list"
import { currentUser } from "@/lib/auth/session"
import { listEvals } from "@/lib/evals/evals"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("evals"))("title") }
}

export default async function EvalsPage() {
  const user = await currentUser()
  return <EvalList evals={user ? await listEvals(user.id) : []} />
}
