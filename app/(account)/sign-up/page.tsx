import type { Metadata } from "next"
import { headers } from "next/headers"
import { redirect } from "next/navigation"
import { getTranslations } from "next-intl/server"
import { SignUpPage } from "@/components/account/sign-up-page"
import { availableSignInMethods } from "@/lib/accounts/own"
import { sameOriginPath } from "@/lib/accounts/same-origin-path"
import { currentUser } from "@/lib/auth/session"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("signUp") }
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function SignUp({ searchParams }: Props) {
  const user = await currentUser()
  const to = sameOriginPath((await searchParams).to)
  if (user && !user.guest) redirect(to)
  return <SignUpPage options={await availableSignInMethods(await headers())} to={to} guest={user?.guest ?? false} />
}
