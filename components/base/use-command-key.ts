import { useEffect } from "react"

/**
 * Ctrl or ⌘ with this key does it, in place of the browser. Null: it is the browser's. `run` must be stable. Only what some
 * keyboards have behind Shift, as “/”, may have that pressed.
 */
export function useCommandKey(key: string, run: (() => void) | null): void {
  useEffect(() => {
    if (!run) return
    const onKey = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.altKey || event.key.toLowerCase() !== key) return
      if (event.shiftKey && /[a-z,]/.test(key)) return
      event.preventDefault()
      run()
    }
    window.addEventListener("keydown", onKey)
    return () => window.removeEventListener("keydown", onKey)
  }, [key, run])
}
