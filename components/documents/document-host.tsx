"use client"

import { Suspense, useEffect } from "react"
import { useStore } from "@/components/base/store"
import { closeDocument, openedDocument } from "@/components/documents/viewer-store"
import { lazyOverlay } from "@/components/ui/lazy-part"

const DocumentViewer = lazyOverlay(() => import("@/components/documents/document-viewer"))

interface Props {
  /** The current conversation: switching it closes the document. */
  of: string
  onQuote: ((text: string) => void) | null
}

/** Shows the open document beside the conversation it belongs to. */
export function DocumentHost({ of, onQuote }: Props) {
  const document = useStore(openedDocument, () => null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes when the conversation changes
  useEffect(() => closeDocument, [of])
  const open = document !== null
  useEffect(() => {
    if (!open) return
    const before = window.document.activeElement
    const main = window.document.getElementById("main")
    main?.setAttribute("data-beside", "")
    return () => {
      main?.removeAttribute("data-beside")
      if (before instanceof HTMLElement) before.focus()
    }
  }, [open])
  if (!document) return null
  return (
    <Suspense>
      <DocumentViewer document={document} onQuote={onQuote} onClose={closeDocument} />
    </Suspense>
  )
}
