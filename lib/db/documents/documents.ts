/** Documents and their pages. Ownership is that of the file, which every query checks. */
import { setImmediate as nextTurn } from "node:timers/promises"
import { cleanText, toJson } from "@/lib/db/clean"
import { db, raw } from "@/lib/db/client"
import type { NewObject } from "@/lib/db/files"
import type { DocumentPage, Document as Row } from "@/lib/db/generated/sqlite/client"

export type DocumentRow = Row & { file: { name: string; size: number; objectKey: string; mediaType: string } }
export type PageRow = DocumentPage

const FILE = { file: { select: { name: true, size: true, objectKey: true, mediaType: true } } } as const

/** For a file that exists. */
export const createDocument = (row: { fileId: string; kind: string; status: string; facts: unknown }) =>
  db().document.create({ data: { ...row, facts: toJson(row.facts) }, select: { fileId: true } })

export const findDocument = (id: string, userId: string): Promise<DocumentRow | null> =>
  db().document.findFirst({ where: { fileId: id, file: { userId } }, include: FILE })

export const findDocuments = (ids: string[], userId: string): Promise<DocumentRow[]> =>
  db().document.findMany({ where: { fileId: { in: ids }, file: { userId } }, include: FILE })

export interface NewPage {
  name?: string
  text: string
  tokens: number
  boxes?: number[]
  scanned?: boolean
  width?: number
  height?: number
}

/** Pages per statement: each blocks the thread that serves everyone. */
const AT_ONCE = 10

/**
 * Stores the content of a document, in pieces that take a few milliseconds each, and marks it as ready at the end. A
 * document left incomplete by a crash still has the status `reading`, and is stored again.
 */
export async function storePages(
  id: string,
  pages: NewPage[],
  { facts, password }: { facts: unknown; password?: string },
): Promise<void> {
  await db().documentPage.deleteMany({ where: { documentId: id } })
  let offset = 0
  for (let from = 0; from < pages.length; from += AT_ONCE) {
    const data = pages.slice(from, from + AT_ONCE).map(({ name, text, boxes = [], ...page }, at) => {
      const clean = cleanText(text)
      const row = { ...page, documentId: id, number: from + at + 1, text: clean, offset, boxes: toJson(boxes) }
      offset += clean.length
      return name ? { ...row, name: cleanText(name) } : row
    })
    await db().documentPage.createMany({ data })
    await nextTurn()
  }
  await db().document.update({
    where: { fileId: id },
    data: { status: "ready", pages: pages.length, facts: toJson(facts), ...(password && { password }) },
    select: { fileId: true },
  })
}

/** Pages of a document of this user; word positions only on request. */
export const findPages = (
  id: string,
  userId: string,
  { from, to, boxes = false }: { from: number; to: number; boxes?: boolean },
) =>
  db().documentPage.findMany({
    where: { documentId: id, number: { gte: from, lte: to }, document: { file: { userId } } },
    omit: { boxes: !boxes },
    orderBy: { number: "asc" },
  })

/** All text of documents, of any user: for the search index, whose queries filter by owner. */
export async function textsOfDocuments(ids: string[], userId: string, mostCharacters: number): Promise<string[]> {
  const texts: string[] = []
  let left = mostCharacters
  for (const id of ids) {
    for (let from = 1; left > 0; from += AT_ONCE) {
      const pages = await findPages(id, userId, { from, to: from + AT_ONCE - 1 })
      for (const { name, text } of pages) {
        texts.push([name, text].filter(Boolean).join("\n").slice(0, left))
        left -= text.length
      }
      if (pages.length < AT_ONCE) break
      await nextTurn()
    }
  }
  return texts
}

/** Copies the document to another file with the same bytes. */
export async function copyDocument(from: string, to: string): Promise<void> {
  await raw().transact([
    {
      sql: `INSERT INTO "Document" ("fileId", "kind", "status", "pages", "facts", "password")
        SELECT ?, "kind", "status", "pages", "facts", "password" FROM "Document" WHERE "fileId" = ?`,
      values: [to, from],
    },
    {
      sql: `INSERT INTO "DocumentPage" ("documentId", "number", "name", "text", "offset", "tokens", "boxes", "scanned", "width", "height")
        SELECT ?, "number", "name", "text", "offset", "tokens", "boxes", "scanned", "width", "height"
        FROM "DocumentPage" WHERE "documentId" = ?`,
      values: [to, from],
    },
  ])
}

export const setPassword = (id: string, password: string) =>
  db().document.update({ where: { fileId: id }, data: { password }, select: { fileId: true } })

/** Derivatives of a document, by variant. */
export const findDerivatives = (fileId: string, variants: string[]) =>
  db().derivative.findMany({ where: { fileId, variant: { in: variants } } })

/** Adds a derivative of a file, with the object of its bytes that was just stored. */
export const addDerivative = (
  { fileId, variant, mediaType }: { fileId: string; variant: string; mediaType: string },
  { key, sha256, size }: NewObject,
): Promise<void> =>
  raw().transact([
    {
      sql: `INSERT INTO "StoredObject" ("key", "sha256", "size", "createdAt") VALUES (?, ?, ?, ?)`,
      values: [key, sha256, size, new Date()],
    },
    {
      sql: `INSERT INTO "Derivative" ("fileId", "variant", "objectKey", "mediaType", "size") VALUES (?, ?, ?, ?, ?)`,
      values: [fileId, variant, key, mediaType, size],
    },
  ])
