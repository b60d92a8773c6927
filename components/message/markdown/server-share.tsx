import type { ReactNode } from "react"
import { singleton } from "@/lib/singleton"

/** Milliseconds of Markdown that the server shows at once, and per millisecond that passes. */
const MOST_MS = 40
const SHARE = 0.25
/** Milliseconds of a turn of the event loop after which none is begun any more. */
const LONGEST_TURN_MS = 50

/** Next.js knows this: the boundary's fallback is sent, and the browser shows the rest. Not an error. */
class ForBrowser extends Error {
  readonly digest = "BAILOUT_TO_CLIENT_SIDE_RENDERING"
  readonly reason = "the server has shown enough Markdown for now"
}

interface Account {
  /** What is left of the server's time, */
  left: number
  /** a moment ago. */
  at: number
  /** When Markdown was first shown in this turn of the event loop; null before that. */
  turnBegan: number | null
}

const account = () => singleton<Account>("markdown-account", () => ({ left: MOST_MS, at: 0, turnBegan: null }))

/**
 * Takes so many milliseconds of the server's time for Markdown, when they are there. Everybody's answers share it. What
 * was foreseen may be wrong: none is given in a turn of the event loop that has lasted for long.
 */
export function mayTake(ms: number, now: number): boolean {
  const state = account()
  if (state.turnBegan === null) {
    state.turnBegan = now
    state.left = Math.min(MOST_MS, state.left + (now - state.at) * SHARE)
    state.at = now
    setImmediate(() => {
      state.turnBegan = null
    })
  }
  if (ms > state.left || now - state.turnBegan >= LONGEST_TURN_MS) return false
  state.left -= ms
  return true
}

/** Milliseconds that the smallest piece of Markdown takes, and another part of a message. */
export const LEAST_MS = 0.4

const onServer = () => typeof window === "undefined"

/**
 * Inside a Suspense boundary: on the server, what takes more time than there is shows as the boundary's fallback, and
 * the browser takes it from there. In the browser everything is shown.
 */
export function ServerShare({ ms, children }: { ms: number; children: ReactNode }) {
  if (onServer() && !mayTake(Math.max(ms, LEAST_MS), performance.now())) throw new ForBrowser()
  return children
}

/** Inside a Suspense boundary: what the server leaves to the browser, in any case. */
export function InBrowser({ children }: { children: ReactNode }) {
  if (onServer()) throw new ForBrowser()
  return children
}

interface ShortlyProps {
  ms: number
  children: ReactNode
  /** When there is no time for it. */
  instead: ReactNode
}

/** In a boundary's fallback: what the server shows there when it has so many milliseconds. */
export const Shortly = ({ ms, children, instead }: ShortlyProps) =>
  onServer() && mayTake(Math.max(ms, LEAST_MS), performance.now()) ? children : instead
