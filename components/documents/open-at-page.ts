import { api } from "@/components/base/api"
import { openDocument } from "@/components/documents/viewer-store"
import { DOCUMENT_KINDS } from "@/lib/documents/types"
import { isRecord } from "@/lib/is-record"

/** Opens a document of the person at a page (from 1), knowing no more of it, with these words marked. One that is gone is left closed. */
export async function openAtPage(id: string, page: number, find?: string): Promise<void> {
  const info = await api(`/api/documents/${encodeURIComponent(id)}`).catch(() => null)
  if (!isRecord(info) || typeof info.name !== "string") return
  const kind = DOCUMENT_KINDS.find((one) => one === info.kind)
  if (kind) openDocument({ id, name: info.name, kind, find, page: Number.isSafeInteger(page) && page > 0 ? page : 1 })
}
