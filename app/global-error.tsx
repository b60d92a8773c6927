"use client"

import { NextIntlClientProvider } from "next-intl"
import { ErrorNotice } from "@/components/ui/error-notice"
import messages from "@/lib/i18n/en.failed.json"
import "./globals.css"

/** When the layout of all pages fails: a document of its own, without a theme. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Sparkler</title>
        <main className="grid min-h-dvh">
          <NextIntlClientProvider locale="en" messages={messages}>
            <ErrorNotice retry={retry} />
          </NextIntlClientProvider>
        </main>
      </body>
    </html>
  )
}
