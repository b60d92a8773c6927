"use client"

import { createContext, type RefObject, useCallback, useContext, useEffect, useRef, useState } from "react"
import { flushSync } from "react-dom"
import { isDrawerEntry, leaveDrawerEntry, pushDrawerEntry } from "@/components/history/drawer-entry"
import { keepSidebar } from "@/components/sidebar/sidebar-cookie"

/** Below this width the conversations are a drawer over the page. */
const PHONE = "(max-width: 767px)"

export interface Sidebar {
  /** Beside the page, where there is room. */
  open: boolean
  /** Over the page, on a phone. */
  drawer: boolean
  toggle: () => void
  openDrawer: () => void
  /** It gives way to another page. */
  closeDrawer: () => void
  /** Back to the page that it stands over. */
  dismissDrawer: () => void
  /** The buttons that hide and show it: each takes the focus when the other goes. */
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

  /** Makes a change at once, then sees to it that the focus stands on something. */
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
        keepSidebar(!open)
      })
  }, [change, open, drawer, openDrawer, dismissDrawer])

  useEffect(() => {
    // Back leaves the entry of the drawer, Forward comes to it.
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
  if (!sidebar) throw new Error("useSidebar stands outside the shell")
  return sidebar
}
