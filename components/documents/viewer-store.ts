/** The document that is open beside the conversation. */
import { Store } from "@/components/base/store"
import type { DocumentKind } from "@/lib/documents/types"

export interface OpenDocument {
  id: string
  name: string
  kind: DocumentKind
  /** From 1. */
  page: number
  /** Words highlighted on the page. */
  find?: string
  /** The share it is read through, if it belongs to someone else. */
  share?: string
  /** Differs for each opening, so that the same page can be requested again. */
  turn: number
}

export const openedDocument = new Store<OpenDocument | null>(null)

export function openDocument(document: Omit<OpenDocument, "turn" | "page"> & { page?: number }): void {
  openedDocument.set({ page: 1, ...document, turn: (openedDocument.get()?.turn ?? 0) + 1 })
}

export const closeDocument = (): void => openedDocument.set(null)
