/** A person's images: taken in, read back, handed to a model. */
import { v7 as uuidv7 } from "uuid"
import { findFiles, StorageFull } from "@/lib/db/files"
import { keepFile, readFiles } from "@/lib/files/files"
import { AppError } from "@/lib/http/errors"
import { normalizedBefore, normalizeImage } from "@/lib/images/intake"
import type { ImageInfo, ModelImage } from "@/lib/images/types"
import { createLimiter } from "@/lib/limiter"
import { singleton } from "@/lib/singleton"

/** Decodings at once: each holds a whole picture in memory. */
const DECODERS = 2

interface Intake {
  /** Bytes that are as an intake leaves them stay as they are. */
  asIs?: boolean
}

/**
 * Takes a file in as an image of this user, whose files may take `mostBytes` together (null: any number). Throws `image:*`
 * errors that name the file, `limit:reached` where it doesn't fit.
 */
export async function addImage(
  userId: string,
  file: Uint8Array,
  fileName: string,
  mostBytes: number | null = null,
  { asIs = false }: Intake = {},
): Promise<ImageInfo> {
  const limit = singleton("imageDecoders", () => createLimiter(DECODERS))
  const { data, mediaType, width, height, sha256, name } = await limit(
    async () => (asIs ? await normalizedBefore(file, fileName) : null) ?? (await normalizeImage(file, fileName)),
  )
  const id = uuidv7()
  const row = { id, userId, kind: "image", mediaType, size: data.length, width, height, name } as const
  await keepFile({ ...row, mostBytes }, data, sha256).catch((error: unknown) => {
    if (!(error instanceof StorageFull)) throw error
    throw new AppError("limit:reached/storage", { values: { name, limit: Math.floor((mostBytes ?? 0) / 1_000_000) } })
  })
  return { id, url: `/api/images/${id}`, mediaType, width, height, bytes: data.length, name }
}

/** Throws `image:not_found` unless all of them are this user's. */
export async function requireImages(userId: string, ids: string[]): Promise<void> {
  const wanted = new Set(ids)
  if (wanted.size === 0) return
  const found = (await findFiles([...wanted], userId)).filter(({ kind }) => kind === "image")
  if (found.length < wanted.size) throw imageGone()
}

/** An image of a message was removed before the message was sent. */
export const imageGone = () => new AppError("image:not_found/gone")

/** The images of this user among `ids`, as a model takes them. Lost ones are left out. */
export async function imagesForModel(userId: string, ids: string[]): Promise<Map<string, ModelImage>> {
  const files = await readFiles(userId, ids)
  return new Map(
    files.map(({ row, data }) => [row.id, { mediaType: row.mediaType, base64: data.toString("base64") }] as const),
  )
}
