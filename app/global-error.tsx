"use client"

import { NextIntlClientProvider } from "next-intl"
import { useState } from "react"
import { ErrorNotice } from "@/components/ui/error-notice"
import german from "@/lib/i18n/de.failed.json"
import english from "@/lib/i18n/en.failed.json"
import type { Language } from "@/lib/i18n/language"
import "./globals.css"

const CATALOGUES: Record<Language, typeof english> = { en: english, de: german }

/** The language of the page that failed. */
function languageOfPage(): Language {
  const lang = typeof document === "undefined" ? "" : document.documentElement.lang
  return isKnown(lang) ? lang : "en"
}

const isKnown = (lang: string): lang is Language => Object.hasOwn(CATALOGUES, lang)

/** Shown if the root layout fails: a separate document, without a theme. */
export default function GlobalError({ error, retry }: { error: { digest?: string }; retry: () => void }) {
  const [language] = useState(languageOfPage)
  return (
    <html lang={language}>
      <body>
        <title>Sparkler</title>
        <main className="grid min-h-dvh">
          <NextIntlClientProvider locale={language} messages={CATALOGUES[language]}>
            <ErrorNotice id={error.digest} retry={retry} />
          </NextIntlClientProvider>
        </main>
      </body>
    </html>
  )
}
