/**
 * Resumable uploads: one that was interrupted continues where it stopped. One writer at a time; a browser that
 * reconnects ends the piece it lost track of.
 */
import { createHash } from "node:crypto"
import type { FileHandle } from "node:fs/promises"
import { v7 as uuidv7 } from "uuid"
import { storedBytes } from "@/lib/db/files"
import { AppError } from "@/lib/http/errors"
import { cleanName } from "@/lib/images/name"
import { ownBytes } from "@/lib/intake/fence"
import { type FileLimits, intake, maxFileBytes } from "@/lib/intake/intake"
import { makeRoom } from "@/lib/intake/room"
import {
  bytesOf,
  makeUpload,
  readUpload,
  receivedBytes,
  removeBytes,
  removeUpload,
  removeUploadsBefore,
  type UploadMeta,
  writeUpload,
} from "@/lib/intake/stage"
import { alone } from "@/lib/intake/turns"
import type { Checksum } from "@/lib/intake/tus"
import type { Taken, TakeRequest } from "@/lib/intake/types"
import { missing, recordUploadLocation } from "@/lib/intake/whereabouts"

/** Milliseconds without new data after which an upload is discarded. */
const KEPT_MS = 24 * 60 * 60 * 1_000

const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10

export interface UploadState {
  id: string
  size: number
  offset: number
  /** When it will be discarded if it doesn't continue. */
  expires: Date
}

/**
 * Reserves room for a file. Throws `upload:too_large` if it exceeds the limit of every kind of file, `limit:reached` if
 * it doesn't fit next to the user's stored files, or exceeds the limits for uploads in progress.
 */
export async function beginUpload(userId: string, file: { name: string; size: number }, limits: FileLimits) {
  const name = cleanName(file.name)
  const { size } = file
  const most = maxFileBytes()
  if (size > most)
    throw new AppError("upload:too_large", {
      values: { name, megabytes: megabytes(size), limit: megabytes(most) },
      details: { name },
    })
  const id = uuidv7()
  // Serialized: otherwise concurrent requests would each find room.
  await alone(`begin:${userId}`, async () => {
    const { mostBytes } = limits
    if (mostBytes !== null && (await storedBytes(userId)) + size > mostBytes)
      throw new AppError("limit:reached/storage", { values: { name, limit: Math.floor(mostBytes / 1_000_000) } })
    if (!(await makeRoom(userId, size, mostBytes))) throw new AppError("limit:reached/uploading")
    await makeUpload(userId, id, { name, size, taken: null })
    await recordUploadLocation(id, KEPT_MS)
  })
  return { id, size, offset: 0, expires: expiryOf(new Date()) } satisfies UploadState
}

const expiryOf = (at: Date) => new Date(at.getTime() + KEPT_MS)

/** The progress of an upload. A piece still being written is ended first. Throws `upload:not_found`. */
export const uploadState = (userId: string, id: string): Promise<UploadState> =>
  alone(id, async () => stateOf(id, await required(userId, id), await receivedBytes(userId, id)))

function stateOf(id: string, { size, taken }: UploadMeta, arrived: { bytes: number; at: Date } | null): UploadState {
  if (!arrived && !taken) throw new AppError("upload:not_found")
  return {
    id,
    size,
    offset: arrived ? Math.min(arrived.bytes, size) : size,
    expires: expiryOf(arrived?.at ?? new Date()),
  }
}

async function required(userId: string, id: string): Promise<UploadMeta> {
  const meta = await readUpload(userId, id)
  if (!meta) throw await missing(id)
  return meta
}

export interface Piece {
  offset: number
  body: ReadableStream<Uint8Array> | null
  checksum: Checksum | null
}

/**
 * Appends a piece. The received part of an interrupted piece is kept, unless it has a checksum. Throws
 * `upload:not_found`, `upload:offset` if it starts elsewhere, `upload:too_large` if it exceeds the announced size,
 * `upload:checksum`.
 */
export const appendPiece = (userId: string, id: string, piece: Piece): Promise<UploadState> =>
  alone(id, async (turn) => {
    const meta = await required(userId, id)
    const { offset } = stateOf(id, meta, await receivedBytes(userId, id))
    if (piece.offset !== offset) throw new AppError("upload:offset", { details: { offset } })
    if (!meta.taken) await ownBytes([userId, id], turn, (file) => write(file, piece, meta, turn.signal))
    return stateOf(id, meta, await receivedBytes(userId, id))
  })

async function write(file: FileHandle, piece: Piece, { name, size }: UploadMeta, signal: AbortSignal): Promise<void> {
  const hash = piece.checksum && createHash(piece.checksum.algorithm)
  let at = piece.offset
  let whole = false
  try {
    for await (const bytes of until(signal, piece.body)) {
      if (at + bytes.byteLength > size)
        throw new AppError("upload:too_large/behind", {
          values: { name, megabytes: megabytes(size) },
          details: { name },
        })
      hash?.update(bytes)
      await file.write(bytes, 0, bytes.byteLength, at)
      at += bytes.byteLength
    }
    if (hash && hash.digest("base64") !== piece.checksum?.digest) throw new AppError("upload:checksum")
    whole = true
  } catch (cause) {
    // The connection broke, or the browser reconnected on another one.
    if (!(cause instanceof AppError)) throw new AppError("upload:cut", { cause })
    throw cause
  } finally {
    if (!whole && hash) await file.truncate(piece.offset)
  }
}

/** Reads a body until `signal` aborts; then throws, even while no data arrives. */
async function* until(signal: AbortSignal, body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array, void> {
  const reader = body?.getReader()
  const end = () => void reader?.cancel().catch(() => {})
  signal.addEventListener("abort", end)
  try {
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) yield piece.value
    signal.throwIfAborted()
  } finally {
    signal.removeEventListener("abort", end)
  }
}

/** Cancels an upload and removes what was received. Throws `upload:not_found`. */
export const endUpload = (userId: string, id: string): Promise<void> =>
  alone(id, async () => {
    await required(userId, id)
    await removeUpload(userId, id)
  })

/**
 * Takes the complete file as the kind it is detected as. Repeated requests return the same result; after an error it
 * can be retried. Throws `upload:not_found`, `upload:incomplete`, and the errors of the kind.
 */
export const finalizeUpload = (userId: string, id: string, asked: TakeRequest, limits: FileLimits): Promise<Taken> =>
  alone(id, async (turn) => {
    const meta = await required(userId, id)
    if (meta.taken && !morePages(meta.taken, asked)) return meta.taken
    const arrived = await receivedBytes(userId, id)
    if (!arrived) throw new AppError("upload:not_found")
    if (arrived.bytes < meta.size) throw new AppError("upload:incomplete", { details: { offset: arrived.bytes } })
    const { name, size } = meta
    const taken = await intake({ userId, name, path: bytesOf(userId, id), size, ...limits }, asked)
    await turn.check()
    await writeUpload(userId, id, { ...meta, taken })
    // If there are several pages, the others may still be requested.
    if (taken.kind !== "image" || !taken.pages || taken.images) await removeBytes(userId, id)
    return taken
  })

/** Whether all pages are now requested of a file of which only the first was taken. */
const morePages = (taken: Taken, asked: TakeRequest): boolean =>
  asked.pages === "all" && taken.kind === "image" && taken.pages !== undefined && !taken.images

/** Removes abandoned uploads. Returns how many. */
export const sweepUploads = (now = new Date()): Promise<number> =>
  removeUploadsBefore(new Date(now.getTime() - KEPT_MS))
