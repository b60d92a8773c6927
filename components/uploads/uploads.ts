/** What is attached to one message, on its way. */
import { ApiError, sentenceOf } from "@/components/base/api"
import { uploadImage } from "@/components/base/conversation-api"
import { requestText } from "@/components/base/request-texts"
import { type Attachment, attachedFile, attachmentKey, type DraftStore } from "@/components/draft/draft"
import { toast } from "@/components/ui/toast"
import type { FileFault } from "@/components/uploads/text-files"
import type { TextFile } from "@/lib/messages/types"

/** Attachments of one message; the server takes so many images and so many files. */
export const MAX_ATTACHMENTS = 10

/** What is said of files, in the page's language. */
interface Texts {
  tooMany: () => string
  wrong: (reason: FileFault, facts: { name: string; bytes: number; room: number }) => string
}

/** All of its functions can be passed on by themselves. */
export class Uploads {
  private readonly running = new Map<string, AbortController>()

  constructor(
    private readonly draft: DraftStore,
    private readonly messageChars: number,
    private readonly texts: Texts,
  ) {}

  add = (files: Iterable<File>): void => {
    const room = MAX_ATTACHMENTS - this.attachments.length
    const all = [...files]
    if (all.length > room) toast.error(this.texts.tooMany())
    for (const file of all.slice(0, Math.max(0, room))) {
      const key = attachmentKey()
      this.draft.update(({ attachments }) => ({ attachments: [...attachments, attachmentOf(key, file)] }))
      void this.take(key, file)
    }
  }

  /** Attaches a text as a file, when the message has room for it. Returns its key, null when it has none. */
  addText = (file: TextFile): string | null => {
    const { attachments } = this
    if (attachments.length >= MAX_ATTACHMENTS || file.text.length > this.room()) return null
    const attachment = attachedFile(file)
    this.draft.update(() => ({ attachments: [...attachments, attachment] }))
    return attachment.key
  }

  /** Another text for a file that is attached. */
  changeText = (key: string, text: string): void => {
    const file = this.find(key)?.file
    if (file) this.change(key, { file: { ...file, text } })
  }

  /** Tries once more with what failed. */
  retry = (key: string): void => {
    const source = this.find(key)?.source
    if (!source) return
    this.change(key, { state: "uploading", error: null })
    void this.take(key, source)
  }

  remove = (key: string): void => {
    this.running.get(key)?.abort()
    const preview = this.find(key)?.preview
    if (preview) URL.revokeObjectURL(preview)
    this.draft.update(({ attachments }) => ({
      attachments: attachments.filter((attachment) => attachment.key !== key),
    }))
  }

  /** Ends what is on its way into this draft. */
  stop = (): void => {
    for (const { key } of this.attachments) this.running.get(key)?.abort()
  }

  private get attachments(): Attachment[] {
    return this.draft.get().attachments
  }

  private find(key: string): Attachment | undefined {
    return this.attachments.find((attachment) => attachment.key === key)
  }

  /** Characters that files may still have. */
  private room(): number {
    return this.messageChars - this.attachments.reduce((sum, { file }) => sum + (file?.text.length ?? 0), 0)
  }

  private change(key: string, to: Partial<Attachment>): void {
    this.draft.update(({ attachments }) => ({
      attachments: attachments.map((attachment) => (attachment.key === key ? { ...attachment, ...to } : attachment)),
    }))
  }

  private async take(key: string, file: File): Promise<void> {
    const controller = new AbortController()
    this.running.set(key, controller)
    try {
      await this.read(key, file, controller.signal)
    } catch {
      this.change(key, failed(requestText("unreachable"), file))
    } finally {
      this.running.delete(key)
    }
  }

  private async read(key: string, file: File, signal: AbortSignal): Promise<void> {
    // What says that it is a picture has to be one.
    if (isNamedPicture(file)) return this.upload(key, file, signal)
    const { readFile } = await import("@/components/uploads/text-files")
    const read = await readFile(file, this.room())
    if (signal.aborted) return
    if (read.kind === "image") return this.upload(key, file, signal)
    const tooLarge = read.kind === "text" && read.file.text.length > this.room()
    if (read.kind === "text" && !tooLarge) return this.change(key, { ...attachedFile(read.file), key })
    const reason = read.kind === "failed" ? read.reason : "tooLarge"
    const facts = { name: file.name, bytes: file.size, room: Math.max(0, this.room()) }
    // There is more room when another is taken off.
    this.change(key, failed(this.texts.wrong(reason, facts), reason === "tooLarge" ? file : null))
  }

  private async upload(key: string, file: File, signal: AbortSignal): Promise<void> {
    try {
      this.change(key, { state: "ready", image: await uploadImage(file, signal), source: null })
    } catch (error) {
      if (!signal.aborted) this.change(key, failed(sentenceOf(error), isFinal(error) ? null : file))
    }
  }
}

const failed = (error: string, source: File | null): Partial<Attachment> => ({ state: "failed", error, source })

/** The server looked at the file and does not take it. */
const isFinal = (error: unknown): boolean => error instanceof ApiError && /^(image|file|request):/.test(error.code)

/** By its type; a drawing in SVG is text. */
const isNamedPicture = ({ type }: File): boolean => type.startsWith("image/") && type !== "image/svg+xml"

const attachmentOf = (key: string, file: File): Attachment => ({
  key,
  name: file.name || "image",
  state: "uploading",
  preview: file.type.startsWith("image/") ? URL.createObjectURL(file) : null,
  image: null,
  file: null,
  error: null,
  source: file,
})
