"use client"

import { useEffect } from "react"

const FIELD = "input, textarea, [contenteditable]"

/** Rejects files and links dropped where nothing accepts them, which would otherwise replace the page. */
export function RejectStrayDrops() {
  useEffect(() => {
    const refuse = (event: DragEvent) => {
      const { dataTransfer, target } = event
      if (event.defaultPrevented || !dataTransfer) return
      const { types } = dataTransfer
      const intoField = target instanceof Element && target.closest(FIELD) !== null
      if (!types.includes("Files") && (intoField || !types.includes("text/uri-list"))) return
      event.preventDefault()
      dataTransfer.dropEffect = "none"
    }
    window.addEventListener("dragover", refuse)
    window.addEventListener("drop", refuse)
    return () => {
      window.removeEventListener("dragover", refuse)
      window.removeEventListener("drop", refuse)
    }
  }, [])
  return null
}
