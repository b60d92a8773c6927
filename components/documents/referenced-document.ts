"use client"

import { useMemo } from "react"
import { documentsOf } from "@/components/base/message-content"
import { openDocument } from "@/components/documents/viewer-store"
import type { PagesOf } from "@/components/message/markdown/text/pages"
import { unitOf } from "@/lib/documents/types"
import type { ChatMessage, MessageDocument } from "@/lib/messages/types"

/**
 * The single document a conversation is about; null when there is none or several, so that page references are
 * ambiguous.
 */
export function referencedDocument(messages: ChatMessage[]): MessageDocument | null {
  const all = messages.flatMap((message) => documentsOf(message))
  const [first] = all
  return first?.documentId && all.every(({ documentId }) => documentId === first.documentId) ? first : null
}

/** The same in the form answers need: a stable value for the same document. */
export function useReferencedDocument(messages: ChatMessage[]): PagesOf | null {
  const meant = referencedDocument(messages)
  const { documentId: id, name = "", kind, pages, share } = meant ?? {}
  return useMemo(() => {
    if (!id || !kind || !pages) return null
    const open = (page: number) => openDocument({ id, name, kind, page, ...(share && { share }) })
    return { pages, unit: unitOf(kind), open }
  }, [id, name, kind, pages, share])
}
