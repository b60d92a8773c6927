import type { ReactNode } from "react"
import { singleton } from "@/lib/singleton"

/** Milliseconds of Markdown that the server shows at once, and per millisecond that passes. */
const MOST_MS = 40
const SHARE = 0.25

/** Next.js knows this: the boundary's fallback is sent, and the browser shows the rest. Not an error. */
class ForBrowser extends Error {
  readonly digest = "BAILOUT_TO_CLIENT_SIDE_RENDERING"
  readonly reason = "the server has shown enough Markdown for now"
}

/** What is left of the server's time, a moment ago. */
const account = () => singleton("markdown-account", () => ({ left: MOST_MS, at: 0 }))

/** Takes so many milliseconds of the server's time for Markdown, when they are there. Everybody's answers share it. */
export function mayTake(ms: number, now: number): boolean {
  const state = account()
  state.left = Math.min(MOST_MS, state.left + (now - state.at) * SHARE)
  state.at = now
  if (ms > state.left) return false
  state.left -= ms
  return true
}

/**
 * Inside a Suspense boundary: on the server, what takes more time than there is shows as the boundary's fallback, and
 * the browser takes it from there. In the browser everything is shown.
 */
export function ServerShare({ ms, children }: { ms: number; children: ReactNode }) {
  if (typeof window === "undefined" && !mayTake(ms, performance.now())) throw new ForBrowser()
  return children
}
