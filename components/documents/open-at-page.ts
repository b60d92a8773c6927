import { api } from "@/components/base/api"
import { openDocument } from "@/components/documents/viewer-store"
import { DOCUMENT_KINDS } from "@/lib/documents/types"
import { isRecord } from "@/lib/is-record"

/**
 * Opens one of the user's documents at a page (from 1) by id only, with these words highlighted. Does nothing if it is
 * gone.
 */
export async function openAtPage(id: string, page: number, find?: string): Promise<void> {
  const info = await api(`/api/documents/${encodeURIComponent(id)}`).catch(() => null)
  if (!isRecord(info) || typeof info.name !== "string") return
  const kind = DOCUMENT_KINDS.find((one) => one === info.kind)
  if (kind) openDocument({ id, name: info.name, kind, find, page: Number.isSafeInteger(page) && page > 0 ? page : 1 })
}
