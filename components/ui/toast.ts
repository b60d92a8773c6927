/**
 * Short notices over the page. What shows them is fetched when somebody first uses the page, so that it is there before
 * anything can go wrong, also when what goes wrong is the connection.
 */
import { Store } from "@/components/base/store"

type Kind = "message" | "success" | "warning" | "error"

interface Options {
  /** A notice of the same id takes the place of the one before. */
  id?: string
  /** Milliseconds that it stays while nobody looks at it closely. */
  duration?: number
  action?: { label: string; onClick: () => void }
}

export interface Notice extends Options {
  id: string
  kind: Kind
  text: string
  duration: number
}

const DURATION_MS = 6_000
/** Older ones go when so many are there. */
const MOST_AT_ONCE = 3

/** What is to be shown, oldest first. */
export const notices = new Store<Notice[]>([])

/** What shows it; null until it has loaded. */
export const toaster = new Store<typeof import("@/components/ui/toaster").Toaster | null>(null)
let loading = false
let count = 0

/** Fetches what shows notices; when that fails, the next call tries again. */
export function prepareToasts(): void {
  if (toaster.get() || loading) return
  loading = true
  import("@/components/ui/toaster")
    .then(
      ({ Toaster }) => toaster.set(Toaster),
      () => {},
    )
    .finally(() => {
      loading = false
    })
}

function notify(kind: Kind, text: string, options: Options = {}): void {
  const id = options.id ?? `notice-${++count}`
  const others = notices.get().filter((notice) => notice.id !== id && notice.text !== text)
  const notice = { duration: DURATION_MS, ...options, id, kind, text }
  notices.set([...others, notice].slice(-MOST_AT_ONCE))
  prepareToasts()
}

/** Takes notices away. */
export function dismiss(ids: string[]): void {
  notices.set(notices.get().filter(({ id }) => !ids.includes(id)))
}

/** Shows a notice for a few seconds. */
export const toast = Object.assign((text: string, options?: Options) => notify("message", text, options), {
  success: (text: string, options?: Options) => notify("success", text, options),
  warning: (text: string, options?: Options) => notify("warning", text, options),
  error: (text: string, options?: Options) => notify("error", text, options),
})
