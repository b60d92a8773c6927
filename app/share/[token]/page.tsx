import type { Metadata } from "next"
import { headers } from "next/headers"
import { notFound } from "next/navigation"
import { getLocale, getTranslations } from "next-intl/server"
import { cache } from "react"
import { v7 as uuidv7 } from "uuid"
import { modelNames } from "@/app/share/[token]/model-names"
import { COLUMN } from "@/components/share/page/column"
import { ContinueForm } from "@/components/share/page/continue-form"
import { PasscodeForm } from "@/components/share/page/passcode-form"
import { ReportForm } from "@/components/share/page/report-form"
import { SharedChat } from "@/components/share/page/shared-chat"
import { SharedBar, SharedTitle } from "@/components/share/page/shared-head"
import { cn } from "@/lib/cn"
import { METHOD_HEADER } from "@/lib/http/accept"
import { formatLocale } from "@/lib/i18n/format-locale"
import { languageOf } from "@/lib/i18n/language"
import { operatorSettings } from "@/lib/operator/settings"
import type { Said } from "@/lib/share/form-answer"
import { noteView, openShare } from "@/lib/share/open"
import { readerOf, siteOrigin } from "@/lib/share/reader"
import { passcodeWait } from "@/lib/share/unlock"
import { firstWords } from "@/lib/share/written"

interface Props {
  params: Promise<{ token: string }>
  /** The result of a form on this page, if no script runs. */
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const shareOf = cache(async (token: string) => {
  const sent = await headers()
  return openShare(token, await readerOf(sent), languageOf(sent))
})

const HIDDEN: Metadata = { referrer: "same-origin", robots: { index: false, follow: false, noarchive: true } }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { token } = await params
  const t = await getTranslations("share")
  const opened = await shareOf(token)
  if (opened.state !== "open")
    return { ...HIDDEN, title: t(opened.state === "none" ? "none" : "passcode.title"), description: null }
  const { title, listed, guarded, createdAt } = opened.share
  // A link preview gets none of its content.
  if (guarded) return { ...HIDDEN, title, description: null }
  const description = firstWords(opened.share)
  const images = [
    {
      url: `/api/shared/${token}/picture?v=${Date.parse(createdAt)}`,
      ...{ width: 1_200, height: 630, type: "image/png", alt: title },
    },
  ]
  return {
    ...HIDDEN,
    ...(listed && { robots: { index: true, follow: false } }),
    ...{ title, description, metadataBase: new URL(siteOrigin(await headers())) },
    alternates: { types: { "text/markdown": `/share/${token}` } },
    openGraph: { type: "article", siteName: "Sparkler", title, description, url: `/share/${token}`, images },
    twitter: { card: "summary_large_image", title, description, images },
  }
}

const SAID: readonly Said[] = ["done", "wrong", "wait", "off", "failed"]
const saidIn = (value: string | string[] | undefined): Said | null => SAID.find((said) => said === value) ?? null

export default async function SharePage({ params, searchParams }: Props) {
  const { token } = await params
  const opened = await shareOf(token)
  if (opened.state === "none") notFound()
  const said = await searchParams
  const sent = await headers()
  const t = await getTranslations("share")
  if (opened.state === "locked") {
    const wait = Math.ceil((await passcodeWait(opened.share.id, sent)) / 1_000)
    const problem = saidIn(said.passcode) === "wrong" ? t("passcode.wrong") : null
    return <PasscodeForm token={token} problem={problem} wait={wait} />
  }
  const { share } = opened
  await noteView(share, sent, sent.get(METHOD_HEADER) ?? "GET")
  const { shares } = await operatorSettings()
  const copyId = uuidv7()
  const problem = saidIn(said.continue)
  const { messages, compared, systemPrompt, createdAt, title, authorName } = share
  const names = await modelNames(languageOf(sent), [...messages, ...compared])
  const locale = formatLocale(sent.get("accept-language"), await getLocale())
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(new Date(createdAt))
  return (
    <div className="flex min-h-dvh w-full flex-col">
      <SharedBar />
      <main className="flex-1">
        <SharedChat
          {...{ token, messages, compared, systemPrompt, names, copyId }}
          version={createdAt}
          head={
            <header className={COLUMN}>
              <SharedTitle {...{ title, createdAt, date, authorName, names }} messages={[...messages, ...compared]} />
              <noscript>
                <p role="note" className="mt-6 rounded-lg border px-4 py-2.5 text-muted-foreground text-sm">
                  {t("noScript")}
                </p>
              </noscript>
            </header>
          }
          foot={
            <footer className={cn(COLUMN, "print:hidden")}>
              <div className="grid gap-5 border-t py-6">
                {shares && (
                  <ContinueForm
                    token={token}
                    copyId={copyId}
                    problem={
                      problem && t(`continueProblem.${problem === "off" || problem === "wait" ? problem : "failed"}`)
                    }
                  />
                )}
                <p className="max-w-prose text-pretty text-muted-foreground text-sm">{t("snapshot")}</p>
                <ReportForm token={token} said={saidIn(said.report)} />
              </div>
            </footer>
          }
        />
      </main>
    </div>
  )
}
