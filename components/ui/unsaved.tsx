"use client"

/** Unsaved form input: anything that would discard it asks first. */
import { createContext, useContext, useEffect, useMemo, useRef, useState } from "react"
import { Store, useStore } from "@/components/base/store"
import { confirmOnUnload } from "@/components/history/leave-confirmation"

/** The unsaved changes of one dialog. */
export interface UnsavedWork {
  /** Number of forms with unsaved changes. */
  forms: Store<number>
  /** Runs `go` immediately, or once the user agrees to discard changes. */
  ask: (go: () => void) => void
}

export const UnsavedContext = createContext<UnsavedWork | null>(null)

/**
 * While `unsaved`, closing the form's dialog asks “Discard changes?”, and the browser asks before closing or reloading
 * the tab. Returns a function that asks before the form's own ways to leave it.
 */
export function useUnsaved(unsaved: boolean): (go: () => void) => void {
  const work = useContext(UnsavedContext)
  useEffect(() => {
    if (!unsaved) return
    work?.forms.set(work.forms.get() + 1)
    const end = confirmOnUnload()
    return () => {
      work?.forms.set(work.forms.get() - 1)
      end()
    }
  }, [unsaved, work])
  return (go) => (unsaved && work ? work.ask(go) : go())
}

/** For containers of forms: their unsaved changes, and the action pending the user's answer. */
export function useUnsavedWork() {
  const [asked, setAsked] = useState<(() => void) | null>(null)
  /** The element focused before asking: clicking outside the dialog blurs it. */
  const typing = useRef<Element | null>(null)
  const waiting = useRef(false)
  const work = useMemo<UnsavedWork>(() => {
    const forms = new Store(0)
    const ask = (go: () => void) => {
      if (forms.get() === 0) return go()
      const { activeElement } = document
      // On a second request, the question itself has focus.
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
