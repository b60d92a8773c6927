/** The way of a file to the server: resumable (tus 1.0.0), then taken in as what its bytes say that it is. */
import { type DetailedError, Upload } from "tus-js-client"
import { ApiError, api, readError, unexpected, unreachable } from "@/components/base/api"
import type { AttachedImage, Attachment } from "@/components/draft/attachment"
import { isImage } from "@/components/draft/draft-kept"
import { dropBytes, keepBytes } from "@/components/uploads/kept-bytes"
import { morePagesOf, takenAs } from "@/components/uploads/taken"
import { isRecord } from "@/lib/is-record"

const UPLOADS = "/api/uploads"
/** Milliseconds before each new try after a cut. */
const TRIES_MS = [0, 500, 1_500, 4_000]

interface Transfer {
  /** Of the attachment. */
  key: string
  file: File
  /** Where it goes on; null begins anew. */
  upload: string | null
  /** Its bytes may stay in the browser until they have arrived. */
  keeps: boolean
  signal: AbortSignal
  /** The server has made room for it, there. */
  onBegun: (upload: string) => void
  /** So much of it has arrived, 0 to 1. */
  onProgress: (progress: number) => void
  /** All of it has. */
  onSent: () => void
}

/** The server has no such upload any more, or it lies on a machine that this page doesn't reach now. */
const GONE = ["upload:not_found", "upload:elsewhere"]

/** Throws `ApiError` with a sentence about this file. Rejects when `signal` aborts. */
export async function transfer(way: Transfer): Promise<Partial<Attachment>> {
  if (way.keeps) await keepBytes(way.key, way.file)
  try {
    return await sendAndTake(way)
  } catch (error) {
    if (!(error instanceof ApiError && GONE.includes(error.code))) throw error
    // The bytes are here: once it begins anew.
    return sendAndTake({ ...way, upload: null })
  }
}

async function sendAndTake(way: Transfer): Promise<Partial<Attachment>> {
  const upload = await send(way)
  way.onSent()
  const take = `${upload}/take`
  const answer = await api(take, { method: "POST", body: {}, signal: way.signal })
  const count = morePagesOf(answer)
  void dropBytes(way.key)
  return { ...takenAs(answer), more: count > 0 ? { take, count } : null }
}

/** Has the server take the other pages of a picture's file in. Throws `ApiError`. */
export async function takePages(take: string): Promise<AttachedImage[]> {
  const answer = await api(take, { method: "POST", body: { pages: "all" } })
  if (!isRecord(answer) || !Array.isArray(answer.images)) throw unexpected()
  // The first one is there.
  return answer.images.filter(isImage).slice(1)
}

/** Sends what has not arrived yet. Resolves with the address of the upload. */
function send({ file, upload, signal, onBegun, onProgress }: Transfer): Promise<string> {
  return new Promise((resolve, reject) => {
    const sending: Upload = new Upload(file, {
      endpoint: UPLOADS,
      uploadUrl: upload,
      metadata: { filename: file.name || "image" },
      retryDelays: TRIES_MS,
      // The draft remembers it.
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

/** What the server said; without an answer it can't be reached. */
async function errorOf(error: Error | DetailedError) {
  const answer = "originalResponse" in error ? error.originalResponse : null
  const status = answer?.getStatus() ?? 0
  if (!answer || status < 400) return unreachable(error)
  return readError(new Response(answer.getBody(), { status }))
}

/** Has the server fetch the picture at an address. Throws `ApiError` with a sentence about it. */
export const takeAddress = async (url: string, signal: AbortSignal): Promise<Partial<Attachment>> =>
  takenAs(await api(UPLOADS, { method: "POST", body: { url }, signal }))

export interface DocumentPictures {
  images: AttachedImage[]
  /** Pictures in it that are not among them. */
  left: number
}

/** Has the server take the pictures out of a document. Throws `ApiError`. */
export async function takePictures(documentId: string): Promise<DocumentPictures> {
  const answer = await api(`/api/documents/${documentId}/images`, { method: "POST", body: {} })
  if (!isRecord(answer) || !Array.isArray(answer.images) || typeof answer.left !== "number") throw unexpected()
  return { images: answer.images.filter(isImage), left: answer.left }
}

/** Nobody goes on with it. */
export async function forget(key: string, upload: string | null): Promise<void> {
  void dropBytes(key)
  // What can't be told now is given up by the server in a day.
  if (upload)
    await fetch(upload, { method: "DELETE", headers: { "tus-resumable": "1.0.0" }, keepalive: true }).catch(() => null)
}
