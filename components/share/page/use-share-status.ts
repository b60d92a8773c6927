import { useEffect, useState } from "react"
import { isRecord } from "@/lib/is-record"

/** Polling interval in milliseconds while the page is visible. */
const EVERY_MS = 15_000

/** Whether an open page's content is still shared and current. Polls while the page is visible. */
export function useShareStatus(token: string, version: string): "there" | "changed" | "gone" {
  const [state, setState] = useState<"there" | "changed" | "gone">("there")
  useEffect(() => {
    if (state === "gone") return
    const left = new AbortController()
    const ask = async () => {
      if (document.visibilityState !== "visible") return
      const response = await fetch(`/api/shared/${token}/state`, { cache: "no-store", signal: left.signal })
      if (response.status === 404) return setState("gone")
      const now: unknown = response.ok ? await response.json() : null
      if (isRecord(now) && now.version !== version) setState("changed")
    }
    // Offline, or the server is restarting: the next poll tells.
    const look = () => void ask().catch(() => undefined)
    const timer = setInterval(look, EVERY_MS)
    const events = ["focus", "online", "pageshow"] as const
    for (const event of events) window.addEventListener(event, look)
    document.addEventListener("visibilitychange", look)
    return () => {
      left.abort()
      clearInterval(timer)
      for (const event of events) window.removeEventListener(event, look)
      document.removeEventListener("visibilitychange", look)
    }
  }, [token, version, state])
  return state
}
