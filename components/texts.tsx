"use client"

import { type Locale, NextIntlClientProvider } from "next-intl"
import { type ReactNode, useMemo } from "react"

interface Props {
  locale: Locale
  timeZone: string
  /** The catalogue as JSON: one text is less work for React than a thousand values. */
  catalogue: string
  children: ReactNode
}

/** The texts of the page for everything in it. */
export function Texts({ locale, timeZone, catalogue, children }: Props) {
  const messages = useMemo(() => JSON.parse(catalogue), [catalogue])
  return (
    <NextIntlClientProvider locale={locale} timeZone={timeZone} messages={messages}>
      {children}
    </NextIntlClientProvider>
  )
}
