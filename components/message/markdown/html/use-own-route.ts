import { useLayoutEffect, useState } from "react"
import { isAppRoute } from "@/components/message/markdown/html/safe-urls"

/**
 * Whether the address is a route of this application. The server doesn't know the application's origin, so only
 * matching links are rendered again.
 */
export function useIsAppRoute(address: string | null): boolean {
  const [own, setOwn] = useState(false)
  useLayoutEffect(() => {
    setOwn(address !== null && /^http/i.test(address) && isAppRoute(address, window.location.origin))
  }, [address])
  return own
}
