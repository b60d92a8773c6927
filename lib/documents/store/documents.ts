/** A user's documents: add, read, unlock, look up. */
import { createHash } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { config } from "@/lib/config"
import { createDocument, type DocumentRow, findDocument, findDocuments, storePages } from "@/lib/db/documents/documents"
import { StorageFull } from "@/lib/db/files"
import { documentKindOf } from "@/lib/documents/kind"
import { factsOf, infoOf } from "@/lib/documents/store/info"
import type { DocumentInfo, DocumentKind } from "@/lib/documents/types"
import { storeFile } from "@/lib/files/files"
import { fileStorage, readWhole } from "@/lib/files/storage"
import { AppError } from "@/lib/http/errors"
import { PURPOSES, seal, unseal } from "@/lib/seal"
import { work } from "@/lib/work/work"

/** Maximum size in bytes of a document. */
export const MAX_DOCUMENT_BYTES = 50_000_000
/** CPU time limit for reading a document, in milliseconds. */
const READ_MS = 90_000
const PURPOSE = PURPOSES.documentPassword

export const documentNotFound = () => new AppError("document:not_found")

const MEDIA_TYPES: Record<DocumentKind, string> = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  odt: "application/vnd.oasis.opendocument.text",
  ods: "application/vnd.oasis.opendocument.spreadsheet",
  odp: "application/vnd.oasis.opendocument.presentation",
  epub: "application/epub+zip",
  html: "text/html",
  rtf: "application/rtf",
  eml: "message/rfc822",
  text: "text/plain",
}

export interface NewDocument {
  /** Sanitized, for display only. */
  name: string
  /** For an encrypted document. */
  password?: string
  /** Storage limit for all of the user's files; null for no limit. */
  mostBytes: number | null
  /** The kind to use if the bytes aren't a document of another kind. */
  otherwise?: "text"
}

/**
 * Adds a file as a document of this user. A password-protected one is stored as `locked` until `unlockDocument`. Throws
 * `document:*` errors that name the file, `limit:reached` if it doesn't fit.
 */
export async function addDocument(userId: string, bytes: Uint8Array, asked: NewDocument): Promise<DocumentInfo> {
  const { name, password, mostBytes } = asked
  const found = documentKindOf(bytes) ?? asked.otherwise ?? null
  if (found === null) throw refusal("unknown", name)
  if (found === "old_office" || found === "encrypted") throw refusal(found, name)
  const reading = await read(userId, found, bytes, { name, password })
  const id = uuidv7()
  const file = { id, userId, kind: "document", mediaType: MEDIA_TYPES[found], size: bytes.length, name } as const
  const sha256 = createHash("sha256").update(bytes).digest("hex")
  await storeFile({ ...file, width: null, height: null, mostBytes }, { bytes, sha256 }).catch((error: unknown) => {
    if (!(error instanceof StorageFull)) throw error
    throw new AppError("limit:reached/storage", { values: { name, limit: Math.floor((mostBytes ?? 0) / 1_000_000) } })
  })
  const status = reading ? "reading" : "locked"
  await createDocument({ fileId: id, kind: found, status, facts: factsOf(null) })
  if (reading) await store(id, reading, password)
  return required(userId, id)
}

type Read = NonNullable<Awaited<ReturnType<typeof read>>>

/** The contents of a document; null if its password is missing. */
async function read(
  userId: string,
  kind: DocumentKind,
  bytes: Uint8Array,
  { name, password }: { name: string; password?: string },
) {
  const { document, tokens, fault, found } = await work(
    "readDocument",
    { person: userId, ms: READ_MS },
    ...([kind, bytes, password] as const),
  )
    .then((reading) => ({ tokens: [], found: undefined, ...reading }))
    .catch((error: unknown) => {
      throw error instanceof AppError && error.code === "work:too_much" ? refusal("too_much", name, error) : error
    })
  if (document) return { document, tokens }
  if (fault === "locked") return null
  throw refusal(fault, name, undefined, found)
}

const store = (id: string, { document, tokens }: Read, password: string | undefined) =>
  storePages(
    id,
    document.pages.map((page, at) => ({ ...page, tokens: tokens[at] ?? 0 })),
    {
      facts: factsOf(document, tokens),
      ...(password !== undefined && { password: seal(password, config().authSecret, PURPOSE) }),
    },
  )

const REFUSALS = {
  broken: "document:broken",
  unknown: "document:unsupported",
  old_office: "document:unsupported/old_office",
  encrypted: "document:unsupported/encrypted",
  empty: "document:empty",
  bomb: "document:too_large/bomb",
  unpacked: "document:too_large/unpacked",
  too_much: "document:too_large/too_much",
  pages: "document:too_large/pages",
  locked: "document:password",
  wrong_password: "document:password/wrong",
} as const

function refusal(reason: keyof typeof REFUSALS, name: string, cause?: unknown, count = 0): AppError {
  const counted: Record<string, number> = reason === "pages" ? { count } : {}
  return new AppError(REFUSALS[reason], { values: { name, ...counted }, details: { name }, cause })
}

async function required(userId: string, id: string): Promise<DocumentInfo> {
  return infoOf(await requiredRow(userId, id))
}

async function requiredRow(userId: string, id: string): Promise<DocumentRow> {
  const row = await findDocument(id, userId)
  if (!row) throw documentNotFound()
  return row
}

/** Throws `document:not_found`. */
export const documentOf = required

/** This user's documents among `ids`, in no particular order. */
export async function documentsOf(userId: string, ids: string[]): Promise<DocumentInfo[]> {
  return ids.length === 0 ? [] : (await findDocuments([...new Set(ids)], userId)).map(infoOf)
}

/** The bytes of a document, and its password. Throws `document:not_found` if the bytes are lost. */
export async function bytesOfDocument({ file, password }: DocumentRow): Promise<{ bytes: Buffer; password?: string }> {
  const bytes = await readWhole(fileStorage(), file.objectKey)
  if (!bytes) throw documentNotFound()
  if (password === null) return { bytes }
  try {
    return { bytes, password: unseal(password, config().authSecret, PURPOSE) }
  } catch {
    // The server's secret has changed since.
    return { bytes }
  }
}

/** CPU time limit for extracting pictures, in milliseconds. */
const UNPACK_MS = 20_000

/** The embedded pictures of a document, and its name. Throws `document:not_found`. */
export async function picturesOfDocument(userId: string, id: string) {
  const row = await requiredRow(userId, id)
  const { kind, name } = infoOf(row)
  const { bytes } = await bytesOfDocument(row)
  return { name, pictures: await work("documentPictures", { person: userId, ms: UNPACK_MS }, kind, bytes) }
}

/** Reads a locked document. Throws `document:not_found`, `document:password/wrong`, and the errors of reading. */
export async function unlockDocument(userId: string, id: string, password: string): Promise<DocumentInfo> {
  const row = await requiredRow(userId, id)
  if (row.status === "ready") return infoOf(row)
  const { bytes } = await bytesOfDocument(row)
  const { kind, name } = infoOf(row)
  const reading = await read(userId, kind, bytes, { name, password })
  if (!reading) throw refusal("wrong_password", name)
  await store(id, reading, password)
  return required(userId, id)
}
