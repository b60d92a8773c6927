"use client"

import { ThemeProvider } from "next-themes"
import { Direction } from "radix-ui"
import type { ReactNode } from "react"
import { FormatLocaleProvider } from "@/components/base/format-locale"
import { KeepFocus } from "@/components/base/keep-focus"
import { PageNotices } from "@/components/page-notices"
import { RefuseDrops } from "@/components/ui/refuse-drops"
import { Toasts } from "@/components/ui/toasts"
import { Tooltips } from "@/components/ui/tooltip/tooltips"

interface Props {
  nonce: string | undefined
  /** Which way the texts run. */
  dir: "ltr" | "rtl"
  /** How dates and numbers are written. */
  formatLocale: string
  children: ReactNode
}

/** What every page stands in: the theme, the direction of reading, how figures are written, and the place for short notices. */
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
      <RefuseDrops />
    </ThemeProvider>
  )
}
