import type { Metadata } from "next"
import { headers } from "next/headers"
import { notFound } from "next/navigation"
import { getLocale, getTranslations } from "next-intl/server"
import { cache } from "react"
import { shortModel } from "@/components/base/message-content"
import { MessageList } from "@/components/message/message-list"
import { SharedComparison } from "@/components/share/shared-comparison"
import { SharedBar, SharedTitle, StartLink } from "@/components/share/shared-head"
import { listModels } from "@/lib/ai/catalogue/catalogue"
import { cn } from "@/lib/cn"
import { formatLocale } from "@/lib/i18n/format-locale"
import { languageOf } from "@/lib/i18n/language"
import { openShare } from "@/lib/share/shares"

type Props = { params: Promise<{ token: string }> }

const COLUMN = "mx-auto w-full max-w-3xl px-4 sm:px-6 print:max-w-none print:px-0"

const shareOf = cache(async (token: string) => openShare(token, languageOf(await headers())))

async function modelNames(): Promise<Record<string, string>> {
  const t = await getTranslations("models")
  const { models } = await listModels()
  return Object.fromEntries(
    models.flatMap(({ id, name, ways = [] }) => [
      [id, name],
      ...ways.slice(1).map((way) => [way.id, t("withWay", { name, way: t(`way.${way.kind}`) })]),
    ]),
  )
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const share = await shareOf((await params).token)
  return {
    title: share?.title ?? (await getTranslations("share"))("none"),
    robots: { index: false, follow: false, noarchive: true },
  }
}

export default async function SharePage({ params }: Props) {
  const share = await shareOf((await params).token)
  if (!share) notFound()
  const t = await getTranslations("share")
  const locale = formatLocale((await headers()).get("accept-language"), await getLocale())
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(new Date(share.createdAt))
  const names = await modelNames()
  const answered = [...share.messages, ...share.compared].flatMap(({ metadata }) => metadata?.model ?? [])
  const models = [...new Set(answered.map((id) => names[id] ?? shortModel(id)))]
  return (
    <div className="flex min-h-dvh w-full flex-col">
      <SharedBar />
      <main className="flex-1">
        <header className={COLUMN}>
          <SharedTitle title={share.title} createdAt={share.createdAt} date={date} models={models} />
        </header>
        <div className={cn(COLUMN, "py-6")}>
          <noscript>
            <p role="note" className="mb-6 rounded-lg border px-4 py-2.5 text-muted-foreground text-sm">
              {t("noScript")}
            </p>
          </noscript>
          <MessageList messages={share.messages} readOnly />
        </div>
        {share.compared.length > 0 && <SharedComparison answers={share.compared} names={names} />}
      </main>
      <footer className={cn(COLUMN, "print:hidden")}>
        <div className="flex flex-wrap items-center justify-between gap-3 border-t py-6 text-muted-foreground text-sm">
          <p className="max-w-md text-pretty">{t("snapshot")}</p>
          <StartLink />
        </div>
      </footer>
    </div>
  )
}
