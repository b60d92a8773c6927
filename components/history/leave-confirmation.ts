"use client"

/** Asks before navigating away from a page with unsaved data. */
import { useRouter } from "next/navigation"
import { useCallback, useEffect } from "react"
import { isDrawerEntry, leaveDrawerEntry } from "@/components/history/drawer-entry"

/** Asks whether the page may be left, and if so calls `go`. */
export type LeaveConfirmation = (go: () => void) => void

/** Active guards; the last one added asks first, and the next one if it agrees. */
const guards: LeaveConfirmation[] = []

const askAll = (go: () => void, from = guards.length - 1): void => {
  const ask = guards[from]
  if (ask) ask(() => askAll(go, from - 1))
  else go()
}

/** Opens a page of the app, immediately or once the user agrees to leave this one. */
export function useGuardedNavigation(): (path: string) => void {
  const router = useRouter()
  return useCallback(
    (path) => {
      const { pathname, search } = window.location
      const go = () => {
        if (!isDrawerEntry()) router.push(path)
        // From the drawer: the new page replaces its entry.
        else if (path !== `${pathname}${search}` || !leaveDrawerEntry()) router.replace(path)
      }
      askAll(go)
    },
    [router],
  )
}

/** For a link's `onNavigate`: navigates through `go` if there is something to ask. */
export const confirmBeforeNavigate =
  (go: (path: string) => void, path: string) => (event: { preventDefault: () => void }) => {
    if (guards.length === 0 && !isDrawerEntry()) return
    event.preventDefault()
    go(path)
  }

/**
 * From now on `ask` decides whether the page may be left: by a link or command, by Back, or by closing the tab. Null:
 * it may be left.
 */
export function useLeaveConfirmation(ask: LeaveConfirmation | null): void {
  useEffect(() => {
    if (!ask) return
    guards.push(ask)
    const ends = [askOnBack(ask), confirmOnUnload()]
    return () => {
      guards.splice(guards.indexOf(ask), 1)
      for (const end of ends) end()
    }
  }, [ask])
}

/** Back and Forward, in browsers that can intercept them. Returns a function to stop. */
function askOnBack(ask: LeaveConfirmation): () => void {
  const { navigation } = window
  let leaving = false
  const onNavigate = (event: NavigateEvent) => {
    if (leaving || event.navigationType !== "traverse" || !event.cancelable || event.hashChange) return
    event.preventDefault()
    const { key } = event.destination
    ask(() => {
      leaving = true
      navigation.traverseTo(key)
    })
  }
  navigation?.addEventListener("navigate", onNavigate)
  return () => navigation?.removeEventListener("navigate", onNavigate)
}

/** Closing or reloading the tab: the browser shows its own prompt. Returns a function to stop. */
export function confirmOnUnload(): () => void {
  const listeners = new AbortController()
  const { signal } = listeners
  let left = false
  const onClose = (event: BeforeUnloadEvent) => !left && event.preventDefault()
  window.addEventListener("beforeunload", onClose, { signal })
  // Already left: a page restored from the back/forward cache reloads without asking.
  window.addEventListener("pagehide", () => (left = true), { signal })
  return () => listeners.abort()
}
