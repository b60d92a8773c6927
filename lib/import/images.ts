/** Images of an import, from the zip or from `data:` URLs, added through the normal intake. */
import { type FileHandle, open, readFile } from "node:fs/promises"
import path from "node:path"
import { config } from "@/lib/config"
import { addDocument, MAX_DOCUMENT_BYTES } from "@/lib/documents/store/documents"
import { AppError } from "@/lib/http/errors"
import { addImage } from "@/lib/images/images"
import { cleanName } from "@/lib/images/name"
import { entryBytes, isZip, type ZipEntry, zipEntries } from "@/lib/import/read/zip"
import { folderOf } from "@/lib/import/stage"
import { operatorSettings } from "@/lib/operator/settings"

interface Image {
  /** `zip:{name}` or `kept:{number}`. */
  ref: string
  name: string
  /** From Sparkler's own export: an image already in Sparkler's stored form is kept byte for byte. */
  own: boolean
}

export interface TakenImage {
  id: string
  url: string
  mediaType: string
  name: string
}

/** Maximum number of images to remember, so that one shown by several messages is added only once. */
const MAX_KNOWN = 5_000

export class ImportImages {
  private readonly known = new Map<string, Promise<TakenImage>>()
  private readonly documents = new Map<string, Promise<string>>()
  private opened: Promise<{ file: FileHandle; entries: Map<string, ZipEntry> } | null> | null = null
  added = 0

  constructor(
    private readonly userId: string,
    private readonly importId: string,
    private readonly mostBytes: number | null,
  ) {}

  /**
   * Adds an image. Throws `feature:off` if the operator doesn't allow images, `image:*` if it isn't a valid image,
   * `import:*` if it can't be unpacked.
   */
  take(image: Image): Promise<TakenImage> {
    const known = this.known.get(image.ref)
    if (known) return known
    const taken = this.add(image)
    if (this.known.size < MAX_KNOWN) this.known.set(image.ref, taken)
    return taken
  }

  /** Adds a document from the zip, by the name of its entry, and returns its ID. Throws as `take`, and `document:*`. */
  takeDocument({ ref, name }: Image): Promise<string> {
    const known = this.documents.get(ref)
    if (known) return known
    const taken = this.addDocument(ref, name)
    if (this.documents.size < MAX_KNOWN) this.documents.set(ref, taken)
    return taken
  }

  private async addDocument(ref: string, name: string): Promise<string> {
    if (!(await operatorSettings()).uploads) throw new AppError("feature:off/uploads")
    const bytes = await this.zipped(ref, MAX_DOCUMENT_BYTES)
    const otherwise = "text"
    const { id } = await addDocument(this.userId, bytes, {
      name: cleanName(name),
      mostBytes: this.mostBytes,
      otherwise,
    })
    this.added++
    return id
  }

  async close(): Promise<void> {
    await (await this.opened?.catch(() => null))?.file.close()
  }

  private async add({ ref, name, own }: Image): Promise<TakenImage> {
    if (!(await operatorSettings()).uploads) throw new AppError("feature:off/uploads")
    const bytes = ref.startsWith("kept:") ? await this.kept(ref.slice("kept:".length)) : await this.zipped(ref.slice(4))
    const {
      id,
      url,
      mediaType,
      name: cleaned,
    } = await addImage(this.userId, bytes, name, this.mostBytes, { asIs: own })
    this.added++
    return { id, url, mediaType, name: cleaned }
  }

  private kept(name: string): Promise<Buffer> {
    return readFile(path.join(folderOf(this.userId, this.importId), "images", String(Number(name))))
  }

  private async zipped(name: string, mostBytes = config().limits.imageBytes): Promise<Buffer> {
    this.opened ??= this.openZip()
    const zip = await this.opened
    const entry = zip?.entries.get(name)
    if (!zip || !entry) throw new AppError("image:not_found")
    if (entry.size > mostBytes)
      throw new AppError("image:too_large/bytes", {
        values: { name, megabytes: megabytes(entry.size), limit: megabytes(mostBytes) },
      })
    const pieces: Buffer[] = []
    for await (const piece of entryBytes(zip.file, entry)) pieces.push(piece)
    return Buffer.concat(pieces)
  }

  private async openZip() {
    const file = await open(path.join(folderOf(this.userId, this.importId), "upload"))
    if (!(await isZip(file))) {
      await file.close()
      return null
    }
    // Its limits were checked when it was read.
    const entries = await zipEntries(file, { entries: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY })
    return { file, entries: new Map(entries.map((entry) => [entry.name, entry])) }
  }
}

const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10
