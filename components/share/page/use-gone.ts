import { useEffect, useState } from "react"
import { isRecord } from "@/lib/is-record"

/** Milliseconds between two questions of a page that is looked at. */
const EVERY_MS = 15_000

/** Whether what an open page shows may still be seen, and is what the link shows now. Asked while it is looked at. */
export function useGone(token: string, version: string): "there" | "changed" | "gone" {
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
    // Offline, or the server restarts: the next time tells.
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
