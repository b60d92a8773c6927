/**
 * Paper has everything: what is far from the view is drawn, what is folded open, what is not here is read. The style
 * sheet (app/print.css) does the rest.
 */
import { useCallback, useEffect } from "react"
import { flushSync } from "react-dom"
import { usePageCommand } from "@/components/base/page-commands"
import { Store, useStore } from "@/components/base/store"
import { useCommandKey } from "@/components/base/use-command-key"

const printing = new Store(false)

/** The page is about to be printed, or is being printed. */
export const usePrinting = (): boolean => useStore(printing, () => false)

/** Milliseconds without a change after which all is drawn: the highlighter and formulas come when they are needed. */
const QUIET_MS = 1_000
/** What says so of itself is not drawn yet. */
const PENDING = "[data-pending]"
/** Something that changes all the time, as an answer that is written, is not waited for. */
const MOST_MS = 15_000

/** Resolves when what is drawn has come to rest and its images are there. */
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
    const most = window.setTimeout(end, MOST_MS)
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
 * Printing of this page, whole: by its command and by Ctrl/⌘+P, and as far as it is here by the browser's own menu.
 * `load` reads what is not here yet; it must be stable. Nothing while the page has nothing to print.
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
    // The browser takes its picture when this has returned.
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
