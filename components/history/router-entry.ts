/**
 * Entries of the browser's history that the browser made itself (a link or an address with a `#`) have no state. Next.js'
 * router copies its own from the entry before, so entries made from such a one have none either, and reloads the page when
 * it comes back to them. Whatever was being done there would be lost.
 */
import { usePathname } from "next/navigation"
import { useEffect } from "react"

const isRouters = (state: unknown): state is object => typeof state === "object" && state !== null && "__NA" in state

/** Gives each entry that the browser made on this page the router's state, at once. */
export function useRouterEntries(): void {
  const pathname = usePathname()
  useEffect(() => {
    let own: object | null = isRouters(window.history.state) ? window.history.state : null
    const adopt = () => {
      if (isRouters(window.history.state)) own = window.history.state
      else if (own && window.location.pathname === pathname) {
        // Without an address: it stays, so the router has nothing to do.
        window.history.replaceState({ ...routersOf(own), ...window.history.state }, "")
      }
    }
    window.addEventListener("popstate", adopt)
    window.addEventListener("hashchange", adopt)
    return () => {
      window.removeEventListener("popstate", adopt)
      window.removeEventListener("hashchange", adopt)
    }
  }, [pathname])
}

/** Without marks of ours, which belong to one entry. */
const routersOf = (state: object) => Object.fromEntries(Object.entries(state).filter(([name]) => name.startsWith("__")))
