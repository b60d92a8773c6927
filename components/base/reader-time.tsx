"use client"

import { useFormatLocale } from "@/components/base/format-locale"
import { useInBrowser } from "@/components/base/store"

const here = () => true

/**
 * Writes a date, with `time` also the time of day, on the reader's clock. The server doesn't know that clock: what it draws,
 * and what the browser draws first, is UTC. What is no date is "".
 */
export function useReaderTime(): (at: string, time?: boolean) => string {
  const locale = useFormatLocale()
  const zone = useInBrowser(here) ? {} : { timeZone: "UTC" }
  return (at, time = false) => {
    const date = new Date(at)
    if (Number.isNaN(date.getTime())) return ""
    return date.toLocaleString(locale, { dateStyle: "medium", ...(time ? { timeStyle: "short" } : {}), ...zone })
  }
}

/** As above, for programs to read as well. */
export function ReaderTime({ at, time, className }: { at: string; time?: boolean; className?: string }) {
  const text = useReaderTime()(at, time)
  return (
    <time dateTime={at} className={className}>
      {text}
    </time>
  )
}
