"use client"

import { createContext, type RefObject, useCallback, useContext, useEffect, useRef, useState } from "react"
import { flushSync } from "react-dom"
import { isDrawerEntry, leaveDrawerEntry, pushDrawerEntry } from "@/components/history/drawer-entry"
import { saveSidebar } from "@/components/sidebar/sidebar-cookie"

/** Below this width the conversations are in a drawer above the page. */
const PHONE = "(max-width: 767px)"

export interface Sidebar {
  /** Shown beside the page, where there is room. */
  open: boolean
  /** Shown above the page, on a phone. */
  drawer: boolean
  toggle: () => void
  openDrawer: () => void
  /** Closes it because another page opens. */
  closeDrawer: () => void
  /** Closes it, returning to the page below. */
  dismissDrawer: () => void
  /** The buttons that hide and show it: each takes focus when the other disappears. */
  hideButton: RefObject<HTMLButtonElement | null>
  showButton: RefObject<HTMLButtonElement | null>
}

const focusIsLost = () => {
  const focused = document.activeElement
  return !focused || focused === document.body || !focused.checkVisibility() || focused.closest("[inert]") !== null
}

export function useSidebarState(initiallyOpen: boolean): Sidebar {
  const [open, setOpen] = useState(initiallyOpen)
  const [drawer, setDrawer] = useState(false)
  const hideButton = useRef<HTMLButtonElement>(null)
  const showButton = useRef<HTMLButtonElement>(null)

  /** Applies a change synchronously, then makes sure something has focus. */
  const change = useCallback((work: () => void) => {
    flushSync(work)
    if (!focusIsLost()) return
    const heir = [hideButton, showButton].find(
      ({ current }) => current?.checkVisibility() && !current.closest("[inert]"),
    )
    heir?.current?.focus()
  }, [])

  const openDrawer = useCallback(() => {
    if (!window.matchMedia(PHONE).matches) return
    pushDrawerEntry()
    change(() => setDrawer(true))
  }, [change])
  const closeDrawer = useCallback(() => {
    if (drawer) change(() => setDrawer(false))
  }, [change, drawer])
  const dismissDrawer = useCallback(() => {
    closeDrawer()
    leaveDrawerEntry()
  }, [closeDrawer])
  const toggle = useCallback(() => {
    if (drawer) dismissDrawer()
    else if (window.matchMedia(PHONE).matches) openDrawer()
    else
      change(() => {
        setOpen(!open)
        saveSidebar(!open)
      })
  }, [change, open, drawer, openDrawer, dismissDrawer])

  useEffect(() => {
    // Back leaves the drawer's history entry, Forward returns to it.
    const moved = ({ state }: PopStateEvent) => {
      const shown = isDrawerEntry(state) && window.matchMedia(PHONE).matches
      if (shown !== drawer) change(() => setDrawer(shown))
    }
    window.addEventListener("popstate", moved)
    return () => window.removeEventListener("popstate", moved)
  }, [change, drawer])

  useEffect(() => {
    const phone = window.matchMedia(PHONE)
    const widened = () => !phone.matches && setDrawer(false)
    phone.addEventListener("change", widened)
    return () => phone.removeEventListener("change", widened)
  }, [])

  return { open, drawer, toggle, openDrawer, closeDrawer, dismissDrawer, hideButton, showButton }
}

export const SidebarContext = createContext<Sidebar | null>(null)

export function useSidebar(): Sidebar {
  const sidebar = useContext(SidebarContext)
  if (!sidebar) throw new Error("useSidebar is used outside the shell")
  return sidebar
}
