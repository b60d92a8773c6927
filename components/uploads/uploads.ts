/** Attachments of one message in progress: files of all kinds, and images from URLs. */
import { ApiError, sentenceOf } from "@/components/base/api"
import { requestText } from "@/components/base/request-texts"
import { Store } from "@/components/base/store"
import {
  type AttachedImage,
  type Attachment,
  attachedFile,
  attachedImage,
  chosenAddress,
  chosenFile,
} from "@/components/draft/attachment"
import type { DraftStore } from "@/components/draft/draft"
import { defaultDetail } from "@/components/images/default-detail"
import { isFinal, nameFromUrl } from "@/components/uploads/judged"
import type { TextFileError } from "@/components/uploads/text-files"
import { createLimiter } from "@/lib/limiter"
import type { DocumentPart, TextFile } from "@/lib/messages/types"

/** Maximum attachments of a message: as many images as a request may have. */
export const MAX_ATTACHMENTS = 30

const transferring = () => import("@/components/uploads/transfer")

/** Parallel uploads; the others wait in order. */
const AT_ONCE = 3

/** Messages about files, in the page's language. */
interface Texts {
  wrong: (reason: TextFileError, facts: { name: string; bytes: number; room: number }) => string
  /** Its bytes were not stored when the page was left. */
  lost: (name: string) => string
}

/** All methods can be passed on unbound. */
export class Uploads {
  /** Names of files selected beyond the limit, until something else is attached. */
  readonly rest = new Store<string[]>([])
  private readonly running = new Map<string, AbortController>()
  private readonly limit = createLimiter(AT_ONCE)

  constructor(
    private readonly draft: DraftStore,
    private readonly messageChars: number,
    private readonly texts: Texts,
  ) {}

  add = (files: Iterable<File>): void => {
    const all = [...files]
    // Needed soon, when the network may be gone.
    if (all.length > 0) transferring().catch(() => {})
    const taken = this.place(all, ({ name }) => name, chosenFile)
    for (const { key, source } of taken) if (source) void this.take(key, (signal) => this.read(key, source, signal))
  }

  /** Attaches images that the server fetches. */
  addAddresses = (addresses: string[]): void => {
    const taken = this.place(addresses, nameFromUrl, (address) => chosenAddress(address, nameFromUrl(address)))
    for (const { key, address } of taken) if (address) void this.take(key, (signal) => this.fetch(key, address, signal))
  }

  /** Attaches an image the server already has. Returns its key, or null when there is no room. */
  addImage = (image: AttachedImage): string | null => this.placeImages([image])[0]?.key ?? null

  /**
   * Attaches the images in an attached document. Returns how many were added, were already attached, and were left out.
   * Throws `ApiError`.
   */
  addPictures = async (documentId: string): Promise<{ added: number; there: number; left: number }> => {
    const { takePictures } = await transferring()
    const { images, left } = await takePictures(documentId)
    const attached = new Set(this.attachments.map(({ image }) => image?.id))
    const missing = images.filter(({ id }) => !attached.has(id))
    const added = this.placeImages(missing).length
    return { added, there: images.length - missing.length, left: left + missing.length - added }
  }

  /** Attaches the other pages of an image's file. Returns how many. Throws `ApiError`. */
  addPages = async (key: string): Promise<number> => {
    const { more } = this.find(key) ?? {}
    if (!more) return 0
    const { takePages } = await transferring()
    const images = await takePages(more.take)
    this.change(key, { more: null })
    return this.placeImages(images).length
  }

  /** Attaches a text as a file if the message has room for it. Returns its key, or null. */
  addText = (file: TextFile): string | null => {
    if (file.text.length > this.room() || this.attachments.length >= MAX_ATTACHMENTS) return null
    return this.place([file], ({ name }) => name, attachedFile)[0]?.key ?? null
  }

  /** Replaces the text of an attached file. */
  changeText = (key: string, text: string): void => {
    const file = this.find(key)?.file
    if (file) this.change(key, { file: { ...file, text } })
  }

  /** Changes the user's settings for an image. */
  changeImage = (key: string, said: Pick<AttachedImage, "alt" | "detail">): void => {
    const image = this.find(key)?.image
    if (image) this.change(key, { image: { ...image, ...said } })
  }

  /** Changes the options of a document, or its data once it is unlocked. */
  changeDocument = (key: string, document: DocumentPart): void => {
    if (this.find(key)?.document) this.change(key, { document })
  }

  /** Moves it to another position, from 0. */
  move = (key: string, place: number): void => {
    const moved = this.find(key)
    if (!moved) return
    const others = this.attachments.filter((one) => one !== moved)
    this.draft.update(() => ({ attachments: others.toSpliced(place, 0, moved) }))
  }

  /** Retries a failed one from where it stopped. */
  retry = (key: string): void => {
    const { source, address } = this.find(key) ?? {}
    if (!source && !address) return
    this.change(key, { state: "waiting", error: null })
    void this.take(key, (signal) => (source ? this.read(key, source, signal) : this.fetch(key, address ?? "", signal)))
  }

  remove = (key: string): void => {
    this.running.get(key)?.abort()
    const { preview, upload, state } = this.find(key) ?? {}
    if (preview) URL.revokeObjectURL(preview)
    if (state !== "ready") void this.forget(key, upload ?? null)
    this.rest.set([])
    this.draft.update(({ attachments }) => ({
      attachments: attachments.filter((attachment) => attachment.key !== key),
    }))
  }

