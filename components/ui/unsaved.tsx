"use client"

/** What is typed and kept nowhere yet: whoever would throw it away asks first. */
import { createContext, useContext, useEffect, useMemo, useRef, useState } from "react"
import { Store, useStore } from "@/components/base/store"
import { askOnClose } from "@/components/history/leaving"

/** The unsaved work of one dialog. */
export interface UnsavedWork {
  /** How many forms have some. */
  forms: Store<number>
  /** Does it, at once or when the person agrees to lose what is typed. */
  ask: (go: () => void) => void
}

export const UnsavedContext = createContext<UnsavedWork | null>(null)

/**
 * While `unsaved`, closing the dialog that this form stands in asks “Discard changes?”, and so does the browser before
 * the tab is closed or read anew. Returns what asks before a way of the form's own to leave it.
 */
export function useUnsaved(unsaved: boolean): (go: () => void) => void {
  const work = useContext(UnsavedContext)
  useEffect(() => {
    if (!unsaved) return
    work?.forms.set(work.forms.get() + 1)
    const end = askOnClose()
    return () => {
      work?.forms.set(work.forms.get() - 1)
      end()
    }
  }, [unsaved, work])
  return (go) => (unsaved && work ? work.ask(go) : go())
}

/** For what holds forms: their work, and what waits for the person's word while it is asked about. */
export function useUnsavedWork() {
  const [asked, setAsked] = useState<(() => void) | null>(null)
  /** What had the focus when it was asked: a click beside the dialog takes that away. */
  const typing = useRef<Element | null>(null)
  const waiting = useRef(false)
  const work = useMemo<UnsavedWork>(() => {
    const forms = new Store(0)
    const ask = (go: () => void) => {
      if (forms.get() === 0) return go()
      const { activeElement } = document
      // Asked twice, the question itself has the focus.
      if (!waiting.current && activeElement?.parentElement?.closest("[role='dialog']")) typing.current = activeElement
      waiting.current = true
      setAsked(() => go)
    }
    return { forms, ask }
  }, [])
  const some = useStore(work.forms) > 0
  return {
    work,
    some,
    asking: asked !== null,
    typing,
    keep: () => {
      waiting.current = false
      setAsked(null)
    },
    discard: () => {
      waiting.current = false
      setAsked(null)
      asked?.()
    },
  }
}
