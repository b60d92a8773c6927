import { retryWait } from "@/components/chat/retry-wait"
import type { ListEvent } from "@/lib/chat/conversation.types"

// Our own server's events: their type is that of lib/chat/conversation.types.ts, so the outline is enough.
const isEvent = (value: unknown): value is ListEvent =>
  typeof value === "object" && value !== null && ("id" in value || "changes" in value || "outline" in value)

interface Hearing {
  onEvent: (event: ListEvent) => void
  /** The connection stands anew: what happened before may have gone unheard. */
  onOpen: () => void
}

/**
 * Hears what happens to the conversations in other tabs and at the server, while this page is looked at: a browser
 * keeps only six connections to one server, so that hidden tabs must not hold one each. Returns how to leave.
 */
export function hearEvents({ onEvent, onOpen }: Hearing): () => void {
  let source: EventSource | null = null
  let failures = 0
  const left = new AbortController()

  const close = () => {
    source?.close()
    source = null
  }
  const open = () => {
    close()
    source = new EventSource("/api/events")
    source.addEventListener("open", () => {
      failures = 0
      onOpen()
    })
    source.addEventListener("message", ({ data }) => {
      const event: unknown = JSON.parse(data)
      if (isEvent(event)) onEvent(event)
    })
    source.addEventListener("error", () => {
      // The browser's own retry knows no growing waits, and gives up on an error page.
      close()
      retryWait(failures++, left.signal).then(follow, () => undefined)
    })
  }
  const follow = () => {
    if (document.visibilityState === "visible") open()
    else close()
  }

  document.addEventListener("visibilitychange", follow)
  follow()
  return () => {
    left.abort()
    document.removeEventListener("visibilitychange", follow)
    close()
  }
}