  /** Resumes what was in progress when an earlier page was left. */
  adopt = (): void => {
    for (const { key, address, left } of this.attachments) {
      if (!left) continue
      this.change(key, { left: false })
      void this.take(key, (signal) => (address ? this.fetch(key, address, signal) : this.goOn(key, signal)))
    }
  }

  /** Aborts everything in progress for this draft. */
  stop = (): void => {
    for (const { key } of this.attachments) this.running.get(key)?.abort()
  }

  private get attachments(): Attachment[] {
    return this.draft.get().attachments
  }

  private find(key: string): Attachment | undefined {
    return this.attachments.find((attachment) => attachment.key === key)
  }

  /** Characters left for files. */
  private room(): number {
    return this.messageChars - this.attachments.reduce((sum, { file }) => sum + (file?.text.length ?? 0), 0)
  }

  private change(key: string, to: Partial<Attachment>): void {
    this.draft.update(({ attachments }) => ({
      attachments: attachments.map((attachment) => (attachment.key === key ? { ...attachment, ...to } : attachment)),
    }))
  }

  /** Attaches as many as fit; the names of the others are reported. */
  private place<T>(all: T[], nameOf: (one: T) => string, attachmentOf: (one: T) => Attachment): Attachment[] {
    const room = Math.max(0, MAX_ATTACHMENTS - this.attachments.length)
    const placed = all.slice(0, room).map(attachmentOf)
    this.rest.set(all.slice(room).map(nameOf))
    if (placed.length > 0) this.draft.update(({ attachments }) => ({ attachments: [...attachments, ...placed] }))
    return placed
  }

  private placeImages(images: AttachedImage[]): Attachment[] {
    return this.place(
      images,
      ({ name }) => name,
      (one) => withUsualDetail(attachedImage(one)),
    )
  }

  private async take(key: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const controller = new AbortController()
    const { signal } = controller
    this.running.set(key, controller)
    try {
      await this.limit(async () => signal.aborted || (await work(signal)))
    } catch (error) {
      if (signal.aborted) return
      const sentence = error instanceof ApiError ? sentenceOf(error) : requestText("unreachable")
      this.change(key, { state: "failed", error: sentence, ...(isFinal(error) && { source: null, address: null }) })
    } finally {
      if (this.running.get(key) === controller) this.running.delete(key)
    }
  }

  private async read(key: string, file: File, signal: AbortSignal): Promise<void> {
    // A file that claims to be an image must be one: the server examines its bytes.
    if (file.type.startsWith("image/") || this.find(key)?.upload) return this.upload(key, file, signal)
    const { readFile } = await import("@/components/uploads/text-files")
    const read = await readFile(file, this.room())
    if (signal.aborted) return
    if (read.kind === "other") return this.upload(key, file, signal)
    const tooLarge = read.kind === "text" && read.file.text.length > this.room()
    if (read.kind === "text" && !tooLarge) return this.change(key, { ...attachedFile(read.file), key })
    const reason = read.kind === "failed" ? read.reason : "tooLarge"
    const facts = { name: file.name, bytes: file.size, room: Math.max(0, this.room()) }
    // There is more room when another one is removed.
    this.change(key, {
      state: "failed",
      error: this.texts.wrong(reason, facts),
      source: reason === "tooLarge" ? file : null,
    })
  }

  private async upload(key: string, file: File, signal: AbortSignal): Promise<void> {
    const { transfer } = await transferring()
    if (signal.aborted) return
    this.change(key, { state: "uploading" })
    const taken = await transfer({
      ...{ key, file, signal },
      upload: this.find(key)?.upload ?? null,
      keeps: this.draft.lasts,
      onBegun: (upload) => this.change(key, { upload }),
      onProgress: (progress) => this.change(key, { progress }),
      onSent: () => this.change(key, { state: "reading", progress: 1 }),
    })
    if (!signal.aborted) this.change(key, withUsualDetail(taken))
  }

  private async fetch(key: string, address: string, signal: AbortSignal): Promise<void> {
    const { takeAddress } = await transferring()
    if (signal.aborted) return
    this.change(key, { state: "reading" })
    const taken = await takeAddress(address, signal)
    if (!signal.aborted) this.change(key, withUsualDetail(taken))
  }

  /** Its bytes are the ones the browser stored. */
  private async goOn(key: string, signal: AbortSignal): Promise<void> {
    const { loadFileBytes } = await import("@/components/uploads/kept-bytes")
    const file = await loadFileBytes(key)
    const { name = "" } = this.find(key) ?? {}
    if (!file) return this.change(key, { state: "failed", error: this.texts.lost(name) })
    const preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : null
    this.change(key, { source: file, preview })
    await this.read(key, file, signal)
  }

  private async forget(key: string, upload: string | null): Promise<void> {
    // If the request fails, the upload expires on its own.
    await transferring().then(
      ({ forget }) => forget(key, upload),
      () => {},
    )
  }
}

/** Uses the default detail level from the settings until another is chosen for the image. */
function withUsualDetail<T extends Partial<Attachment>>(taken: T): T {
  const detail = defaultDetail.get()
  return taken.image && detail !== "standard" ? { ...taken, image: { detail, ...taken.image } } : taken
}
