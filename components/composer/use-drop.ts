"use client"

import { type RefObject, useEffect, useState } from "react"

/** Files dragged over the page around `inside` (its main landmark): true while they are, and handed over when they are dropped. */
export function useDrop(inside: RefObject<HTMLElement | null>, onFiles: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const element = inside.current?.closest<HTMLElement>("main") ?? inside.current
    if (!element) return
    const listeners = new AbortController()
    const { signal } = listeners
    // Entering a child leaves its parent: count instead of believing each event.
    let depth = 0
    const set = (next: number) => {
      depth = Math.max(0, next)
      setOver(depth > 0)
    }
    const withFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false
    element.addEventListener("dragenter", (event) => withFiles(event) && set(depth + 1), { signal })
    element.addEventListener("dragleave", (event) => withFiles(event) && set(depth - 1), { signal })
    element.addEventListener("dragover", (event) => withFiles(event) && event.preventDefault(), { signal })
    element.addEventListener(
      "drop",
      (event) => {
        if (!withFiles(event)) return
        event.preventDefault()
        set(0)
        onFiles([...(event.dataTransfer?.files ?? [])])
      },
      { signal },
    )
    return () => listeners.abort()
  }, [inside, onFiles])
  return over
}
