"use client"

import { useFormatLocale } from "@/components/base/format-locale"
import { useInBrowser } from "@/components/base/store"

const here = () => true

/**
 * Formats a date, with `time` also the time of day, in the reader's time zone. The server doesn't know it, so the
 * server and the first client render use UTC. An invalid date is "".
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

/** The same as a machine-readable `<time>` element. */
export function ReaderTime({ at, time, className }: { at: string; time?: boolean; className?: string }) {
  const text = useReaderTime()(at, time)
  return (
    <time dateTime={at} className={className}>
      {text}
    </time>
  )
}
