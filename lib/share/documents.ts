/** Which document a request may see: the user's own, or with `?share=` one whose pages a live share shows. */
import { requireRight } from "@/lib/auth/session"
import { snapshotOfShare } from "@/lib/db/shares"
import { pagesIn } from "@/lib/documents/fit"
import { documentNotFound, documentOf } from "@/lib/documents/store/documents"
import type { DocumentInfo } from "@/lib/documents/types"
import { idOf } from "@/lib/http/route"
import { accessTo, imagesOf } from "@/lib/share/access"
import { readerOf } from "@/lib/share/reader"
import { readSnapshot } from "@/lib/share/stored"

export interface ShownDocument {
  /** The owner's user ID. */
  owner: string
  info: DocumentInfo
  /** Accessed through someone's link. */
  shared: boolean
  isShown(page: number): boolean
}

/** Throws `document:not_found`, also if a link doesn't show the document (any longer). */
export async function shownDocument(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<ShownDocument> {
  const id = idOf((await params).id)
  const token = new URL(request.url).searchParams.get("share")
  if (token === null) {
    const { id: owner } = await requireRight(request, "file:read")
    if (!id) throw documentNotFound()
    return { owner, info: await documentOf(owner, id), shared: false, isShown: () => true }
  }
  const access = await accessTo(token, await readerOf(request.headers))
  if (!id || access.state !== "open" || !imagesOf(access.share).includes(id)) throw documentNotFound()
  const owner = access.share.userId
  const info = await documentOf(owner, id)
  const { messages } = readSnapshot(await snapshotOfShare(access.share.id))
  const shown = new Set(
    messages.flatMap(({ parts }) =>
      parts.flatMap((part) =>
        part.type === "data-document" && part.data.documentId === id ? pagesIn(part.data.range, info.pages) : [],
      ),
    ),
  )
  // Its name, its title, and its contents may have been redacted.
  const { title: _, ...facts } = info.facts
  return {
    owner,
    info: { ...info, name: "document", facts: { ...facts, notes: [] } },
    shared: true,
    isShown: (page) => shown.has(page),
  }
}
