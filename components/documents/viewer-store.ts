/** The document that is open beside the conversation. */
import { Store } from "@/components/base/store"
import type { DocumentKind } from "@/lib/documents/types"

export interface OpenDocument {
  id: string
  name: string
  kind: DocumentKind
  /** From 1. */
  page: number
  /** Words that are marked on it. */
  find?: string
  /** The link behind which it is read, where it is somebody else's. */
  share?: string
  /** Each opening is another: the same page can be asked for again. */
  turn: number
}

export const openedDocument = new Store<OpenDocument | null>(null)

export function openDocument(document: Omit<OpenDocument, "turn" | "page"> & { page?: number }): void {
  openedDocument.set({ page: 1, ...document, turn: (openedDocument.get()?.turn ?? 0) + 1 })
}

export const closeDocument = (): void => openedDocument.set(null)
