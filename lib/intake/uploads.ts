/**
 * Files on their way here, piece by piece: an upload that was cut goes on from where it was. One writer at a time; a
 * browser that comes back ends the piece that it lost sight of.
 */
import { createHash } from "node:crypto"
import type { FileHandle } from "node:fs/promises"
import { v7 as uuidv7 } from "uuid"
import { storedBytes } from "@/lib/db/files"
import { AppError } from "@/lib/http/errors"
import { cleanName } from "@/lib/images/name"
import { ownBytes } from "@/lib/intake/fence"
import { type FileLimits, intake, mostBytesOfFile } from "@/lib/intake/intake"
import { makeRoom } from "@/lib/intake/room"
import {
  arrivedOf,
  bytesOf,
  makeUpload,
  readUpload,
  removeBytes,
  removeUpload,
  removeUploadsBefore,
  type UploadMeta,
  writeUpload,
} from "@/lib/intake/stage"
import { alone } from "@/lib/intake/turns"
import type { Checksum } from "@/lib/intake/tus"
import type { Taken, TakeRequest } from "@/lib/intake/types"
import { missing, noteHere } from "@/lib/intake/whereabouts"

/** Milliseconds without a new byte after which an upload is given up. */
const KEPT_MS = 24 * 60 * 60 * 1_000

const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10

export interface UploadState {
  id: string
  size: number
  offset: number
  /** When it is given up, unless it goes on. */
  expires: Date
}

/**
 * Makes room for a file. Throws `upload:too_large` for one that no kind of file may have, `limit:reached` for one that
 * doesn't fit beside what the person stores, and for more than a person may have on the way.
 */
export async function beginUpload(userId: string, file: { name: string; size: number }, limits: FileLimits) {
  const name = cleanName(file.name)
  const { size } = file
  const most = mostBytesOfFile()
  if (size > most)
    throw new AppError("upload:too_large", {
      values: { name, megabytes: megabytes(size), limit: megabytes(most) },
      details: { name },
    })
  const id = uuidv7()
  // One after the other: of many at once, each would find room.
  await alone(`begin:${userId}`, async () => {
    const { mostBytes } = limits
    if (mostBytes !== null && (await storedBytes(userId)) + size > mostBytes)
      throw new AppError("limit:reached/storage", { values: { name, limit: Math.floor(mostBytes / 1_000_000) } })
    if (!(await makeRoom(userId, size, mostBytes))) throw new AppError("limit:reached/uploading")
    await makeUpload(userId, id, { name, size, taken: null })
    await noteHere(id, KEPT_MS)
  })
  return { id, size, offset: 0, expires: expiryOf(new Date()) } satisfies UploadState
}

const expiryOf = (at: Date) => new Date(at.getTime() + KEPT_MS)

/** How far an upload is. A piece that is still being written ends first. Throws `upload:not_found`. */
export const uploadState = (userId: string, id: string): Promise<UploadState> =>
  alone(id, async () => stateOf(id, await required(userId, id), await arrivedOf(userId, id)))

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
 * Appends a piece. What arrived of one that is cut stays, unless it has a checksum. Throws `upload:not_found`,
 * `upload:offset` for one that begins elsewhere, `upload:too_large` behind the end, `upload:checksum`.
 */
export const appendPiece = (userId: string, id: string, piece: Piece): Promise<UploadState> =>
  alone(id, async (turn) => {
    const meta = await required(userId, id)
    const { offset } = stateOf(id, meta, await arrivedOf(userId, id))
    if (piece.offset !== offset) throw new AppError("upload:offset", { details: { offset } })
    if (!meta.taken) await ownBytes([userId, id], turn, (file) => write(file, piece, meta, turn.signal))
    return stateOf(id, meta, await arrivedOf(userId, id))
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
    // The connection was cut, or the browser came back on another one.
    if (!(cause instanceof AppError)) throw new AppError("upload:cut", { cause })
    throw cause
  } finally {
    if (!whole && hash) await file.truncate(piece.offset)
  }
}

/** What arrives of a body until then; throws when it is aborted, also while nothing arrives. */
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

/** Ends an upload and removes what arrived of it. Throws `upload:not_found`. */
export const endUpload = (userId: string, id: string): Promise<void> =>
  alone(id, async () => {
    await required(userId, id)
    await removeUpload(userId, id)
  })

/**
 * Takes the whole file in, as what it is. Asked again it says the same; after an error it can be asked again. Throws
 * `upload:not_found`, `upload:incomplete`, and what the kind of file throws.
 */
export const takeUpload = (userId: string, id: string, asked: TakeRequest, limits: FileLimits): Promise<Taken> =>
  alone(id, async (turn) => {
    const meta = await required(userId, id)
    if (meta.taken && !morePages(meta.taken, asked)) return meta.taken
    const arrived = await arrivedOf(userId, id)
    if (!arrived) throw new AppError("upload:not_found")
    if (arrived.bytes < meta.size) throw new AppError("upload:incomplete", { details: { offset: arrived.bytes } })
    const { name, size } = meta
    const taken = await intake({ userId, name, path: bytesOf(userId, id), size, ...limits }, asked)
    await turn.check()
    await writeUpload(userId, id, { ...meta, taken })
    // Of several pages, the others may be asked for.
    if (taken.kind !== "image" || !taken.pages || taken.images) await removeBytes(userId, id)
    return taken
  })

/** Of a file that was taken in by its first page all are asked for now. */
const morePages = (taken: Taken, asked: TakeRequest): boolean =>
  asked.pages === "all" && taken.kind === "image" && taken.pages !== undefined && !taken.images

/** Removes what nobody went on with. Returns how many uploads. */
export const sweepUploads = (now = new Date()): Promise<number> =>
  removeUploadsBefore(new Date(now.getTime() - KEPT_MS))
