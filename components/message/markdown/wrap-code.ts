/** Whether long lines of code are wrapped: one choice for all code, kept in this browser. */
import { useSyncExternalStore } from "react"
import { browserStorage } from "@/components/base/storage"

const KEY = "sparkler:wrap-code"
const hearers = new Set<() => void>()
let wraps: boolean | null = null

function read(): boolean {
  wraps ??= browserStorage.getItem(KEY) === "true"
  return wraps
}

export function toggleWrap(): void {
  wraps = !read()
  browserStorage.setItem(KEY, String(wraps))
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
