/**
 * History entries created by the browser itself (a link or URL with a `#`) have no state. The Next.js router copies its
 * state from the previous entry, so entries created after them have none either, and it reloads the page when returning
 * to them, losing any work in progress.
 */
import { usePathname } from "next/navigation"
import { useEffect } from "react"

const isRouters = (state: unknown): state is object => typeof state === "object" && state !== null && "__NA" in state

/** Gives each entry the browser creates on this page the router's state, immediately. */
export function useRouterEntries(): void {
  const pathname = usePathname()
  useEffect(() => {
    let own: object | null = isRouters(window.history.state) ? window.history.state : null
    const adopt = () => {
      if (isRouters(window.history.state)) own = window.history.state
      else if (own && window.location.pathname === pathname) {
        // The URL stays the same, so the router has nothing to do.
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

/** Excludes our own marks, which belong to a single entry. */
const routersOf = (state: object) => Object.fromEntries(Object.entries(state).filter(([name]) => name.startsWith("__")))
