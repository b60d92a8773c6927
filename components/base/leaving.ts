"use client"

/** The way to another page: what would be gone with this one is asked about first. */
import { useRouter } from "next/navigation"
import { useCallback } from "react"
import { isDrawerEntry, leaveDrawerEntry } from "@/components/base/drawer-entry"

/** Asks whether the page may be left, and then goes. */
export type AskToLeave = (go: () => void) => void

let ask: AskToLeave | null = null

/** From now on the page is left only as `asks` allows. Returns how to end that. */
export function guardLeaving(asks: AskToLeave): () => void {
  ask = asks
  return () => {
    if (ask === asks) ask = null
  }
}

/** Opens a page of the app, at once or when the person agrees to leave this one. */
export function useGo(): (path: string) => void {
  const router = useRouter()
  return useCallback(
    (path) => {
      const { pathname, search } = window.location
      const go = () => {
        if (!isDrawerEntry()) router.push(path)
        // From the drawer: the new page takes the place of its entry.
        else if (path !== `${pathname}${search}` || !leaveDrawerEntry()) router.replace(path)
      }
      if (ask) ask(go)
      else go()
    },
    [router],
  )
}

/** For a link's `onNavigate`: it goes by `go` where that has something to ask. */
export const askingFirst = (go: (path: string) => void, path: string) => (event: { preventDefault: () => void }) => {
  if (!ask && !isDrawerEntry()) return
  event.preventDefault()
  go(path)
}
