/** Whether long lines of code are wrapped: one choice for all code, kept in this browser. */
import { useSyncExternalStore } from "react"

const KEY = "sparkler:wrap-code"
const hearers = new Set<() => void>()
let wraps: boolean | null = null

function read(): boolean {
  if (wraps !== null) return wraps
  try {
    wraps = localStorage.getItem(KEY) === "true"
  } catch {
    wraps = false
  }
  return wraps
}

export function toggleWrap(): void {
  wraps = !read()
  try {
    localStorage.setItem(KEY, String(wraps))
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  for (const hear of hearers) hear()
}

export const useWrap = (): boolean =>
  useSyncExternalStore(
    (hear) => {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
    read,
    () => false,
  )
