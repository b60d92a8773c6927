/**
 * Toasts. The toaster's code loads on the user's first interaction, so that it is available before anything can go
 * wrong, including the connection.
 */
import { Store } from "@/components/base/store"

type Kind = "message" | "success" | "warning" | "error"

interface Options {
  /** Replaces an existing toast with the same id. */
  id?: string
  /** Milliseconds it is shown unless hovered or focused. */
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
/** The oldest are removed beyond this number. */
const MAX_AT_ONCE = 3

/** The toasts to show, oldest first. */
export const notices = new Store<Notice[]>([])

/** The component that shows them; null until loaded. */
export const toaster = new Store<typeof import("@/components/ui/toaster").Toaster | null>(null)
let loading = false
let count = 0

/** Loads the toaster; if that fails, the next call retries. */
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
  notices.set([...others, notice].slice(-MAX_AT_ONCE))
  prepareToasts()
}

/** Removes toasts. */
export function dismiss(ids: string[]): void {
  notices.set(notices.get().filter(({ id }) => !ids.includes(id)))
}

/** Shows a toast for a few seconds. */
export const toast = Object.assign((text: string, options?: Options) => notify("message", text, options), {
  success: (text: string, options?: Options) => notify("success", text, options),
  warning: (text: string, options?: Options) => notify("warning", text, options),
  error: (text: string, options?: Options) => notify("error", text, options),
})
