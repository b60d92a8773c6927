import { useLayoutEffect, useState } from "react"
import { isOwnRoute } from "@/components/message/markdown/html/safe-urls"

/** The address is a route of this application. The server doesn't know what that is called: only what is one is drawn again. */
export function useIsOwnRoute(address: string | null): boolean {
  const [own, setOwn] = useState(false)
  useLayoutEffect(() => {
    setOwn(address !== null && /^http/i.test(address) && isOwnRoute(address, window.location.origin))
  }, [address])
  return own
}
