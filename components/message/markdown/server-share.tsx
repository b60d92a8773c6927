import type { ReactNode } from "react"
import { singleton } from "@/lib/singleton"

/** Milliseconds of Markdown the server renders in a burst, and the budget gained per elapsed millisecond. */
const MAX_MS = 40
const SHARE = 0.25
/** Milliseconds of an event loop turn after which no rendering is started. */
const LONGEST_TURN_MS = 50

/** Next.js recognizes this digest: it sends the boundary's fallback, and the browser renders the rest. Not an error. */
class ForBrowser extends Error {
  readonly digest = "BAILOUT_TO_CLIENT_SIDE_RENDERING"
  readonly reason = "the server has shown enough Markdown for now"
}

interface Account {
  /** The server's remaining budget, */
  left: number
  /** as of this time. */
  at: number
  /** When Markdown was first rendered in this event loop turn; null before that. */
  turnBegan: number | null
}

const account = () => singleton<Account>("markdown-account", () => ({ left: MAX_MS, at: 0, turnBegan: null }))

/**
 * Takes this many milliseconds from the server's Markdown budget, if available. All users share it. Estimates may be
 * wrong, so nothing is granted in an event loop turn that has already taken long.
 */
export function tryConsumeBudget(ms: number, now: number): boolean {
  const state = account()
  if (state.turnBegan === null) {
    state.turnBegan = now
    state.left = Math.min(MAX_MS, state.left + (now - state.at) * SHARE)
    state.at = now
    setImmediate(() => {
      state.turnBegan = null
    })
  }
  if (ms > state.left || now - state.turnBegan >= LONGEST_TURN_MS) return false
  state.left -= ms
  return true
}

/** Minimum milliseconds charged for a piece of Markdown or another part of a message. */
export const MIN_COST_MS = 0.4

const onServer = () => typeof window === "undefined"

/**
 * Inside a Suspense boundary: on the server, anything over budget shows as the boundary's fallback, and the browser
 * renders it. In the browser, everything is rendered.
 */
export function ServerBudget({ ms, children }: { ms: number; children: ReactNode }) {
  if (onServer() && !tryConsumeBudget(Math.max(ms, MIN_COST_MS), performance.now())) throw new ForBrowser()
  return children
}

/** Inside a Suspense boundary: content the server always leaves to the browser. */
export function BrowserOnly({ children }: { children: ReactNode }) {
  if (onServer()) throw new ForBrowser()
  return children
}

interface ShortlyProps {
  ms: number
  children: ReactNode
  /** Shown when there is no budget for it. */
  instead: ReactNode
}

/** In a boundary's fallback: what the server renders there when the budget allows. */
export const FallbackWithinBudget = ({ ms, children, instead }: ShortlyProps) =>
  onServer() && tryConsumeBudget(Math.max(ms, MIN_COST_MS), performance.now()) ? children : instead
