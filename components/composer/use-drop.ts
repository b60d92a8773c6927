"use client"

import { useEffect, useState } from "react"
import { goOn } from "@/components/base/focus"
import { droppedFiles } from "@/components/composer/dropped-files"

/** True while files are dragged over the window. Passes on files dropped anywhere, including those in folders. */
export function useDrop(onFiles: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const listeners = new AbortController()
    const { signal } = listeners
    // Entering a child also leaves its parent, so count instead of trusting single events.
    let depth = 0
    const set = (next: number) => {
      depth = Math.max(0, next)
      setOver(depth > 0)
    }
    const withFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false
    document.addEventListener("dragenter", (event) => withFiles(event) && set(depth + 1), { signal })
    document.addEventListener("dragleave", (event) => withFiles(event) && set(depth - 1), { signal })
    document.addEventListener("dragover", (event) => withFiles(event) && event.preventDefault(), { signal })
    document.addEventListener(
      "drop",
      (event) => {
        if (!withFiles(event)) return
        event.preventDefault()
        set(0)
        void droppedFiles(event.dataTransfer).then(onFiles)
        // Moves focus to the field, to write about the files.
        goOn()
      },
      { signal },
    )
    return () => listeners.abort()
  }, [onFiles])
  return over
}
