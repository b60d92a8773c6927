"use client"

import { useEffect, useState } from "react"
import { serverClock } from "@/components/base/server-clock"
import { type Clock, dayCounter } from "@/components/sidebar/groups"

const CHECK_MS = 60_000

/** The server's time in the reader's time zone, updated when a new day begins. */
export function useClock(server: Clock): Clock {
  const [clock, setClock] = useState(server)
  const [{ now: told }] = useState(server)
  useEffect(() => serverClock.learn(told), [told])
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const dayOf = dayCounter(timeZone)
    const look = () => {
      const now = serverClock.now()
      setClock((shown) =>
        shown.timeZone === timeZone && dayOf(shown.now) === dayOf(now) ? shown : { ...shown, now, timeZone },
      )
    }
    look()
    const timer = setInterval(look, CHECK_MS)
    const leave = serverClock.subscribe(look)
    return () => {
      clearInterval(timer)
      leave()
    }
  }, [])
  return clock
}
