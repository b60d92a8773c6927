"use client"

import { useEffect, useState } from "react"
import { type Clock, dayCounter } from "@/components/sidebar/groups"

const CHECK_MS = 60_000

/** The reader's clock, told anew when a day begins; at first the server's, so that both draw the same picture. */
export function useClock(server: Clock): Clock {
  const [clock, setClock] = useState(server)
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const dayOf = dayCounter(timeZone)
    const look = () => {
      const now = Date.now()
      setClock((shown) =>
        shown.timeZone === timeZone && dayOf(shown.now) === dayOf(now) ? shown : { ...shown, now, timeZone },
      )
    }
    look()
    const timer = setInterval(look, CHECK_MS)
    return () => clearInterval(timer)
  }, [])
  return clock
}
