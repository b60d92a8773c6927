import { useLayoutEffect, useState } from "react"
import { isOwnRoute } from "@/components/message/markdown/html/safe-urls"

/**
 * Whether the address is a route of this application. The server doesn't know the application's origin, so only
 * matching links are rendered again.
 */
export function useIsOwnRoute(address: string | null): boolean {
  const [own, setOwn] = useState(false)
  useLayoutEffect(() => {
    setOwn(address !== null && /^http/i.test(address) && isOwnRoute(address, window.location.origin))
  }, [address])
  return own
}
