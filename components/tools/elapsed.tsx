"use client"

import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"

/** Seconds from which the duration is shown. */
const WORTH = 2

/** How long something has been running, in seconds; nothing at first. `since`: milliseconds; now by default. */
export function Elapsed({ since }: { since?: number }) {
  const t = useTranslations("tools")
  const [began] = useState(() => Date.now())
  const [count, setCount] = useState(0)
  useEffect(() => {
    const look = () => setCount(Math.floor((Date.now() - (since ?? began)) / 1_000))
    look()
    const timer = setInterval(look, 1_000)
    return () => clearInterval(timer)
  }, [since, began])
  return count < WORTH ? null : (
    <span aria-hidden className="shrink-0 text-muted-foreground tabular-nums">
      {t("seconds", { count })}
    </span>
  )
}
