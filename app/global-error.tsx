"use client"

import { ErrorNotice } from "@/components/ui/error-notice"
import "./globals.css"

/** When the layout of all pages fails: a document of its own, without a theme. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Sparkler</title>
        <main className="grid min-h-dvh">
          <ErrorNotice retry={retry} />
        </main>
      </body>
    </html>
  )
}
