/** A user's images: add, crop, check. */
import { v7 as uuidv7 } from "uuid"
import { z } from "zod"
import { isUniqueViolation } from "@/lib/db/errors"
import { type FileRow, findFile, findFiles, StorageFull } from "@/lib/db/files"
import { type MadeOf, readObject, storeFile } from "@/lib/files/files"
import { AppError } from "@/lib/http/errors"
import type { Region } from "@/lib/image.types"
import { MAX_PAGES } from "@/lib/images/decode/limits"
import type { MadeFile, MadePicture } from "@/lib/images/decode/types"
import { type DecodeRequest, decoded } from "@/lib/images/decoder"
import { cleanName } from "@/lib/images/name"
import type { ImageInfo } from "@/lib/images/types"

interface Intake {
  /** Keep bytes that are already in the stored form. */
  asIs?: boolean
  /** The ID to assign. If this user already has an image with that ID, it is returned. */
  id?: string
}

/**
 * Adds a file as an image of this user, whose files may take `mostBytes` in total (null for no limit). Throws `image:*`
 * errors that name the file, `limit:reached` if it doesn't fit.
 */
export async function addImage(
  userId: string,
  file: DecodeRequest["file"],
  fileName: string,
  mostBytes: number | null = null,
  { asIs = false, id }: Intake = {},
): Promise<ImageInfo> {
  const name = cleanName(fileName)
  const there = id === undefined ? null : await imageThere(userId, id)
  if (there) return there
  return decoded({ userId, file, name, asIs }, async ({ pictures: [picture] }) => {
    if (!picture) throw new Error("no image was produced")
    return keep({ userId, name, mostBytes, id }, picture).catch(async (error: unknown) => {
      // Two concurrent requests for the same image.
      const meanwhile = id !== undefined && isUniqueViolation(error) ? await imageThere(userId, id) : null
      if (!meanwhile) throw error
      return meanwhile
    })
  })
}

async function imageThere(userId: string, id: string): Promise<ImageInfo | null> {
  const row = await findFile(id, userId)
  if (row?.kind !== "image") return null
  const { mediaType, width, height, size: bytes, name, thumbhash } = row
  return {
    ...{ id, url: urlOf(id), mediaType, width: width ?? 0, height: height ?? 0, bytes, name },
    thumbhash: thumbhash ?? undefined,
  }
}

const urlOf = (id: string) => `/api/images/${id}`

export interface AddedPages {
  images: ImageInfo[]
  /** Number of pages in the file. */
  pages: number
}

/** The same for the first page of a file (TIFF), or for all pages, up to 30. */
export async function addPages(
  userId: string,
  file: DecodeRequest["file"],
  fileName: string,
  mostBytes: number | null,
  { all }: { all: boolean },
): Promise<AddedPages> {
  const name = cleanName(fileName)
  return decoded({ userId, file, name, pages: all ? MAX_PAGES : 1 }, async ({ pictures, pages }) => {
    const images: ImageInfo[] = []
    for (const picture of pictures) images.push(await keep({ userId, name, mostBytes }, picture))
    return { images, pages }
  })
}

/**
 * Crops an image of this user at its full stored resolution, as a new image. Throws `image:not_found`, `image:region`
 * if the region is out of bounds.
 */
export async function cropImage(
  userId: string,
  id: string,
  region: Region,
  mostBytes: number | null,
): Promise<ImageInfo> {
  const row = await findFile(id, userId)
  const file = row?.kind === "image" ? await readObject(row.objectKey) : null
  if (!row || !file) throw new AppError("image:not_found")
  const { x, y, width, height } = region
  if (x + width > (row.width ?? 0) || y + height > (row.height ?? 0)) throw new AppError("image:region")
  return decoded({ userId, file, name: row.name, region }, async ({ pictures: [picture] }) => {
    if (!picture) throw new Error("no image was produced")
    return keep({ userId, name: row.name, mostBytes, derivedFrom: { id, region } }, picture)
  })
}

interface Keeping {
  id?: string
  userId: string
  name: string
  mostBytes: number | null
  derivedFrom?: { id: string; region: Region }
}

async function keep(
  { id = uuidv7(), userId, name, mostBytes, derivedFrom }: Keeping,
  picture: MadePicture,
): Promise<ImageInfo> {
  const { full, derived, thumbhash } = picture
  const { mediaType, width, height, size } = full
  const row = { id, userId, kind: "image", mediaType, size, width, height, name, thumbhash, derivedFrom } as const
  const made = derived.map(({ variant, ...file }): MadeOf => ({ ...madeFile(file), variant }))
  const content = { bytes: { path: full.path }, sha256: full.sha256 }
  await storeFile({ ...row, mostBytes }, content, made).catch((error: unknown) => {
    if (!(error instanceof StorageFull)) throw error
    throw new AppError("limit:reached/storage", { values: { name, limit: Math.floor((mostBytes ?? 0) / 1_000_000) } })
  })
  return { id, url: urlOf(id), mediaType, width, height, bytes: size, name, thumbhash, derivedFrom }
}

export const madeFile = ({ path, ...file }: MadeFile) => ({ ...file, bytes: { path } })

/** Returns the rows of these images. Throws `image:not_found` unless all of them belong to this user. */
export async function requireImages(userId: string, ids: string[]): Promise<FileRow[]> {
  const wanted = new Set(ids)
  if (wanted.size === 0) return []
  const found = (await findFiles([...wanted], userId)).filter(({ kind }) => kind === "image")
  if (found.length < wanted.size) throw imageGone()
  return found
}

/** An image of a message was removed before the message was sent. */
export const imageGone = () => new AppError("image:not_found/gone")

const count = z.number().int().nonnegative()
const derivedSchema = z.object({
  id: z.string(),
  region: z.object({ x: count, y: count, width: count, height: count }),
})

/** What an image was cropped from, from its row. */
export const derivedFromOf = ({ derivedFrom }: Pick<FileRow, "derivedFrom">): ImageInfo["derivedFrom"] =>
  derivedSchema.safeParse(typeof derivedFrom === "string" ? JSON.parse(derivedFrom) : derivedFrom).data
