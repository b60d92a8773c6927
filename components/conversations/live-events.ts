import { retryWait } from "@/components/base/retry-wait"
import type { ListEvent } from "@/lib/chat/conversation.types"

// Our own server's events have the type in lib/chat/conversation.types.ts, so a shallow check is enough.
const isEvent = (value: unknown): value is ListEvent =>
  typeof value === "object" &&
  value !== null &&
  ("id" in value || "changes" in value || "outline" in value || "models" in value || "grid" in value || "eval" in value)

/** Someone else has signed in or out in another tab: this page is not theirs. */
function isOthers(data: unknown): boolean {
  const told: unknown = JSON.parse(String(data))
  const mine = document.documentElement.dataset.owner
  return typeof told === "object" && told !== null && "owner" in told && mine !== undefined && told.owner !== mine
}

interface Hearing {
  onEvent: (event: ListEvent) => void
  /** Connected again: events may have been missed before. */
  onOpen: () => void
  /** The server refused: resolves to whether that is permanent. */
  isOver: () => Promise<boolean>
}

/** Milliseconds a connection must last before its loss counts as a first failure again. */
const STEADY_MS = 10_000

/**
 * Receives changes to conversations from other tabs and the server while this page is visible: browsers allow only six
 * connections per server, so hidden tabs must not hold one each. Ends when the server will never serve this user.
 * Returns an unsubscribe function.
 */
export function subscribeToLiveEvents({ onEvent, onOpen, isOver }: Hearing): () => void {
  let source: EventSource | null = null
  let failures = 0
  const left = new AbortController()

  const close = () => {
    source?.close()
    source = null
  }
  const open = () => {
    close()
    const opened = new EventSource("/api/events")
    let since = Number.POSITIVE_INFINITY
    source = opened
    opened.addEventListener("open", (event) => {
      if (event instanceof MessageEvent && isOthers(event.data)) return window.location.reload()
      since = performance.now()
      onOpen()
    })
    opened.addEventListener("message", ({ data }) => {
      const event: unknown = JSON.parse(data)
      if (isEvent(event)) onEvent(event)
    })
    opened.addEventListener("error", () => {
      const refused = opened.readyState === EventSource.CLOSED
      if (performance.now() - since > STEADY_MS) failures = 0
      // The browser's own retry has no backoff, and gives up on an error page.
      close()
      comeBack(refused).catch(() => undefined)
    })
  }
  const comeBack = async (refused: boolean) => {
    if (refused && (await isOver())) return
    await retryWait(failures++, left.signal)
    // The page may have become visible again in the meantime.
    if (!source) follow()
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
