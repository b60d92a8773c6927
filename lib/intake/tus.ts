/**
 * Headers of resumable uploads: tus 1.0.0 (https://tus.io/protocols/resumable-upload), the core protocol with creation,
 * creation-with-upload, termination, expiration and checksum. Pure.
 */
import { AppError } from "@/lib/http/errors"

export const TUS_VERSION = "1.0.0"
const ALGORITHMS = ["sha1", "sha256", "md5"]

/** Headers of every response. */
export const TUS_HEADERS = { "tus-resumable": TUS_VERSION, "cache-control": "no-store" }

/** The server's capabilities, for `OPTIONS`. `mostBytes`: limit for one file. */
export const tusCapabilities = (mostBytes: number): Record<string, string> => ({
  ...TUS_HEADERS,
  "tus-version": TUS_VERSION,
  "tus-extension": "creation,creation-with-upload,termination,expiration,checksum",
  "tus-max-size": String(mostBytes),
  "tus-checksum-algorithm": ALGORITHMS.join(","),
})

/** Throws `upload:version` for another protocol version, or none. */
export function requireVersion(headers: Headers): void {
  if (headers.get("tus-resumable") !== TUS_VERSION)
    throw new AppError("upload:version", { details: { version: TUS_VERSION } })
}

/** A number of bytes; null if the header is missing or invalid. */
export function bytesIn(headers: Headers, name: string): number | null {
  const value = headers.get(name)?.trim() ?? ""
  const count = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
  return Number.isSafeInteger(count) ? count : null
}

const PIECE = "application/offset+octet-stream"
/** Whether the body is a piece of a file. */
export const isUploadChunk = (headers: Headers): boolean =>
  headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() === PIECE

/** Throws `upload:type` if the body isn't a piece of a file. */
export function requireUploadChunk(headers: Headers): void {
  if (!isUploadChunk(headers)) throw new AppError("upload:type", { details: { type: PIECE } })
}

const MAX_PAIRS = 32

/** `Upload-Metadata`: comma-separated pairs of a key and a base64 value. Invalid pairs are ignored. */
export function metadataIn(headers: Headers): Map<string, string> {
  const pairs = (headers.get("upload-metadata") ?? "").split(",", MAX_PAIRS)
  return new Map(
    pairs.flatMap((pair) => {
      const [key = "", value = ""] = pair.trim().split(/ +/)
      return key ? [[key, Buffer.from(value, "base64").toString("utf8")] as const] : []
    }),
  )
}

export interface Checksum {
  algorithm: string
  /** Base64. */
  digest: string
}

/** `Upload-Checksum` of a piece; null without one. Throws `request:invalid` for an unsupported algorithm. */
export function checksumIn(headers: Headers): Checksum | null {
  const value = headers.get("upload-checksum")
  if (value === null) return null
  const [algorithm = "", digest = ""] = value.trim().split(/ +/)
  if (!ALGORITHMS.includes(algorithm) || digest === "")
    throw new AppError("request:invalid/not_schema", { values: { field: "upload-checksum", reason: "unknown" } })
  return { algorithm, digest }
}
