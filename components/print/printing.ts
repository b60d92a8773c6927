/**
 * Prints everything: renders what is far from the viewport, expands what is folded, and loads what is missing. The
 * style sheet (app/print.css) does the rest.
 */
import { useCallback, useEffect } from "react"
import { flushSync } from "react-dom"
import { usePageCommand } from "@/components/base/page-commands"
import { Store, useStore } from "@/components/base/store"
import { useCommandKey } from "@/components/base/use-command-key"

const printing = new Store(false)

/** The page is about to be printed, or is being printed. */
export const usePrinting = (): boolean => useStore(printing, () => false)

/**
 * Milliseconds without a DOM change after which rendering counts as complete: the highlighter and formulas load on
 * demand.
 */
const QUIET_MS = 1_000
/** Elements that mark themselves as not rendered yet. */
const PENDING = "[data-pending]"
/** Maximum wait, for content that changes constantly, such as a streaming answer. */
const MAX_MS = 15_000

/** Resolves when the DOM is stable and its images have loaded. */
async function settled(): Promise<void> {
  await new Promise<void>((resolve) => {
    let quiet = 0
    const settle = () => (document.querySelector(PENDING) ? wait() : end())
    const end = () => {
      observer.disconnect()
      clearTimeout(quiet)
      clearTimeout(most)
      resolve()
    }
    const wait = () => {
      clearTimeout(quiet)
      quiet = window.setTimeout(settle, QUIET_MS)
    }
    const observer = new MutationObserver(wait)
    const most = window.setTimeout(end, MAX_MS)
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
    wait()
  })
  await Promise.allSettled(
    [...document.images].map((image) => {
      image.loading = "eager"
      return image.decode()
    }),
  )
}

/**
 * Prints this page in full by its command and by Ctrl/⌘+P, and as far as loaded by the browser's own menu. `load` loads
 * what is missing; it must be stable. Null while the page has nothing to print.
 */
export function usePrint(load: (() => Promise<unknown>) | null): () => Promise<void> {
  const print = useCallback(async () => {
    await load?.()
    printing.set(true)
    await settled()
    window.print()
  }, [load])
  usePageCommand("print", load && print)
  useCommandKey("p", load && print)
  useEffect(() => {
    // The browser captures the page when this returns.
    const before = () => flushSync(() => printing.set(true))
    const after = () => printing.set(false)
    window.addEventListener("beforeprint", before)
    window.addEventListener("afterprint", after)
    return () => {
      window.removeEventListener("beforeprint", before)
      window.removeEventListener("afterprint", after)
      after()
    }
  }, [])
  return print
}
