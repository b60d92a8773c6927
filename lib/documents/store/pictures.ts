/** Page pictures: rendered on first request, then stored with their document. */
import { addDerivative, type DocumentRow, findDerivatives, findDocument, findPages } from "@/lib/db/documents/documents"
import { isUniqueViolation } from "@/lib/db/errors"
import { bytesOfDocument, documentNotFound } from "@/lib/documents/store/documents"
import { newKey } from "@/lib/files/keys"
import { fileStorage, inOne, type StoredBytes } from "@/lib/files/storage"
import { singleton } from "@/lib/singleton"
import { createFairLimiter } from "@/lib/work/fair-limiter"
import { work } from "@/lib/work/work"

/** Sizes in which a page can be requested, in pixels on the long side. */
export const PAGE_SIDES = [320, 800, 1_600] as const
export type PageSide = (typeof PAGE_SIDES)[number]

/** CPU time limit for rendering, in milliseconds per page. */
const DRAW_MS = 15_000
/** Pages rendered together: reopening the document for each costs more than the page. */
const TOGETHER = 4

const variantOf = (number: number, side: PageSide) => `page-${number}-${side}`

/** A page's picture (JPEG). Null if there is none: no such page, a kind without pages to render, or a broken page. */
export async function pagePicture(
  userId: string,
  id: string,
  number: number,
  side: PageSide,
): Promise<StoredBytes | null> {
  const document = await findDocument(id, userId)
  if (!document) throw documentNotFound()
  if (document.kind !== "pdf" || document.status !== "ready" || number < 1 || number > document.pages) return null
  const key = (await keptKey(id, number, side)) ?? (await drawn(document, userId, number, side))
  return key === null ? null : fileStorage().get(key)
}

async function keptKey(id: string, number: number, side: PageSide): Promise<string | null> {
  const [kept] = await findDerivatives(id, [variantOf(number, side)])
  return kept?.objectKey ?? null
}

/** Renders a page and the following ones that aren't rendered yet; a user's requests run one at a time. */
async function drawn(document: DocumentRow, userId: string, number: number, side: PageSide): Promise<string | null> {
  const { fileId } = document
  const inTurn = singleton("pageDrawers", () => createFairLimiter(2, 1))
  return inTurn(userId, async () => {
    const meanwhile = await keptKey(fileId, number, side)
    if (meanwhile) return meanwhile
    const next = Array.from({ length: TOGETHER }, (_, at) => number + at).filter((page) => page <= document.pages)
    const kept = new Set(
      (
        await findDerivatives(
          fileId,
          next.map((page) => variantOf(page, side)),
        )
      ).map(({ variant }) => variant),
    )
    const missing = next.filter((page) => !kept.has(variantOf(page, side)))
    const { bytes, password } = await bytesOfDocument(document)
    const pictures = await work(
      "drawPages",
      { person: userId, ms: DRAW_MS * missing.length },
      bytes,
      missing,
      side,
      password,
    )
    for (const [at, picture] of pictures.entries())
      if (picture) await keep(fileId, variantOf(missing[at] ?? 0, side), picture.jpeg)
    return keptKey(fileId, number, side)
  })
}

async function keep(fileId: string, variant: string, jpeg: Uint8Array): Promise<void> {
  const key = newKey()
  const stored = await fileStorage().put(key, inOne(jpeg))
  await addDerivative({ fileId, variant, mediaType: "image/jpeg" }, { key, ...stored }).catch((error: unknown) => {
    // Another process has rendered it. The next sweep removes the bytes.
    if (!isUniqueViolation(error)) throw error
  })
}

/** Page pictures for a model, as base64, by page number. Pages that can't be rendered are omitted. */
export async function picturesForModel(userId: string, id: string, numbers: number[], side: PageSide) {
  const pictures = new Map<number, string>()
  for (const number of numbers) {
    const stored = await pagePicture(userId, id, number, side).catch(() => null)
    if (!stored) continue
    const pieces: Uint8Array[] = []
    for await (const piece of stored.body) pieces.push(piece)
    pictures.set(number, Buffer.concat(pieces).toString("base64"))
  }
  return pictures
}

/** The text of pages for a model. */
export const pagesForModel = (userId: string, id: string, from: number, to: number) =>
  findPages(id, userId, { from, to })

/** A valid size; null for any other. */
export const sideOf = (size: string | null): PageSide | null =>
  size === null ? 1_600 : (PAGE_SIDES.find((side) => String(side) === size) ?? null)
