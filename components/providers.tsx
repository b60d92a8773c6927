"use client"

import { ThemeProvider } from "next-themes"
import { Direction } from "radix-ui"
import type { ReactNode } from "react"
import { FormatLocaleProvider } from "@/components/base/format-locale"
import { KeepFocus } from "@/components/base/keep-focus"
import { PageNotices } from "@/components/page-notices"
import { RejectStrayDrops } from "@/components/ui/refuse-drops"
import { Toasts } from "@/components/ui/toasts"
import { Tooltips } from "@/components/ui/tooltip/tooltips"

interface Props {
  nonce: string | undefined
  /** Text direction. */
  dir: "ltr" | "rtl"
  /** Locale for dates and numbers. */
  formatLocale: string
  children: ReactNode
}

/** Providers for every page: theme, text direction, number format, and toasts. */
export function Providers({ nonce, dir, formatLocale, children }: Props) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      <Direction.Provider dir={dir}>
        <FormatLocaleProvider value={formatLocale}>{children}</FormatLocaleProvider>
      </Direction.Provider>
      <Toasts />
      <Tooltips />
      <PageNotices />
      <KeepFocus />
      <RejectStrayDrops />
    </ThemeProvider>
  )
}
