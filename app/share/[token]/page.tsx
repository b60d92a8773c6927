import type { Metadata } from "next"
import { headers } from "next/headers"
import { notFound } from "next/navigation"
import { getLocale, getTranslations } from "next-intl/server"
import { cache } from "react"
import { MessageList } from "@/components/message/message-list"
import { SharedComparison } from "@/components/share/shared-comparison"
import { TextLink } from "@/components/ui/text-link"
import { Wordmark } from "@/components/ui/wordmark"
import { listModels } from "@/lib/ai/catalogue/catalogue"
import { cn } from "@/lib/cn"
import { formatLocale } from "@/lib/i18n/format-locale"
import { languageOf } from "@/lib/i18n/language"
import { openShare } from "@/lib/share/shares"

type Props = { params: Promise<{ token: string }> }

const COLUMN = "mx-auto w-full max-w-3xl px-4 sm:px-6"

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
  return (
    <div className="flex min-h-dvh w-full flex-col">
      <header className={COLUMN}>
        <div className="border-b py-6">
          <p className="text-muted-foreground text-sm">
            {t.rich("shared", { date, time: (text) => <time dateTime={share.createdAt}>{text}</time> })}
          </p>
          <h1 className="mt-1 text-balance font-semibold text-xl tracking-tight">{share.title}</h1>
        </div>
      </header>
      <main className="flex-1">
        <div className={cn(COLUMN, "py-6")}>
          <noscript>
            <p role="note" className="mb-6 rounded-lg border px-4 py-2.5 text-muted-foreground text-sm">
              {t("noScript")}
            </p>
          </noscript>
          <MessageList messages={share.messages} readOnly />
        </div>
        {share.compared.length > 0 && <SharedComparison answers={share.compared} names={await modelNames()} />}
      </main>
      <footer className={COLUMN}>
        <div className="flex flex-wrap items-center justify-between gap-2 border-t py-5 text-muted-foreground text-sm">
          <Wordmark />
          <TextLink href="/">{t("own")}</TextLink>
        </div>
      </footer>
    </div>
  )
}
