/**
 * Short notices over the page. What shows them (sonner) is fetched when somebody first uses the page, so that it is
 * there before anything can go wrong, also when what goes wrong is the connection.
 */
import type { ExternalToast } from "sonner"
import { Store } from "@/components/base/store"

type Shower = typeof import("@/components/ui/toaster")
type Kind = "message" | "success" | "warning" | "error"

const shower = new Store<Shower | null>(null)
let loading = false
/** Notices for which nothing is drawn yet; null when they can be shown at once. */
let waiting: ((show: Shower["show"]) => void)[] | null = []

/** Fetches what shows notices; when that fails, the next call tries again. */
export function prepareToasts(): void {
  if (shower.get() || loading) return
  loading = true
  import("@/components/ui/toaster")
    .then(shower.set, () => {})
    .finally(() => {
      loading = false
    })
}

/** What shows notices, as far as it has loaded; see `components/ui/toasts.tsx`. */
export const toaster = {
  get: shower.get,
  subscribe: shower.subscribe,
  /** It is drawn: what waited is shown. */
  drawn: (): void => {
    const { show } = shower.get() ?? {}
    if (!show) return
    for (const notice of waiting ?? []) notice(show)
    waiting = null
  },
}

function notify(kind: Kind, text: string, options?: ExternalToast): void {
  if (!waiting) return void shower.get()?.show[kind](text, options)
  waiting.push((show) => show[kind](text, options))
  prepareToasts()
}

/** Shows a notice for a few seconds. */
export const toast = Object.assign((text: string, options?: ExternalToast) => notify("message", text, options), {
  success: (text: string) => notify("success", text),
  warning: (text: string, options?: ExternalToast) => notify("warning", text, options),
  error: (text: string, options?: ExternalToast) => notify("error", text, options),
})
