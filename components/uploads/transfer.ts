/** Uploads a file to the server (resumable, tus 1.0.0), which then classifies it by its bytes. */
import { type DetailedError, Upload } from "tus-js-client"
import { ApiError, api, readError, unexpected, unreachable } from "@/components/base/api"
import type { AttachedImage, Attachment } from "@/components/draft/attachment"
import { isImage } from "@/components/draft/draft-kept"
import { deleteFileBytes, storeFileBytes } from "@/components/uploads/kept-bytes"
import { additionalPageCount, parseTakenUpload } from "@/components/uploads/taken"
import { isRecord } from "@/lib/is-record"

const UPLOADS = "/api/uploads"
/** Milliseconds before each retry after a lost connection. */
const TRIES_MS = [0, 500, 1_500, 4_000]

interface Transfer {
  /** The attachment's key. */
  key: string
  file: File
  /** Where to resume; null starts over. */
  upload: string | null
  /** Its bytes may be stored in the browser until they have arrived. */
  keeps: boolean
  signal: AbortSignal
  /** The server has created the upload at this URL. */
  onBegun: (upload: string) => void
  /** The share that has arrived, 0 to 1. */
  onProgress: (progress: number) => void
  /** All bytes have arrived. */
  onSent: () => void
}

/** The server no longer has the upload, or it is on a machine this page doesn't reach now. */
const GONE = ["upload:not_found", "upload:elsewhere"]

/** Throws `ApiError` with a message about this file. Rejects when `signal` aborts. */
export async function transfer(way: Transfer): Promise<Partial<Attachment>> {
  if (way.keeps) await storeFileBytes(way.key, way.file)
  try {
    return await sendAndTake(way)
  } catch (error) {
    if (!(error instanceof ApiError && GONE.includes(error.code))) throw error
    // The bytes are available: starts over once.
    return sendAndTake({ ...way, upload: null })
  }
}

async function sendAndTake(way: Transfer): Promise<Partial<Attachment>> {
  const upload = await send(way)
  way.onSent()
  const take = `${upload}/take`
  const answer = await api(take, { method: "POST", body: {}, signal: way.signal })
  const count = additionalPageCount(answer)
  void deleteFileBytes(way.key)
  return { ...parseTakenUpload(answer), more: count > 0 ? { take, count } : null }
}

/** Has the server process the other pages of an image's file. Throws `ApiError`. */
export async function takePages(take: string): Promise<AttachedImage[]> {
  const answer = await api(take, { method: "POST", body: { pages: "all" } })
  if (!isRecord(answer) || !Array.isArray(answer.images)) throw unexpected()
  // The first one is already attached.
  return answer.images.filter(isImage).slice(1)
}

/** Sends the bytes that have not arrived yet. Resolves with the URL of the upload. */
function send({ file, upload, signal, onBegun, onProgress }: Transfer): Promise<string> {
  return new Promise((resolve, reject) => {
    const sending: Upload = new Upload(file, {
      endpoint: UPLOADS,
      uploadUrl: upload,
      metadata: { filename: file.name || "image" },
      retryDelays: TRIES_MS,
      // The draft stores the URL instead.
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => sending.url && onBegun(pathOf(sending.url)),
      onProgress: (sent, all) => onProgress(all > 0 ? sent / all : 1),
      onSuccess: () => (sending.url ? resolve(pathOf(sending.url)) : reject(unexpected())),
      onError: (error) => void errorOf(error).then(reject),
    })
    signal.addEventListener("abort", () => {
      void sending.abort()
      reject(signal.reason)
    })
    if (signal.aborted) reject(signal.reason)
    else sending.start()
  })
}

const pathOf = (address: string) => new URL(address, location.href).pathname

/** The server's error; without a response it is unreachable. */
async function errorOf(error: Error | DetailedError) {
  const answer = "originalResponse" in error ? error.originalResponse : null
  const status = answer?.getStatus() ?? 0
  if (!answer || status < 400) return unreachable(error)
  return readError(new Response(answer.getBody(), { status }))
}

/** Has the server fetch the image at a URL. Throws `ApiError` with a message about it. */
export const takeAddress = async (url: string, signal: AbortSignal): Promise<Partial<Attachment>> =>
  parseTakenUpload(await api(UPLOADS, { method: "POST", body: { url }, signal }))

export interface DocumentPictures {
  images: AttachedImage[]
  /** Images in it that are not included. */
  left: number
}

/** Has the server extract the images from a document. Throws `ApiError`. */
export async function takePictures(documentId: string): Promise<DocumentPictures> {
  const answer = await api(`/api/documents/${documentId}/images`, { method: "POST", body: {} })
  if (!isRecord(answer) || !Array.isArray(answer.images) || typeof answer.left !== "number") throw unexpected()
  return { images: answer.images.filter(isImage), left: answer.left }
}

/** Discards an upload that will not be resumed. */
export async function forget(key: string, upload: string | null): Promise<void> {
  void deleteFileBytes(key)
  // If the request fails, the server deletes it within a day.
  if (upload)
    await fetch(upload, { method: "DELETE", headers: { "tus-resumable": "1.0.0" }, keepalive: true }).catch(() => null)
}
