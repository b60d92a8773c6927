import type { Metadata, Viewport } from "next"
import { headers } from "next/headers"
import { getLocale, getMessages, getTimeZone, getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import { Providers } from "@/components/providers"
import { Texts } from "@/components/texts"
import { browserOwner, currentUser } from "@/lib/auth/session"
import { directionOf } from "@/lib/i18n/direction"
import { formatLocale } from "@/lib/i18n/format-locale"
import "./globals.css"
import "./print.css"

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("app")
  return {
    title: { default: "Sparkler", template: "%s · Sparkler" },
    description: t("description"),
    referrer: "no-referrer",
    robots: { index: false, follow: false },
  }
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  interactiveWidget: "resizes-content",
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fdfcfa" },
    { media: "(prefers-color-scheme: dark)", color: "#171412" },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const sent = await headers()
  const nonce = sent.get("x-nonce") ?? undefined
  const locale = await getLocale()
  const user = await currentUser()
  const {
    admin: _admin,
    grids: _grids,
    evals: _evals,
    recordings: _recordings,
    schemas: _schemas,
    ...texts
  } = await getMessages()
  return (
    // The page's user, for keys in browser storage (components/base/storage.ts).
    <html
      lang={locale}
      dir={directionOf(locale)}
      data-owner={user ? browserOwner(user.id) : undefined}
      data-member={user && !user.guest ? "" : undefined}
      suppressHydrationWarning
    >
      <body>
        <Texts locale={locale} timeZone={await getTimeZone()} catalogue={JSON.stringify(texts)}>
          <Providers
            nonce={nonce}
            dir={directionOf(locale)}
            formatLocale={formatLocale(sent.get("accept-language"), locale)}
          >
            {children}
          </Providers>
        </Texts>
      </body>
    </html>
  )
}
