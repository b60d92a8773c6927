"use client"

import { type Locale, NextIntlClientProvider, useLocale, useMessages, useTimeZone } from "next-intl"
import { type ReactNode, useMemo } from "react"

interface Props {
  locale: Locale
  timeZone: string
  /** The message catalog as JSON: a single string is less work for React than a thousand values. */
  catalogue: string
  children: ReactNode
}

/** Provides the page's translations. */
export function Texts({ locale, timeZone, catalogue, children }: Props) {
  const messages = useMemo(() => JSON.parse(catalogue), [catalogue])
  return (
    <NextIntlClientProvider locale={locale} timeZone={timeZone} messages={messages}>
      {children}
    </NextIntlClientProvider>
  )
}

/** Adds translations for a part of the page. `catalogue` as above. */
export function MoreTexts({ catalogue, children }: Pick<Props, "catalogue" | "children">) {
  const around = useMessages()
  const messages = useMemo(() => ({ ...around, ...JSON.parse(catalogue) }), [around, catalogue])
  return (
    <NextIntlClientProvider locale={useLocale()} timeZone={useTimeZone()} messages={messages}>
      {children}
    </NextIntlClientProvider>
  )
}
