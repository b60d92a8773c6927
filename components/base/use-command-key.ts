import { useEffect } from "react"

/**
 * Runs `run` on Ctrl or ⌘ with this key instead of the browser's action. Null: leaves it to the browser. `run` must be
 * stable. Shift is ignored only for keys that some keyboards have behind Shift, such as “/”.
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
