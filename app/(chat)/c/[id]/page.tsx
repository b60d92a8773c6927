import type { Metadata } from "next"
import { headers } from "next/headers"
import { notFound, redirect } from "next/navigation"
import { getTranslations } from "next-intl/server"
import { cache } from "react"
import { StoredChat } from "@/components/chat/stored-chat"
import { currentUser } from "@/lib/auth/session"
import { viewInLanguage } from "@/lib/generation/view"
import { idOf } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"
import { pageModels } from "@/lib/quota/offers"

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Loaded once for the title and the page. */
const viewOf = cache(async (id: string) => {
  const user = await currentUser()
  return user && idOf(id) === id ? viewInLanguage(languageOf(await headers()), user.id, id, { last: true }) : null
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const view = await viewOf((await params).id)
  return { title: view?.conversation.title ?? (await getTranslations("chat"))("notFound") }
}

export default async function ConversationPage({ params, searchParams }: Props) {
  const { id } = await params
  const small = idOf(id)
  if (small !== null && small !== id) redirect(`/c/${small}${queryOf(await searchParams)}`)
  const view = await viewOf(id)
  if (!view) notFound()
  const sent = await headers()
  const nonce = sent.get("x-nonce") ?? undefined
  const user = await currentUser()
  const used = view.messages.map(({ metadata }) => metadata?.model)
  const models = await pageModels(user, [view.conversation.model, ...used], languageOf(sent))
  return <StoredChat key={id} nonce={nonce} id={id} view={view} models={models} />
}

function queryOf(asked: Awaited<Props["searchParams"]>): string {
  const pairs = Object.entries(asked).flatMap(([name, value = []]) => [value].flat().map((one) => [name, one]))
  return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : ""
}
