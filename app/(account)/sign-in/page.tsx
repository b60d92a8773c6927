import type { Metadata } from "next"
import { headers } from "next/headers"
import { redirect } from "next/navigation"
import { getTranslations } from "next-intl/server"
import { SignInPage } from "@/components/account/sign-in-page"
import { availableSignInMethods } from "@/lib/accounts/own"
import { sameOriginPath } from "@/lib/accounts/same-origin-path"
import { currentUser } from "@/lib/auth/session"
import { languageOf } from "@/lib/i18n/language"
import { problemIn } from "@/lib/sign-in/problem"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("signIn") }
}

const DONE = ["reset", "ended", "signedOut"] as const

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** `?to=`: where to go afterward; `?problem=`: what went wrong; `?done=`: what was done. */
export default async function SignIn({ searchParams }: Props) {
  const asked = await searchParams
  const sent = await headers()
  const user = await currentUser()
  const to = sameOriginPath(asked.to)
  const problem = problemIn(asked.problem, languageOf(sent))
  if (user && !user.guest && problem === null) redirect(to)
  const done = DONE.find((known) => known === asked.done) ?? null
  return (
    <SignInPage options={await availableSignInMethods(sent)} guest={user?.guest ?? false} {...{ to, problem, done }} />
  )
}
